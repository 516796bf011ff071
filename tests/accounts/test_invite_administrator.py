"""The first administrator of a new installation."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Invitation, User
from laholm_sociala.common.models import Mail

pytestmark = pytest.mark.django_db
ARGUMENTS = ("Forsta@laholm.example", "--name=Första Administratören", "--title=systemförvaltare")


def invite(*arguments: str) -> None:
    call_command("invite_administrator", *(arguments or ARGUMENTS), verbosity=0)


def test_invites_in_the_name_of_the_portal(capsys):
    invite()
    person = User.objects.get(email="forsta@laholm.example")
    assert (person.name, person.title, person.may("accounts.administer")) == (
        "Första Administratören",
        "systemförvaltare",
        True,
    )
    assert person.history.get().history_user == User.objects.system()
    mail = Mail.objects.get()
    assert "Du är inbjuden till Laholm Sociala" in mail.text
    assert "Länken gäller i sju dagar." in capsys.readouterr().out


def test_again_sends_a_new_link():
    invite()
    invite()
    assert User.objects.filter(email="forsta@laholm.example").count() == 1
    assert (Invitation.objects.count(), Mail.objects.count()) == (2, 2)


def test_someone_who_is_no_administrator_is_refused(cast):
    with pytest.raises(CommandError, match="Det finns redan en användare med adressen"):
        invite(cast.manager.email, "--name=Enhetschef Ek", "--title=enhetschef")


def test_administrator_with_a_password_is_refused(cast):
    with pytest.raises(CommandError, match="redan valt ett lösenord"):
        invite(cast.administrator.email, "--name=Administratör Alm", "--title=systemförvaltare")


def test_address_that_is_none_is_refused():
    with pytest.raises(CommandError, match="Skriv en hel e-postadress"):
        invite("laholm", "--name=Första", "--title=chef")
