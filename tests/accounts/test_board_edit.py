import pytest
from django.urls import reverse

from accounts.models import Board
from tests.accounts.battery import assert_only_administrators, assert_unknown_is_404, errors, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cast):
    return reverse("accounts:board-edit", args=[cast.culture_board.pk])


@pytest.fixture
def typed(cast):
    return {"name": cast.culture_board.name, "public_name": "Kultur", "order": "20"}


def test_shows_what_is_written_down(administrator, url):
    assert administrator.get(url).context["form"].initial == {
        "name": "Kultur- och utvecklingsnämnden",
        "public_name": "Kultur och utveckling",
        "order": 20,
    }


def test_saves(administrator, cast, url, typed):
    response = administrator.post(url, typed, follow=True)
    assert said(response) == ["Uppgifterna om Kultur- och utvecklingsnämnden är sparade."]
    assert Board.objects.get(pk=cast.culture_board.pk).public_name == "Kultur"


def test_nothing_changed_writes_no_history(administrator, cast, url, typed):
    administrator.post(url, {**typed, "public_name": cast.culture_board.public_name})
    assert cast.culture_board.history.count() == 1


def test_name_of_another_is_refused(administrator, cast, url, typed):
    response = administrator.post(url, {**typed, "name": "Kommunstyrelsen"})
    assert errors(response) == ["Det finns redan en nämnd som heter Kommunstyrelsen."]


def test_unknown_is_404(administrator):
    assert_unknown_is_404("accounts:board-edit", administrator)


def test_only_administrators(cast, client_for, url):
    assert_only_administrators(url, cast, client_for)
    assert_only_administrators(url, cast, client_for, method="post")
