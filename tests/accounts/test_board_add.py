import pytest

from accounts.models import Board
from tests.accounts.battery import assert_only_administrators, errors, said

pytestmark = pytest.mark.django_db
URL = "/organisation/namnd/ny/"
TYPED = {"name": "Socialnämnden", "public_name": "Stöd och omsorg", "order": "40"}


def test_shows_the_form(administrator):
    assert administrator.get(URL).status_code == 200


def test_adds(administrator):
    assert said(administrator.post(URL, TYPED, follow=True)) == ["Socialnämnden är tillagd."]
    board = Board.objects.get(name="Socialnämnden")
    assert (board.public_name, board.order) == ("Stöd och omsorg", 40)
    assert board.history.get().history_change_reason == "Nämnden lades till"


def test_name_is_had_once(administrator, cast):
    response = administrator.post(URL, {**TYPED, "name": cast.culture_board.name})
    assert errors(response) == ["Det finns redan en nämnd som heter Kultur- och utvecklingsnämnden."]


def test_says_what_is_left_out(administrator):
    assert errors(administrator.post(URL, {"order": "först"})) == [
        "Skriv nämndens namn",
        "Skriv en rubrik för den offentliga listan",
        "Skriv ett nummer med siffror",
    ]


def test_only_administrators(cast, client_for):
    assert_only_administrators(URL, cast, client_for)
    assert_only_administrators(URL, cast, client_for, method="post")
