"""Daily supervision under Att göra: first, and done by one press (R09)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.duties import accounts_of
from accounts.models import Account, User
from laholm_sociala.common.swedish import moment_in_words
from laholm_sociala.common.to_do import Kind, Task, add_kinds
from moderation.supervision import to_check, with_last_check


@dataclass(frozen=True)
class AccountToCheck(Task):
    """A row of the panel: the account, to tick, and when it was last looked through."""

    account: Any = None


def add_supervision_to_do() -> None:
    """Add the daily check."""
    add_kinds(
        Kind(
            5,
            accounts_to_check,
            lambda n: "Ditt konto" if n == 1 else "Dina konton",
            look_through,
            more_url=lambda: reverse("moderation:supervision"),
            panel="moderation/parts/supervision_panel.html",
            shown=lambda accounts, now: with_last_check(accounts),
        )
    )


def accounts_to_check(user: User, now: datetime) -> QuerySet:
    """Return the accounts that the person looks through today."""
    return to_check(user, now) if accounts_of(user, timezone.localdate(now)) else Account.objects.none()


def look_through(account: Account) -> AccountToCheck:
    """Show the account with a box to tick."""
    return AccountToCheck(
        heading=str(account), url=account.web_address, meta=last_check_in_words(account), account=account
    )


def last_check_in_words(account: Account) -> str:
    """Kontrollerat senast fredag kl. 08.52."""
    last = account.last_checked_at  # type: ignore[attr-defined]
    return f"Kontrollerat senast {moment_in_words(last, timezone.now())}" if last else "Inte kontrollerat förut"
