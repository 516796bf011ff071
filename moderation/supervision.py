"""What has been looked through and what has not: today, a month, and lately (R09)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Count,
    DateField,
    Exists,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from accounts import coverage
from accounts.models import Account, User
from accounts.services.terms import calendar_in_force, day_off_in_words
from laholm_sociala.common.swedish import STOCKHOLM
from moderation.models import SupervisionCheck

A_DAY: Final = timedelta(days=1)
# How far back *Dagar utan tillsyn* looks: four weeks.
DAYS_BACK: Final = 20

# From when an account is looked through: in use, and known here.
SINCE: Final = Greatest("in_use_since", TruncDate("registered_at", tzinfo=STOCKHOLM))


def to_check(user: User, now: datetime) -> QuerySet:
    """Return the accounts that the person has duty for today and that nobody has looked through yet."""
    today = timezone.localdate(now)
    if not coverage.is_working_day(today, now):
        return Account.objects.none()
    mine = Account.objects.looked_after_by(user, today).filter(coverage.on_duty(user, today))
    return mine.filter(~Exists(_checks_on(today))).select_related("platform", "unit").order_by("sort_key", "id")


def with_last_check(accounts: QuerySet) -> QuerySet:
    """Have each account carry `last_checked_at`, in Swedish order."""
    last = SupervisionCheck.objects.filter(account=OuterRef("pk")).order_by()
    newest = Subquery(last.values("account").annotate(newest=Max("at")).values("newest"))
    return accounts.annotate(last_checked_at=newest).select_related("platform", "unit").order_by("sort_key", "id")


def _checks_on(day: date) -> QuerySet:
    return SupervisionCheck.objects.filter(account=OuterRef("pk"), day=day)


def missed_lately(now: datetime) -> Q:
    """Return the condition of accounts that nobody looked through the last working day, nor today."""
    last = coverage.working_days_back(now, 1)[0]
    began = Q(in_use_since__lte=last, registered_at__lt=_midnight_after(last))
    either = SupervisionCheck.objects.filter(account=OuterRef("pk"), day__in=(last, timezone.localdate(now)))
    return coverage.WATCHED & began & ~Exists(either)


def _midnight_after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + A_DAY, datetime.min.time()), STOCKHOLM)


class _NumberSince(Func):
    """How many of the days, given first, are on or after a day, given last."""

    output_field = IntegerField()
    template = "(SELECT COUNT(*)::integer FROM unnest(%(expressions)s))"
    arg_joiner = ") AS working(day) WHERE working.day >= ("


def with_missed(accounts: QuerySet, now: datetime) -> QuerySet:
    """Return the accounts with days in the last four weeks that nobody looked through; each carries `missed`."""
    days = coverage.working_days_back(now, DAYS_BACK)
    asked = Value(days, output_field=ArrayField(DateField()))
    checks = SupervisionCheck.objects.filter(account=OuterRef("pk"), day__in=days).order_by()
    made = Subquery(checks.values("account").annotate(number=Count("pk")).values("number"))
    missed = _NumberSince(asked, SINCE) - Coalesce(made, 0)
    return accounts.filter(coverage.WATCHED).annotate(missed=missed).filter(missed__gt=0)


@dataclass(frozen=True)
class Row:
    """A day of the month, or several closed ones, as a person reads it. `kind` and `icon` say how it looks."""

    first: date
    last: date
    words: str
    kind: str
    icon: str
    more: str = ""
    is_today: bool = False


@dataclass(frozen=True)
class Month:
    """An account's month: its rows, and how many of its working days so far were looked through."""

    rows: Sequence[Row]
    checked: int
    missed: int


def month_of(account: Account, first: date, now: datetime) -> Month:
    """Return the month that begins on `first`, in a fixed number of queries."""
    days = _days_of_month(first)
    calendar, today = calendar_in_force(now), timezone.localdate(now)
    checks = {check.day: check for check in account.checks.filter(day__in=days).select_related("by__unit")}
    on_duty = coverage.who_is_on_duty([account.pk], [day for day in days if day > today])
    since = Account.objects.annotate(since=SINCE).values_list("since", flat=True).get(pk=account.pk)
    rows: list[Row] = []
    for is_open, run in groupby(days, key=lambda day: calendar.is_working_day(day) or day in checks):
        if not is_open:
            rows.append(_closed(list(run)))
            continue
        for day in run:
            holder = on_duty.get((account.pk, day))
            rows.append(_open(day, today, since, checks.get(day), holder))
    missed = sum(row.kind == "late" and row.first < today for row in rows)
    return Month(rows, len(checks), missed)


def _days_of_month(first: date) -> list[date]:
    return [day for number in range(31) if (day := first + number * A_DAY).month == first.month]


def _closed(days: Sequence[date]) -> Row:
    names = list(_names_of(days))
    return Row(days[0], days[-1], "Stängt", "calm", "minus", more=", ".join(names))


def _names_of(days: Sequence[date]) -> Iterator[str]:
    for day in days:
        name = day_off_in_words(day)
        if name and day.weekday() < 5:
            yield name


def _open(
    day: date,
    today: date,
    since: date | None,
    check: SupervisionCheck | None,
    holder: coverage.OnDuty | None,
) -> Row:
    if check is not None:
        when = f"{timezone.localtime(check.at):%H.%M}"
        return Row(day, day, "Kontrollerat", "ok", "circle-check", f"kl. {when}, {check.by.short_name}", day == today)
    if since is None or day < since:
        return Row(day, day, "Före kontots första dag här", "calm", "minus")
    if day < today:
        return Row(day, day, "Ingen tillsyn", "late", "triangle-alert")
    if day == today:
        return Row(day, day, "Inte kontrollerat än", "soon", "clock", is_today=True)
    if holder is None:
        return Row(day, day, "Ingen sköter kontot", "late", "calendar-x-2")
    return Row(day, day, "Kommer", "calm", "calendar", f"{holder.user.short_name} har tillsynen")
