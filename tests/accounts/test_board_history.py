import pytest
from django.urls import reverse

from tests.accounts.battery import assert_only_administrators, assert_unknown_is_404

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cast):
    return reverse("accounts:board-history", args=[cast.culture_board.pk])


def test_tells_what_changed(administrator, cast, url, clock):
    cast.culture_board.order = 5
    cast.culture_board.record(by=cast.administrator, now=clock.move(minutes=1), reason="Uppgifterna ändrades")
    entries = administrator.get(url).context["page"]
    assert [list(entry.changes) for entry in entries] == [["Ordning i listan: från 20 till 5"], []]


def test_unknown_is_404(administrator):
    assert_unknown_is_404("accounts:board-history", administrator)


def test_post_is_refused(administrator, url):
    assert administrator.post(url).status_code == 405


def test_only_administrators(cast, client_for, url):
    assert_only_administrators(url, cast, client_for)
