import pytest

from tests.accounts.battery import assert_only_administrators
from tests.factories import DeputyFactory, UnitFactory, UserFactory
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = "/organisation/"


def test_shows_the_tree_by_board(administrator, cast):
    UnitFactory(name="ungdomens hus", board=cast.culture_board, parent=cast.library)
    boards = administrator.get(URL).context["boards"]

    def tree(units):
        return {str(unit): tree(unit.below) for unit in units}

    assert {board.name: tree(units) for board, units in boards} == {
        "Kommunstyrelsen": {"Kommunikationsenheten": {}},
        "Kultur- och utvecklingsnämnden": {
            "Kultur- och utvecklingsförvaltningen": {"Biblioteket": {"Ungdomens hus": {}}}
        },
        "Miljö- och byggnadsnämnden": {"Miljö- och byggnadsförvaltningen": {"Bygglov": {}}},
    }


def test_says_who_leads_and_what_is_inactive(administrator, cast):
    UnitFactory(name="kulturskolan", board=cast.culture_board, parent=cast.culture_department, active=False)
    page = administrator.get(URL).text
    assert "Chef: Enhetschef Ek" in page
    assert "Ställföreträdande chef: Ställföreträdare Sten" in page
    assert "biblioteket@laholm.example" in page
    assert page.count("Inaktiv") == 1


def test_queries_do_not_grow_with_the_rows(administrator, cast):
    def add_row():
        unit = UnitFactory(parent=cast.library, board=cast.culture_board, manager=UserFactory(unit=UnitFactory()))
        DeputyFactory(unit=unit, user=UserFactory(unit=UnitFactory()))

    assert_same_query_count(lambda: administrator.get(URL), add_row=add_row)


def test_only_administrators(cast, client_for):
    assert_only_administrators(URL, cast, client_for)


def test_post_is_refused(administrator):
    assert administrator.post(URL).status_code == 405
