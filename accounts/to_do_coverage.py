"""Days ahead that nobody looks after an account, under Att göra (R10, R29)."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts import coverage
from accounts.duties import accounts_of, units_led_by
from accounts.models import Account, User
from accounts.services.keepers import KEEP
from laholm_sociala.common.swedish import count_in_words, date_in_words
from laholm_sociala.common.to_do import Kind, Task, add_kinds


def add_coverage_to_do() -> None:
    """Add the kinds of task."""
    add_kinds(
        Kind(17, uncovered, lambda n: "Dagar som ingen sköter kontot", name_substitute, shown=with_days_alone),
        Kind(
            27,
            unmanned,
            unmanned_in_words,
            call_manager,
            nothing="Inget konto obemannat i morgon",
        ),
    )


def uncovered(user: User, now: datetime) -> QuerySet:
    """One's own accounts with a coming day that nobody is there; for the manager when it is the next working day."""
    days, today = coverage.working_days_ahead(now), timezone.localdate(now)
    # Found first, as keys: as subqueries, PostgreSQL would look through the people of every account.
    mine, led = accounts_of(user, today), units_led_by(user, today)
    if not mine and not led:
        return Account.objects.none()
    asked = Q(pk__in=mine) & coverage.alone_some_day(days) | Q(unit__in=led) & coverage.nobody_there(days[0])
    return Account.objects.filter(asked).select_related("platform", "unit").order_by("sort_key", "id")


def with_days_alone(accounts: QuerySet, now: datetime) -> QuerySet:
    """Have each account carry which days those are."""
    return coverage.with_days_alone(accounts, coverage.working_days_ahead(now))


def name_substitute(account: Account) -> Task:
    """Ask for somebody to take over those days."""
    days = coverage.days_alone_in_words(account, timezone.localdate())
    return Task(
        heading=f"Utse en ersättare {days}",
        url=reverse("accounts:account-people", args=[account.pk]),
        meta=f"{account}. De som sköter kontot är borta då.",
        action="Utse någon",
        about=f"för {account}",
    )


def unmanned(user: User, now: datetime) -> QuerySet | None:
    """Accounts that nobody looks after the next working day, for kommunikationsenheten to know of."""
    if not user.may(KEEP):
        return None
    day = coverage.working_days_ahead(now, 1)[0]
    accounts = Account.objects.filter(coverage.nobody_there(day), pk__in=coverage.accounts_with_someone_gone(day))
    return accounts.select_related("platform", "unit__manager__unit").order_by("sort_key", "id")


def unmanned_in_words(number: int) -> str:
    """Ett konto obemannat i morgon; on a Friday, på måndag."""
    now = timezone.now()
    today, next_day = timezone.localdate(now), coverage.working_days_ahead(now, 1)[0]
    when = "i morgon" if next_day - today == coverage.A_DAY else f"på {date_in_words(next_day, today).split()[0]}"
    return count_in_words(number, f"konto obemannat {when}", f"konton obemannade {when}", neuter=True)


def call_manager(account: Account) -> Task:
    """Say whose it is, and lead to where somebody is named."""
    manager = account.unit.manager
    whose = f"Chef: {manager.in_sentence}." if manager and manager.is_active else "Verksamheten har ingen chef."
    return Task(
        heading=str(account),
        url=reverse("accounts:account-people", args=[account.pk]),
        meta=f"{account.unit}. De som sköter kontot är borta. {whose}",
        action="Utse någon",
        about=f"för {account}",
    )
