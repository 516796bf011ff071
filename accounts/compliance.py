"""What the guideline asks of an account, checked: each check is a query, never a loop of queries.

Higher apps add their own checks in `AppConfig.ready()`, by importing a module that uses `@check`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from uuid import UUID

from django.db.models import CharField, Q, QuerySet, Value

from accounts.models import Account


class Severity(IntEnum):
    """How much it matters. What is serious stands first and in red."""

    SERIOUS = 1
    TO_MEND = 2


@dataclass(frozen=True)
class Check:
    """One thing that may be lacking. `title` is what a person reads: "Ersättare saknas"."""

    code: str
    requirement: str
    severity: Severity
    title: str
    icon: str
    accounts: Callable[[datetime], QuerySet]


_checks: dict[str, Check] = {}


def check(
    code: str, requirement: str, *, severity: Severity, title: str, icon: str = "circle-alert"
) -> Callable[[Callable[[datetime], QuerySet]], Callable[[datetime], QuerySet]]:
    """Register a query over accounts that gives those where something is lacking at a moment.

    Raises ValueError when the code is taken.
    """

    def register(accounts: Callable[[datetime], QuerySet]) -> Callable[[datetime], QuerySet]:
        if code in _checks:
            raise ValueError(f"Kontrollen {code} finns redan.")
        _checks[code] = Check(code, requirement, severity, title, icon, accounts)
        return accounts

    return register


def all_checks() -> list[Check]:
    """Return the checks, the serious ones first."""
    return sorted(_checks.values(), key=lambda found: (found.severity, found.requirement, found.code))


def findings(accounts: Collection[UUID], *, now: datetime) -> dict[UUID, list[Check]]:
    """Return what each of the accounts lacks, the serious first, in one query. Accounts that lack nothing are left out."""
    checks = all_checks()
    if not accounts or not checks:
        return {}
    lacking = [
        found.accounts(now).filter(pk__in=accounts).order_by().values_list("pk", Value(place, output_field=CharField()))
        for place, found in enumerate(checks)
    ]
    rows = lacking[0].union(*lacking[1:], all=True) if len(lacking) > 1 else lacking[0]
    result: dict[UUID, list[Check]] = {}
    for account, place in sorted(rows, key=lambda row: int(row[1])):
        result.setdefault(account, []).append(checks[int(place)])
    return result


def lacking_something(now: datetime) -> Q:
    """Return the condition of accounts that lack at least one thing, for a register's filter."""
    condition = Q(pk__in=Account.objects.none().values("pk"))
    for found in all_checks():
        condition |= Q(pk__in=found.accounts(now).order_by().values("pk"))
    return condition
