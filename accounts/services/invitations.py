"""Invitations by mail: a link that works once, within a week, by which a new person chooses a password."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse

from accounts.models import Invitation, User
from accounts.models.people import SYSTEM_USER_ID
from accounts.services.administration import (
    Grant,
    PersonDetails,
    enter_administration,
    lock_person,
    write_details,
    write_roles,
)
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.mail import send_later

VALID_FOR: Final = timedelta(days=7)


class LinkSpentError(RefusedError):
    """The link was good once: it is used, too old, or a later one took its place."""


@transaction.atomic
def invite(details: PersonDetails, *, roles: frozenset[Grant], by: User, now: datetime) -> User:
    """Write down a new person with roles, and send a link to choose a password.

    Raises PermissionDenied for anyone but an administrator or the portal itself, RefusedError when the e-mail is
    somebody's already.
    """
    enter_administration(by)
    person = User()
    person.set_unusable_password()
    write_details(person, details, by=by, now=now, reason="Bjöds in")
    write_roles(person, roles, by=by, now=now)
    send_link(person, by=by, now=now)
    return person


@transaction.atomic
def invite_again(person_id: UUID, *, by: User, now: datetime) -> User:
    """Send a new link; the earlier ones stop working.

    Raises PermissionDenied for anyone but an administrator or the portal itself, RefusedError when the person has
    chosen a password already or is not active.
    """
    enter_administration(by)
    person = lock_person(person_id)
    if not person.is_active:
        raise RefusedError("Aktivera personen först. En inaktiv användare kan inte logga in.")
    if person.has_usable_password():
        raise RefusedError(
            "Personen har redan valt ett lösenord. Ett nytt fås med Glömt lösenordet på inloggningssidan."
        )
    send_link(person, by=by, now=now)
    return person


@transaction.atomic
def accept(token: str, *, password: str, now: datetime) -> User:
    """Save the password that the person chose. The link is used, and the e-mail is proved.

    Raises Invitation.DoesNotExist when no such link was ever sent, LinkSpentError when it no longer works.
    """
    person = lock_person(find(token, now=now).user_id)
    invitation = find(token, now=now)  # again, behind the lock: the link works once, also when pressed twice
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    person.set_password(password)
    person.save(update_fields=["password"])
    person.record(by=person, now=now, reason="Tog emot inbjudan och valde lösenord")
    EmailAddress.objects.update_or_create(user=person, primary=True, defaults={"email": person.email, "verified": True})
    return person


def find(token: str, *, now: datetime) -> Invitation:
    """Return the invitation that a link belongs to. Raises as `accept`."""
    invitation = Invitation.objects.select_related("user").get(token_sha256=_fingerprint(token))
    if invitation.used_at is not None:
        raise LinkSpentError("Länken är redan använd. Logga in med lösenordet som du valde.")
    if invitation.expires_at <= now or not invitation.user.is_active:
        raise LinkSpentError("Länken gäller inte längre. Be den som bjöd in dig att skicka en ny.")
    return invitation


def send_link(person: User, *, by: User, now: datetime) -> None:
    """Make a link, let the earlier ones end, and mail it. Only its fingerprint is kept. The person is locked."""
    void_links(person, now=now)
    token = secrets.token_urlsafe()
    invitation = Invitation.objects.create(
        user=person, token_sha256=_fingerprint(token), sent_at=now, expires_at=now + VALID_FOR
    )
    send_later(
        to=[person.email],
        subject="Välkommen till Laholm Sociala",
        template="invitation",
        secret=True,
        context={
            "inviter": None if by.pk == SYSTEM_USER_ID else by,
            "email": person.email,
            "expires_at": invitation.expires_at,
            "path": reverse("accounts:invitation-accept", args=[token]),
        },
        now=now,
    )


def void_links(person: User, *, now: datetime) -> int:
    """End the links that are not used; return how many. The person is locked."""
    return Invitation.objects.filter(user=person, used_at=None, expires_at__gt=now).update(expires_at=now)


def _fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
