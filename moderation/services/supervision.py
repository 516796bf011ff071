"""Daily supervision: an account is looked through once a working day, by the one on duty (R09)."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import coverage
from accounts.models import Account, User
from accounts.services.keepers import may_keep
from laholm_sociala.common.errors import RefusedError
from moderation.models import SupervisionCheck

NO_WORKING_DAY: Final = "I dag är ingen arbetsdag. Tillsynen gäller arbetsdagar."


@transaction.atomic
def check(account_ids: Collection[UUID], *, by: User, now: datetime) -> list[Account]:
    """Write down that the accounts were looked through today, and that nothing needs to be done about them.

    Returns those written down now: what somebody has checked already today is left as it is, so that pressing twice
    and two people at once are harmless. Raises PermissionDenied when the person does not keep one of them,
    RefusedError when none is named, when one is not in use, or when it is no working day.
    """
    today = timezone.localdate(now)
    if not account_ids:
        raise RefusedError("Markera de konton du har kontrollerat.")
    if not coverage.is_working_day(today, now):
        raise RefusedError(NO_WORKING_DAY)
    # In one order, so that two people with some of the same accounts wait for each other rather than lock each other.
    locked = Account.objects.select_for_update(of=("self",), no_key=True).select_related("platform", "unit")
    accounts = list(locked.filter(pk__in=account_ids).order_by("pk"))
    _refuse(accounts, by=by, now=now)
    done = set(SupervisionCheck.objects.filter(account__in=accounts, day=today).values_list("account", flat=True))
    left = [account for account in accounts if account.pk not in done]
    SupervisionCheck.objects.bulk_create(
        SupervisionCheck(account=account, day=today, by=by, at=now) for account in left
    )
    return left


def _refuse(accounts: Collection[Account], *, by: User, now: datetime) -> None:
    if not all(may_keep(account, by, now) for account in accounts):
        raise PermissionDenied
    watched = Account.objects.filter(coverage.WATCHED, pk__in=[account.pk for account in accounts]).count()
    if watched != len(accounts):
        raise RefusedError("Kontot är inte i bruk, och har ingen tillsyn.")
