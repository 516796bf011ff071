"""Who keeps an account in order, and the door that every change of an account's keeping goes through."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.enums import AccountStatus
from accounts.models import Account, Unit, User
from laholm_sociala.common.errors import RefusedError

KEEP: Final = "accounts.keep"


def may_keep(account: Account, user: User, now: datetime) -> bool:
    """Tell whether the person may: those who look after the account today, its unit's manager, kommunikationsenheten.

    Others who see the account read it (R03, R29).
    """
    today = timezone.localdate(now)
    return (
        user.may(KEEP)
        or account.assignments.filter(user=user).on(today).exists()
        or Unit.objects.led_by(user, today).filter(pk=account.unit_id).exists()
    )


def lock_account(account_id: UUID, *, by: User, now: datetime) -> Account:
    """Return the account, locked, with its platform, unit and board, to one who may keep it in order.

    Raises PermissionDenied for others, RefusedError when the account is closed.
    """
    locked = Account.objects.select_for_update(of=("self",)).select_related("platform", "unit", "board")
    account = locked.get(pk=account_id)
    if not may_keep(account, by, now):
        raise PermissionDenied
    if account.status == AccountStatus.CLOSED:
        raise RefusedError("Kontot är avslutat och ändras inte mer.")
    return account
