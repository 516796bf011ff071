import pytest

from accounts.models import Unit
from tests.accounts.battery import assert_only_administrators, errors, said
from tests.factories import UnitFactory, UserFactory
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = "/organisation/verksamhet/ny/"


@pytest.fixture
def typed(cast):
    return {
        "name": "kulturskolan",
        "board": str(cast.culture_board.pk),
        "parent": str(cast.culture_department.pk),
        "email": "kulturskolan@laholm.example",
        "manager": str(cast.head.pk),
        "is_culture_and_leisure": "on",
    }


def test_shows_the_form(administrator):
    assert "active" not in administrator.get(URL).context["form"].fields


def test_adds(administrator, cast, typed):
    assert said(administrator.post(URL, typed, follow=True)) == ["Kulturskolan är tillagd."]
    unit = Unit.objects.get(name="kulturskolan")
    assert (unit.board, unit.parent, unit.manager) == (cast.culture_board, cast.culture_department, cast.head)
    assert (unit.is_culture_and_leisure, unit.is_communications, unit.active) == (True, False, True)


def test_parent_of_another_board_is_refused(administrator, cast, typed):
    response = administrator.post(URL, {**typed, "parent": str(cast.building_department.pk)})
    assert errors(response) == [
        (
            "Miljö- och byggnadsförvaltningen hör till Miljö- och byggnadsnämnden. "
            "Välj samma nämnd, eller en annan verksamhet."
        )
    ]


def test_address_of_a_person_is_refused(administrator, cast, typed):
    response = administrator.post(URL, {**typed, "email": cast.manager.email})
    assert errors(response) == ["enhetschef@laholm.example är en persons adress. Skriv verksamhetens funktionsadress."]


def test_inactive_people_are_not_offered_as_manager(administrator, typed):
    gone = UserFactory(is_active=False)
    assert len(errors(administrator.post(URL, {**typed, "manager": str(gone.pk)}))) == 1
    assert not Unit.objects.filter(name="kulturskolan").exists()


def test_queries_do_not_grow_with_people_and_units(administrator):
    assert_same_query_count(lambda: administrator.get(URL), add_row=lambda: UserFactory(unit=UnitFactory()))


def test_only_administrators(cast, client_for):
    assert_only_administrators(URL, cast, client_for)
    assert_only_administrators(URL, cast, client_for, method="post")
