import pytest
from django.urls import reverse

from accounts.models import User
from accounts.models.people import SYSTEM_USER_ID
from tests.accounts.battery import assert_only_administrators, assert_unknown_is_404, errors, said
from tests.factories import RoleAssignmentFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def url_of(person: User) -> str:
    return reverse("accounts:user-edit", args=[person.pk])


def typed_of(person: User, **other) -> dict:
    return {
        "email": person.email,
        "name": person.name,
        "title": person.title,
        "unit": str(person.unit_id or ""),
        "roles": [given.role_id for given in person.role_assignments.filter(board=None)],
        **other,
    }


def test_shows_what_is_written_down(administrator, cast):
    RoleAssignmentFactory(user=cast.manager, role_id="registrator", board=cast.culture_board)
    form = administrator.get(url_of(cast.manager)).context["form"]
    assert form.initial == {
        "email": cast.manager.email,
        "name": "Enhetschef Ek",
        "title": "enhetschef",
        "unit": cast.library.pk,
        "protected_identity": False,
        "roles": [],
        "board_roles": [f"registrator:{cast.culture_board.pk}"],
    }


def test_saves(administrator, cast):
    response = administrator.post(url_of(cast.librarian), typed_of(cast.librarian, title="bibliotekschef"), follow=True)
    assert said(response) == ["Uppgifterna om Bibliotekarie Björk, bibliotekschef, biblioteket är sparade."]
    assert User.objects.get(pk=cast.librarian.pk).title == "bibliotekschef"


def test_inactive_unit_of_the_person_can_be_kept(administrator):
    person = UserFactory(unit=UnitFactory(active=False))
    administrator.post(url_of(person), typed_of(person, title="vikarie"))
    person.refresh_from_db()
    assert (person.title, person.unit.active) == ("vikarie", False)


def test_own_role_as_administrator_stays(administrator, cast):
    response = administrator.post(url_of(cast.administrator), typed_of(cast.administrator, roles=[]))
    assert errors(response) == ["Du kan inte ta bort din egen roll som administratör. Be en annan administratör."]
    assert cast.administrator.role_assignments.count() == 1


def test_invited_person_can_be_invited_again_from_here(administrator, cast):
    invited = UserFactory(password="!")
    again = reverse("accounts:user-invite-again", args=[invited.pk])
    assert f'action="{again}"' in administrator.get(url_of(invited)).text
    assert "bjud-in-igen" not in administrator.get(url_of(cast.manager)).text


def test_unknown_and_the_system_are_404(administrator):
    assert_unknown_is_404("accounts:user-edit", administrator)
    assert administrator.get(reverse("accounts:user-edit", args=[SYSTEM_USER_ID])).status_code == 404


def test_only_administrators(cast, client_for):
    assert_only_administrators(url_of(cast.manager), cast, client_for)
    assert_only_administrators(url_of(cast.manager), cast, client_for, method="post")
