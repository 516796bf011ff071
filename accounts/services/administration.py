"""What every door of the administration shares: who may, one at a time, and how details and roles are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Role, RoleAssignment, Unit, User
from accounts.models.people import SYSTEM_USER_ID
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.history import TrackedModel

ADMINISTER: Final = "accounts.administer"
ADMINISTRATOR: Final = "administrator"


class Grant(NamedTuple):
    """A role for the municipality, or for one board."""

    role: str
    board: UUID | None = None


@dataclass(frozen=True)
class PersonDetails:
    """What is written down about a person. With protected identity the name is not kept, whatever it says here."""

    email: str
    name: str
    title: str
    unit: Unit | None = None
    protected_identity: bool = False


def enter_administration(by: User) -> None:
    """Let in an administrator, or the portal itself, and keep others waiting until the transaction ends.

    Raises PermissionDenied for everyone else. One at a time: two administrators who remove each other, or two units
    that move in under each other, must not both find that all is well.
    """
    Role.objects.select_for_update(no_key=True).get(pk=ADMINISTRATOR)
    if by.pk == SYSTEM_USER_ID:
        return
    # Asked again behind the lock: whoever had it before may have taken the role from this person.
    if not User.objects.with_permission(ADMINISTER).filter(pk=by.pk).exists():
        raise PermissionDenied


def lock_person(person_id: UUID) -> User:
    """Return the person, locked; raise User.DoesNotExist when there is none. What follows a person waits here."""
    person: User = User.objects.people().select_for_update(no_key=True).get(pk=person_id)
    return person


def write_details(person: User, details: PersonDetails, *, by: User, now: datetime, reason: str) -> bool:
    """Save what differs, and tell whether anything did. Raises RefusedError when the e-mail is somebody else's."""
    values = {
        "email": details.email.strip().lower(),
        "name": "" if details.protected_identity else details.name.strip(),
        "title": details.title.strip(),
        "unit": details.unit,
        "protected_identity": details.protected_identity,
    }
    if not put(person, values) and not person._state.adding:
        return False
    taken = RefusedError(f"Det finns redan en användare med adressen {person.email}.", field="email")
    record_or_refuse(person, {"accounts_user_email_key": taken}, by=by, now=now, reason=reason)
    return True


def write_roles(person: User, wanted: frozenset[Grant], *, by: User, now: datetime) -> bool:
    """Give and take back roles until the person has those wanted, and tell whether any changed.

    Raises RefusedError when administrators would take the role from themselves, or from the last one.
    """
    held = {Grant(given.role_id, given.board_id): given for given in person.role_assignments.all()}
    taken, given = held.keys() - wanted, wanted - held.keys()
    if Grant(ADMINISTRATOR) in taken:
        if person.pk == by.pk:
            raise RefusedError(
                "Du kan inte ta bort din egen roll som administratör. Be en annan administratör.", field="roles"
            )
        refuse_last_administrator(person)
    for grant in sorted(taken, key=str):
        held[grant].erase(by=by, now=now, reason="Rollen togs bort")
    for grant in sorted(given, key=str):
        role = Role.objects.get(pk=grant.role)
        if role.for_everyone or role.per_board != (grant.board is not None):
            raise RefusedError(f"Rollen {role.name.lower()} kan inte ges på det sättet.")
        RoleAssignment(user=person, role=role, board_id=grant.board).record(by=by, now=now, reason="Rollen gavs")
    return bool(taken or given)


def refuse_last_administrator(person: User) -> None:
    """Raise RefusedError when nobody else could administer the portal without this person."""
    administrators = User.objects.with_permission(ADMINISTER)
    if administrators.filter(pk=person.pk).exists() and not administrators.exclude(pk=person.pk).exists():
        raise RefusedError(
            "Det här är den sista aktiva administratören. Ge rollen till någon annan först, annars kan ingen "
            "sköta användare och organisation."
        )


def put(record: TrackedModel, values: Mapping[str, object]) -> bool:
    """Put the values in the record's fields, and tell whether any was another than before."""
    differs = False
    for name, value in values.items():
        differs = differs or getattr(record, name) != value
        setattr(record, name, value)
    return differs


def record_or_refuse(
    record: TrackedModel, refusals: Mapping[str, RefusedError], *, by: User, now: datetime, reason: str
) -> None:
    """Save; where the constraint refuses that a key names, raise the RefusedError that goes with it."""
    try:
        with transaction.atomic():
            record.record(by=by, now=now, reason=reason)
    except IntegrityError as error:
        for constraint, refusal in refusals.items():
            if constraint in str(error):
                raise refusal from error
        raise
