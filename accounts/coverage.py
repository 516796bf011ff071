"""Who looks after an account which day: the one responsible, else the substitute, else nobody (R09, R10, R29).

Someone is there who is active and not away. However many accounts and days are asked about, the number of queries is
the same. Working days are those of the municipality's calendar.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final
from uuid import UUID

from django.db.models import Exists, Func, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from accounts.days_alone import DaysAlone
from accounts.enums import AccountStatus, Duty
from accounts.models import Absence, Account, Assignment, User
from accounts.services.terms import calendar_in_force
from laholm_sociala.common.swedish import join_in_words, period_in_words

# How far ahead a day without anyone is told of: two weeks.
DAYS_AHEAD: Final = 10
A_DAY: Final = timedelta(days=1)

# What exists on the platform is looked after, also while it is being closed.
WATCHED: Final = Q(status__in=(AccountStatus.ACTIVE, AccountStatus.CLOSING))


@dataclass(frozen=True)
class OnDuty:
    """The one who looks after an account a day."""

    user: User
    duty: Duty


def is_working_day(day: date, now: datetime) -> bool:
    """Tell whether the day is one on which accounts are looked after, by the calendar in force."""
    return calendar_in_force(now).is_working_day(day)


def working_days_ahead(now: datetime, count: int = DAYS_AHEAD) -> list[date]:
    """Return the coming working days, nearest first; today is not one of them."""
    return _some_days(timezone.localdate(now), A_DAY, count, now)


def working_days_back(now: datetime, count: int) -> list[date]:
    """Return the working days before today, latest first."""
    return _some_days(timezone.localdate(now), -A_DAY, count, now)


def _some_days(day: date, step: timedelta, count: int, now: datetime) -> list[date]:
    calendar = calendar_in_force(now)
    found: list[date] = []
    while len(found) < count:
        day += step
        if calendar.is_working_day(day):
            found.append(day)
    return found


def _there(day: date) -> QuerySet:
    """Return the duties, of the account of the outer query, whose holder is there that day."""
    away = Absence.objects.on(day).filter(user=OuterRef("user"))
    held = Assignment.objects.filter(account=OuterRef("pk"), user__is_active=True).on(day)
    return held.exclude(Exists(away))


def nobody_there(day: date) -> Q:
    """Return the condition of accounts whose people are all away or gone that day.

    Those that nobody is named for are another matter: see `responsible_missing`.
    """
    named = Assignment.objects.filter(account=OuterRef("pk")).on(day)
    return WATCHED & Exists(named) & ~Exists(_there(day))


def accounts_with_someone_gone(day: date) -> list[UUID]:
    """Return the accounts that one of the people named for is away from, or has left, that day.

    The few are found first, as keys: PostgreSQL would otherwise look through the people of every account.
    """
    # Two searches, each by an index of its own: together they would look through everybody.
    left = User.objects.people().filter(is_active=False).order_by().values_list("pk", flat=True)
    away = Absence.objects.on(day).order_by().values_list("user", flat=True)
    theirs = Assignment.objects.filter(user__in=list(left.union(away))).on(day).order_by()
    return list(theirs.values_list("account", flat=True))


def on_duty(user: User, day: date) -> Q:
    """Return the condition of accounts that the person looks after that day: as substitute while the other is away."""
    there = _there(day)
    mine = there.filter(user=user)
    responsible = there.filter(duty=Duty.RESPONSIBLE)
    return WATCHED & (
        Exists(mine.filter(duty=Duty.RESPONSIBLE)) | (Exists(mine.filter(duty=Duty.SUBSTITUTE)) & ~Exists(responsible))
    )


def who_is_on_duty(accounts: Collection[UUID], days: Collection[date]) -> dict[tuple[UUID, date], OnDuty]:
    """Return who looks after each account each day, in two queries. Where nobody does, the pair is left out."""
    if not accounts or not days:
        return {}
    first, last = min(days), max(days)
    held = Assignment.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=first),
        account__in=accounts,
        user__is_active=True,
        from_date__lte=last,
    )
    duties = list(held.select_related("user__unit").order_by("duty"))
    away = defaultdict(list)
    for absence in Absence.objects.between(first, last).filter(user__in={duty.user_id for duty in duties}):
        away[absence.user_id].append(absence)
    found: dict[tuple[UUID, date], OnDuty] = {}
    for duty in duties:  # the responsible first
        for day in days:
            if _holds(duty, day) and not any(_holds(absence, day) for absence in away[duty.user_id]):
                found.setdefault((duty.account_id, day), OnDuty(duty.user, Duty(duty.duty)))
    return found


def _holds(period: Assignment | Absence, day: date) -> bool:
    return period.from_date <= day and (period.to_date is None or day <= period.to_date)


def alone_some_day(days: Sequence[date]) -> Q:
    """Return the condition of accounts where one of the days, in order and at least one, has nobody there."""
    first, last = days[0], days[-1]
    away = Absence.objects.between(first, last).filter(user=OuterRef("user"))
    whole_time = Assignment.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=last),
        account=OuterRef("pk"),
        user__is_active=True,
        from_date__lte=first,
    ).exclude(Exists(away))
    # Enough for nearly all: somebody is there all the time. The others are looked through day by day.
    return (
        WATCHED
        & ~Exists(whole_time)
        & GreaterThan(Func(DaysAlone(days), function="CARDINALITY", output_field=IntegerField()), 0)
    )


def with_days_alone(accounts: QuerySet, days: Sequence[date]) -> QuerySet:
    """Have each account fetched carry `days_alone`: which of the days nobody is there; and the days, in order."""
    asked = Value(list(days), output_field=DaysAlone.output_field)
    return accounts.annotate(days_asked=asked, days_alone=DaysAlone(days))


def days_alone_in_words(account: Account, today: date) -> str:
    """9–11 december och måndag 14 december: the days nobody is there, of an account from `with_days_alone`."""
    stretches = _stretches(account.days_alone, account.days_asked)  # type: ignore[attr-defined]
    return join_in_words([period_in_words(first, last, today) for first, last in stretches])


def _stretches(days: Sequence[date], among: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Yield (first, last) of the days that follow each other among the others; both are in order."""
    for _number, run in groupby(enumerate(days), key=lambda found: among.index(found[1]) - found[0]):
        stretch = [day for _place, day in run]
        yield stretch[0], stretch[-1]
