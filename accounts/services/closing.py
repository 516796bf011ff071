"""An account is closed: asked for by those who keep it, made ready, and confirmed by the manager (R20)."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from accounts.closing import standing
from accounts.enums import AccountStatus
from accounts.models import Account, Closing, Unit, User
from accounts.services import notices
from accounts.services.keepers import lock_account, may_keep
from accounts.workflow import require_account_step
from laholm_sociala.common.errors import RefusedError


@transaction.atomic
def request_closing(
    account_id: UUID, *, reason: str, successor: Account | None = None, by: User, now: datetime
) -> Closing:
    """Say that an account in use is to be closed, and why; it is *under avveckling* until the manager confirms.

    The unit's manager is told by mail. Raises PermissionDenied for those who do not keep the account, RefusedError
    without a reason, when the successor is the account itself or not in use, or when the account is not in use.
    """
    account = lock_account(account_id, by=by, now=now)
    # One that was read in as under avveckling has no closing of ours yet.
    if account.status != AccountStatus.CLOSING or account.closings.open().exists():
        require_account_step(account.status, AccountStatus.CLOSING)
    if not reason.strip():
        raise RefusedError("Skriv varför kontot avslutas.", field="reason")
    if successor is not None and successor.pk == account.pk:
        raise RefusedError("Välj ett annat konto än det som avslutas.", field="successor")
    if successor is not None and successor.status != AccountStatus.ACTIVE:
        raise RefusedError(f"{successor} är inte i bruk.", field="successor")
    closing = Closing(account=account, reason=reason.strip(), successor=successor, requested_by=by, requested_at=now)
    closing.record(by=by, now=now, reason="Avslut begärt")
    account.status = AccountStatus.CLOSING
    account.record(by=by, now=now, reason="Under avveckling")
    notices.ask_to_confirm_closing(closing, now=now)
    return closing


@transaction.atomic
def withdraw_closing(closing_id: UUID, *, by: User, now: datetime) -> Closing:
    """Let the account stay in use after all.

    Raises PermissionDenied for those who do not keep the account, RefusedError when it is closed or withdrawn already.
    """
    closing, account = _locked(closing_id)
    if not may_keep(account, by, now):
        raise PermissionDenied
    _require_open(closing)
    closing.withdrawn_by, closing.withdrawn_at = by, now
    closing.record(by=by, now=now, reason="Avslutet återtaget")
    account.status = AccountStatus.ACTIVE
    account.record(by=by, now=now, reason="Åter i bruk: avslutet är återtaget")
    return closing


@transaction.atomic
def confirm_closing(closing_id: UUID, *, by: User, now: datetime) -> Closing:
    """Close the account for good: its page in the register stays, and its public page says *avslutat* (R20).

    Raises PermissionDenied for others than the unit's manager and deputies of the day, RefusedError while something
    must still be ready, or when it is closed or withdrawn already. PostgreSQL refuses the same.
    """
    closing, account = _locked(closing_id)
    if not may_confirm(closing, by, now):
        raise PermissionDenied
    _require_open(closing)
    missing = [one.requirement.missing for one in standing(closing) if not one.is_met]
    if missing:
        raise RefusedError(" ".join(missing))
    closing.confirmed_by, closing.confirmed_at = by, now
    closing.record(by=by, now=now, reason="Avslutet bekräftat")
    account.status = AccountStatus.CLOSED
    account.record(by=by, now=now, reason="Avslutat")
    notices.tell_of_closing(closing, now=now)
    return closing


def stays_open(account: Account) -> bool:
    """Tell whether the account is not closed, and keep it from being closed until the caller's transaction ends (R20).

    For what comes in on it. Others may ask at once; whoever confirms a closing waits for them, and they for that.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM accounts_account WHERE id = %s FOR KEY SHARE", [account.pk])
        (status,) = cursor.fetchone()
    return bool(status != AccountStatus.CLOSED)


def may_confirm(closing: Closing, user: User, now: datetime) -> bool:
    """Tell whether the person may: the manager of the account's unit, or a deputy within their dates (R20).

    Where the unit has no manager, that of the unit above.
    """
    led = Unit.objects.led_by(user, timezone.localdate(now))
    return bool(led.filter(pk=closing.unit_that_answers.pk).exists())


def _locked(closing_id: UUID) -> tuple[Closing, Account]:
    """Lock the account first, as every other door does, and then its closing."""
    account_id = Closing.objects.values_list("account_id", flat=True).get(pk=closing_id)
    account = (
        Account.objects.select_for_update(of=("self",)).select_related("platform", "unit__parent").get(pk=account_id)
    )
    closing = Closing.objects.select_for_update(of=("self",)).select_related("requested_by").get(pk=closing_id)
    closing.account = account
    return closing, account


def _require_open(closing: Closing) -> None:
    if closing.confirmed_at is not None:
        raise RefusedError("Kontot är redan avslutat.")
    if closing.withdrawn_at is not None:
        raise RefusedError("Avslutet är återtaget: kontot är i bruk.")
