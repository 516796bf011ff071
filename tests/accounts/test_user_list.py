import pytest

from tests.accounts.battery import assert_only_administrators
from tests.factories import BoardFactory, RoleAssignmentFactory, UnitFactory, UserFactory
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = "/anvandare/"


def names(response) -> list[str]:
    return [person.short_name for person in response.context["page"]]


def test_lists_everyone_in_swedish_order_but_the_system(administrator):
    for name in ("Örjan", "Åsa", "Ärlan", "adam"):
        UserFactory(name=name)
    listed = names(administrator.get(URL))
    assert [name for name in listed if name in {"Örjan", "Åsa", "Ärlan", "adam"}] == ["adam", "Åsa", "Ärlan", "Örjan"]
    assert "Portalen" not in listed


@pytest.mark.parametrize("words", ["sten ställ", "stallforetradare@", "ställföreträdare biblioteket"])
def test_finds_by_name_email_and_unit(administrator, words):
    assert names(administrator.get(URL, {"q": words})) == ["Ställföreträdare Sten"]


def test_finds_by_title(administrator):
    assert names(administrator.get(URL, {"q": "systemförvaltare"})) == ["Administratör Alm"]


def test_filters_on_state(administrator):
    UserFactory(name="Slutat", is_active=False)
    assert names(administrator.get(URL, {"lage": "inaktiva"})) == ["Slutat"]
    assert "Slutat" not in names(administrator.get(URL, {"lage": "aktiva"}))


def test_nobody_found_says_so(administrator):
    assert "Ingen stämmer med det du sökte efter." in administrator.get(URL, {"q": "xyz"}).text


def test_protected_identity_is_shown_by_function(administrator, cast):
    UserFactory(name="", email="hemlig@laholm.example", title="kurator", protected_identity=True, unit=cast.library)
    response = administrator.get(URL)
    assert "Kurator" in names(response)
    assert "hemlig@laholm.example" not in response.text


def test_fifty_on_a_page(administrator):
    for _ in range(51):
        UserFactory()
    assert len(names(administrator.get(URL))) == 50
    assert len(names(administrator.get(URL, {"page": 2}))) > 0


def test_queries_do_not_grow_with_the_rows(administrator):
    def add_row():
        person = UserFactory(unit=UnitFactory())
        RoleAssignmentFactory(user=person)
        RoleAssignmentFactory(user=person, role_id="registrator", board=BoardFactory())

    assert_same_query_count(lambda: administrator.get(URL), add_row=add_row)


def test_only_administrators(cast, client_for):
    assert_only_administrators(URL, cast, client_for)


def test_post_is_refused(administrator):
    assert administrator.post(URL).status_code == 405
