import pytest

from accounts.models import User
from laholm_sociala.common.models import Mail
from tests.accounts.battery import assert_only_administrators, errors, said

pytestmark = pytest.mark.django_db
URL = "/anvandare/bjud-in/"


@pytest.fixture
def typed(cast):
    return {
        "email": "Ny@Laholm.example",
        "name": "Nya Nilsson",
        "title": "bibliotekarie",
        "unit": str(cast.library.pk),
        "roles": ["kommunikationsenheten"],
        "board_roles": [f"registrator:{cast.culture_board.pk}"],
    }


def test_shows_the_form(administrator):
    response = administrator.get(URL)
    assert response.status_code == 200
    offered = [code for code, _words in response.context["form"].fields["roles"].choices]
    assert set(offered) == {"kommunikationsenheten", "administrator", "kommunarkivarie"}


def test_invites(administrator, typed, cast):
    response = administrator.post(URL, typed, follow=True)
    person = User.objects.get(email="ny@laholm.example")
    assert said(response) == [
        "Nya Nilsson, bibliotekarie, biblioteket är inbjuden och får ett mejl med en länk som gäller i sju dagar."
    ]
    assert (person.name, person.title, person.unit, person.has_usable_password()) == (
        "Nya Nilsson",
        "bibliotekarie",
        cast.library,
        False,
    )
    assert set(person.role_assignments.values_list("role", "board")) == {
        ("kommunikationsenheten", None),
        ("registrator", cast.culture_board.pk),
    }
    assert list(Mail.objects.values_list("to", "subject")) == [(["ny@laholm.example"], "Välkommen till Laholm Sociala")]


def test_name_of_protected_person_is_not_kept(administrator, typed):
    administrator.post(URL, {**typed, "protected_identity": "on"})
    assert User.objects.get(email="ny@laholm.example").name == ""


def test_says_what_is_left_out(administrator):
    assert errors(administrator.post(URL, {"email": "ny"})) == [
        "Skriv en hel e-postadress",
        "Skriv personens namn",
        "Skriv personens titel",
    ]


def test_email_of_another_is_refused_with_what_was_typed_kept(administrator, typed, cast):
    response = administrator.post(URL, {**typed, "email": cast.manager.email.upper()})
    assert errors(response) == [f"Det finns redan en användare med adressen {cast.manager.email}."]
    assert 'value="Nya Nilsson"' in response.text


@pytest.mark.parametrize("role", ["medarbetare", "registrator", "finns-inte"])
def test_role_that_is_not_given_so_is_refused(administrator, typed, role):
    administrator.post(URL, {**typed, "roles": [role]})
    assert not User.objects.filter(email="ny@laholm.example").exists()


def test_only_administrators(cast, client_for):
    assert_only_administrators(URL, cast, client_for)
    assert_only_administrators(URL, cast, client_for, method="post")
