import pytest
from django.urls import reverse

from tests.accounts.battery import assert_only_administrators, assert_unknown_is_404
from tests.factories import DeputyFactory, UnitFactory, UserFactory
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cast):
    return reverse("accounts:unit-history", args=[cast.library.pk])


def test_tells_of_the_unit_and_its_deputies(administrator, cast, url, clock):
    cast.library.manager = None
    cast.library.record(by=cast.administrator, now=clock.move(minutes=1), reason="Uppgifterna ändrades")
    assert [list(entry.changes) for entry in administrator.get(url).context["page"]] == [
        ["Chef: från Enhetschef Ek, enhetschef, biblioteket till ingen"],
        [],
        ["Person: Ställföreträdare Sten, bibliotekarie, biblioteket", "Från och med: söndag 25 oktober"],
    ]


def test_queries_do_not_grow_with_the_rows(administrator, cast, url, clock):
    def add_row():
        cast.library.manager = UserFactory(unit=UnitFactory())
        cast.library.record(by=UserFactory(unit=UnitFactory()), now=clock.move(minutes=1), reason="Ändrad")
        DeputyFactory(unit=cast.library, user=UserFactory(unit=UnitFactory()))

    assert_same_query_count(lambda: administrator.get(url), add_row=add_row)


def test_unknown_is_404(administrator):
    assert_unknown_is_404("accounts:unit-history", administrator)


def test_post_is_refused(administrator, url):
    assert administrator.post(url).status_code == 405


def test_only_administrators(cast, client_for, url):
    assert_only_administrators(url, cast, client_for)
