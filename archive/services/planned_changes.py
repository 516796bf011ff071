"""A planned major change asks for a snapshot of the page as it looks before (R19)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.enums import AccountStatus
from accounts.models import User
from accounts.services.keepers import lock_account
from archive.models import PlannedChange
from laholm_sociala.common.errors import RefusedError


@transaction.atomic
def announce_change(account_id: UUID, *, what: str, planned_on: date, by: User, now: datetime) -> PlannedChange:
    """Say that the account's page is to change in a major way, and when; the page is to be kept before that.

    Raises PermissionDenied for those who do not keep the account; RefusedError when it is not in use, when nothing is
    said or the day is past, and while an earlier change waits for its snapshot.
    """
    account = lock_account(account_id, by=by, now=now)
    if account.status != AccountStatus.ACTIVE:
        raise RefusedError("Kontot är inte i bruk.")
    if not what.strip():
        raise RefusedError("Skriv vad som ska ändras.", field="what")
    if planned_on < timezone.localdate(now):
        raise RefusedError("Dagen har passerat. Skriv när ändringen ska göras.", field="planned_on")
    if PlannedChange.objects.waiting().filter(account=account).exists():
        raise RefusedError("En större ändring är redan anmäld. Ta ögonblicksbilden, eller ta tillbaka den ändringen.")
    change = PlannedChange(account=account, what=what.strip(), planned_on=planned_on, announced_by=by, announced_at=now)
    change.record(by=by, now=now, reason="Större ändring anmäld")
    return change


@transaction.atomic
def withdraw_change(change_id: UUID, *, by: User, now: datetime) -> PlannedChange:
    """Say that the change is not to be made after all: then no snapshot is asked for.

    Raises PermissionDenied for those who do not keep the account, RefusedError when it is taken back already.
    """
    account_id = PlannedChange.objects.values_list("account_id", flat=True).get(pk=change_id)
    lock_account(account_id, by=by, now=now)
    change = PlannedChange.objects.select_for_update(of=("self",)).get(pk=change_id)
    if change.withdrawn_at is not None:
        raise RefusedError("Ändringen är redan återtagen.")
    change.withdrawn_by, change.withdrawn_at = by, now
    change.record(by=by, now=now, reason="Ändringen återtagen")
    return change
