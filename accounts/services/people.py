"""The people of the portal: what is written down about them, their roles, and whether they may sign in."""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.services.administration import (
    Grant,
    PersonDetails,
    enter_administration,
    lock_person,
    refuse_last_administrator,
    write_details,
    write_roles,
)
from accounts.services.invitations import send_link, void_links
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.mail import send_later


@transaction.atomic
def change_person(person_id: UUID, details: PersonDetails, *, roles: frozenset[Grant], by: User, now: datetime) -> User:
    """Change what is written down about a person, and the roles. A new e-mail is the one to sign in with.

    Someone who is invited and has not come in yet gets a new link at the new address. Raises PermissionDenied for
    anyone but an administrator, RefusedError when the e-mail is somebody else's, or when the role of administrator
    would be lost by the one who changes or by the last who has it.
    """
    enter_administration(by)
    person = lock_person(person_id)
    old_email = person.email
    write_roles(person, roles, by=by, now=now)
    write_details(person, details, by=by, now=now, reason="Uppgifterna ändrades")
    if person.email != old_email:
        _follow_email(person, by=by, now=now)
    return person


@transaction.atomic
def deactivate(person_id: UUID, *, by: User, now: datetime) -> User:
    """Shut a person out. What the person leads and looks after stays until someone else is named (R29).

    Raises PermissionDenied for anyone but an administrator, RefusedError when it is oneself, when it is done
    already, or when nobody else could administer the portal.
    """
    enter_administration(by)
    person = lock_person(person_id)
    if person.pk == by.pk:
        raise RefusedError("Du kan inte inaktivera dig själv. Be en annan administratör.")
    if not person.is_active:
        raise RefusedError("Personen är redan inaktiv.")
    refuse_last_administrator(person)
    person.is_active = False
    person.record(by=by, now=now, reason="Inaktiverades")
    void_links(person, now=now)
    return person


@transaction.atomic
def activate(person_id: UUID, *, by: User, now: datetime) -> User:
    """Let a person in again, with the roles that were left.

    Raises PermissionDenied for anyone but an administrator, RefusedError when the person is active already.
    """
    enter_administration(by)
    person = lock_person(person_id)
    if person.is_active:
        raise RefusedError("Personen är redan aktiv.")
    person.is_active = True
    person.record(by=by, now=now, reason="Aktiverades")
    return person


@transaction.atomic
def reset_second_step(person_id: UUID, *, by: User, now: datetime) -> User:
    """Take away the second step of someone who has lost the phone and the recovery codes, and mail that it is gone.

    The password alone lets them in until they set it up anew, and approves nothing meanwhile (R41). Raises
    PermissionDenied for anyone but an administrator, RefusedError for oneself, and where there is none.
    """
    enter_administration(by)
    person = lock_person(person_id)
    if person.pk == by.pk:
        raise RefusedError("Du kan inte ta bort din egen här. Be en annan administratör.")
    removed, _kinds = Authenticator.objects.filter(user=person).delete()
    if not removed:
        raise RefusedError("Personen har ingen tvåstegsinloggning.")
    person.record(by=by, now=now, reason="Tvåstegsinloggningen togs bort")
    send_later(
        to=[person.email],
        subject="Din tvåstegsinloggning är borttagen",
        template="second_step_reset",
        context={"by": by, "path": reverse("mfa_index")},
        now=now,
    )
    return person


def _follow_email(person: User, *, by: User, now: datetime) -> None:
    addresses = EmailAddress.objects.filter(user=person)
    if addresses.exists():
        addresses.exclude(primary=True).delete()
        addresses.update_or_create(user=person, primary=True, defaults={"email": person.email, "verified": True})
    if void_links(person, now=now):
        send_link(person, by=by, now=now)
