"""What the guideline asks of an account, checked: each check is a condition over all accounts, never a loop of queries.

A check is a function of the moment that gives the condition (a `Q`, with `Exists` for other tables) under which an
account lacks something. One query then answers all checks for a page of accounts, and the register's filter is the
same conditions joined by "or". Higher apps add theirs in `AppConfig.ready()`, by importing a module that uses `@check`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import lru_cache, reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from accounts.models import Account

ACCOUNTS: Final = object()

Condition = Callable[[datetime], Q]


class Severity(IntEnum):
    """How much it matters. What is serious stands first and in red."""

    SERIOUS = 1
    TO_MEND = 2


@dataclass(frozen=True)
class Check:
    """One thing that may be lacking. `title` is what a person reads: "Ersättare saknas".

    On the account's page `why` stands below it, and `action` leads to the address named `url_name`, where it is mended.
    """

    code: str
    requirement: str
    severity: Severity
    title: str
    icon: str
    condition: Condition
    why: str = ""
    action: str = ""
    url_name: str = ""


_checks: dict[str, Check] = {}


def check(
    code: str,
    requirement: str,
    *,
    severity: Severity,
    title: str,
    icon: str = "circle-alert",
    why: str = "",
    action: str = "",
    url_name: str = "",
) -> Callable[[Condition], Condition]:
    """Register the condition, at a moment, under which an account lacks something.

    `url_name` takes the account's key. Raises ValueError when the code is taken.
    """

    def register(condition: Condition) -> Condition:
        if code in _checks:
            raise ValueError(f"Kontrollen {code} finns redan.")
        _checks[code] = Check(code, requirement, severity, title, icon, condition, why, action, url_name)
        return condition

    return register


def all_checks() -> list[Check]:
    """Return the checks, the serious ones first."""
    return sorted(_checks.values(), key=lambda found: (found.severity, found.requirement, found.code))


def findings(accounts: Collection[UUID], *, now: datetime) -> dict[UUID, list[Check]]:
    """Return what each account lacks, the serious first, in one query. Those that lack nothing are left out."""
    return {pk: lacks for pk, (_shown, lacks) in shown_with_findings(accounts, (), now=now).items() if lacks}


def shown_with_findings(
    accounts: Collection[UUID], columns: tuple[str, ...], *, now: datetime
) -> dict[UUID, tuple[list[Any], list[Check]]]:
    """Return the columns of each account, by their names in the ORM, and what it lacks, the serious first. One query.

    The columns come as the database holds them. An account that is gone is left out.
    """
    if not accounts:
        return {}
    checks = all_checks()
    statement, given = _asked_of_each(tuple(checks), columns, now.replace(second=0, microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(accounts) if value is ACCOUNTS else value for value in given])
        rows = cursor.fetchall()
    return {
        pk: (
            answers[: len(columns)],
            [found for found, is_lacking in zip(checks, answers[len(columns) :], strict=True) if is_lacking],
        )
        for pk, *answers in rows
    }


@lru_cache(maxsize=8)
def _asked_of_each(
    checks: tuple[Check, ...], columns: tuple[str, ...], minute: datetime
) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that asks every check of some accounts, and its parameters; ACCOUNTS stands for the keys.

    Kept for the minute: to put it together takes several times as long as PostgreSQL takes to answer it.
    """
    answers = [_is_true(found.condition(minute)) for found in checks]
    some = RawSQL("SELECT UNNEST(%s::uuid[])", [ACCOUNTS])
    asked = Account.objects.filter(pk__in=some).order_by().values_list("pk", *columns, *answers)
    return asked.query.get_compiler(connection=connection).as_sql()


def with_findings(accounts: QuerySet, now: datetime) -> QuerySet:
    """Have each account fetched carry what it lacks, for `findings_of`."""
    return accounts.annotate(**{_column(found): _is_true(found.condition(now)) for found in all_checks()})


def findings_of(account: Account) -> list[Check]:
    """Return what an account fetched through `with_findings` lacks, the serious first."""
    return [found for found in all_checks() if getattr(account, _column(found))]


def lacking_something(now: datetime) -> Q:
    """Return the condition of accounts that lack at least one thing, for a register's filter."""
    statement, given = _those_that_lack(tuple(all_checks()), now.replace(second=0, microsecond=0))
    return Q(pk__in=RawSQL(statement, given))  # noqa: S611  the ORM's own statement


@lru_cache(maxsize=4)
def _those_that_lack(checks: tuple[Check, ...], minute: datetime) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that finds every account that lacks something, and its parameters. Kept for the minute."""
    # PostgreSQL asks them in turn until one is true: those that need no other table first.
    conditions = sorted((found.condition(minute) for found in checks), key=_asks_another_table)
    lacking = reduce(or_, conditions, Q(pk__in=[]))
    # elide_empty: without checks nothing is found, and that is still a statement.
    query = Account.objects.filter(lacking).order_by().values("pk").query
    return query.get_compiler(connection=connection, elide_empty=False).as_sql()


def _asks_another_table(condition: Any) -> bool:
    if isinstance(condition, Q):
        return any(_asks_another_table(part) for part in condition.children)
    return not isinstance(condition, tuple) or hasattr(condition[1], "resolve_expression")


def _column(found: Check) -> str:
    return f"lacks_{found.code}"


def _is_true(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
