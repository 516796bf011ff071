"""How well the limit is met, by month, account and category: no personal data, and nothing per employee (R12).

Only what the guideline's limit holds for, and nothing that may be secret. What was already too late when it was found
stands apart: it tells how posts are found, not how they are handled.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models.functions import Least

from accounts.models import Unit, User
from laholm_sociala.common.swedish import MONTHS, STOCKHOLM, duration_in_words
from laholm_sociala.common.worktime import HOUR, Calendar
from moderation.enums import Category, Lane
from moderation.models.case import OVERSEE, CaseQuerySet


@dataclass
class Figures:
    """What is known of a number of posts. `handled` counts those whose time is out or that are decided."""

    label: str
    handled: int = 0
    within: int = 0
    found_late: int = 0
    _seconds: "array[float]" = field(default_factory=lambda: array("d"))

    @property
    def share(self) -> int | None:
        """Whole per cent handled within the limit, rounded down so that 100 means all; None where there are none."""
        return self.within * 100 // self.handled if self.handled else None

    @property
    def half_within(self) -> float | None:
        """The median of the working time to a decision, in seconds; None where nothing is decided."""
        return self._percentile(0.5)

    @property
    def most_within(self) -> float | None:
        """The 90th percentile of the working time to a decision, in seconds; None where nothing is decided."""
        return self._percentile(0.9)

    @property
    def half_in_words(self) -> str:
        """The median in words; empty where there is none."""
        return _in_words(self.half_within)

    @property
    def most_in_words(self) -> str:
        """The 90th percentile in words; empty where there is none."""
        return _in_words(self.most_within)

    def add(self, *, found_late: bool, within: bool, seconds: float | None) -> None:
        """Count one post."""
        if found_late:
            self.found_late += 1
            return
        self.handled += 1
        self.within += within
        if seconds is not None:
            self._seconds.append(seconds)

    def _percentile(self, share: float) -> float | None:
        # Between the two nearest, as PostgreSQL's percentile_cont.
        if not self._seconds:
            return None
        ordered = sorted(self._seconds)
        place = share * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


@dataclass(frozen=True)
class Statistics:
    """The same posts, counted in four ways."""

    total: Figures
    months: list[Figures]
    categories: list[Figures]
    accounts: list[Figures]

    @property
    def divisions(self) -> list[tuple[str, list[Figures]]]:
        """Each way of counting under its heading."""
        return [("Månad", self.months), ("Vad det gäller", self.categories), ("Konto", self.accounts)]


COLUMNS: Final = (
    "account",
    "account__name",
    "account__platform__name",
    "category",
    "decided_at",
    "handle_by",
    "found_late",
)


def may_follow_up(user: User, on: date) -> bool:
    """Tell whether the person sees Uppföljning: kommunikationsenheten, and who leads a unit that day."""
    return user.may(OVERSEE) or Unit.objects.led_by(user, on).exists()


def statistics(
    cases: CaseQuerySet, calendar: Calendar, *, since: datetime, until: datetime, now: datetime
) -> Statistics:
    """Count the posts that came to be known from `since` and before `until`, in one pass over a few columns.

    Moments are aware; months are those in Stockholm. Each month of the period has its line, the others where they have
    something to say.
    """
    total = Figures("Alla")
    months = {month: Figures(_month(month)) for month in _months(since, until)}
    categories: dict[str, Figures] = {}
    accounts: dict[Any, Figures] = {}
    counted = cases.filter(lane=Lane.INAPPROPRIATE, is_restricted=False)
    counted = counted.alias(known=Least("reported_at", "discovered_at")).filter(known__gte=since, known__lt=until)
    rows = counted.order_by().values_list(*COLUMNS, Least("reported_at", "discovered_at"))
    for account, name, platform, category, decided, handle_by, found_late, known in rows.iterator(chunk_size=5000):
        is_over = decided is not None or handle_by <= now
        if not (found_late or is_over):
            continue
        local = known.astimezone(STOCKHOLM)
        figures = (
            total,
            months[local.year, local.month],
            _at(categories, category, Category(category).label),
            _at(accounts, account, f"{name}, {platform}"),
        )
        within = decided is not None and decided <= handle_by
        seconds = calendar.between(known, decided) if decided is not None and not found_late else None
        for each in figures:
            each.add(found_late=found_late, within=within, seconds=seconds)
    return Statistics(total, list(months.values()), _by_label(categories), _by_label(accounts))


def as_rows(found: Statistics) -> Iterator[tuple[str, ...]]:
    """Yield the lines of a spreadsheet, headings first. Times are in working hours with a decimal comma."""
    yield (
        "Uppdelning",
        "Värde",
        "Granskade",
        "Inom tiden",
        "Andel inom tiden (%)",
        "Median (arbetstimmar)",
        "90:e percentilen (arbetstimmar)",
        "Upptäckta för sent",
    )
    for division, lines in [("Alla", [found.total]), *found.divisions]:
        for each in lines:
            yield (division, *_cells(each))


def _cells(each: Figures) -> tuple[str, ...]:
    share = "" if each.share is None else str(each.share)
    times = (_hours(each.half_within), _hours(each.most_within))
    return (each.label, str(each.handled), str(each.within), share, *times, str(each.found_late))


def _hours(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds / HOUR:.2f}".replace(".", ",")


def _in_words(seconds: float | None) -> str:
    return "" if seconds is None else duration_in_words(seconds)


def _at(lines: dict[Any, Figures], key: object, label: str) -> Figures:
    if key not in lines:
        lines[key] = Figures(label)
    return lines[key]


def _by_label(lines: dict[Any, Figures]) -> list[Figures]:
    # By name, never by how they do: it is no contest.
    return sorted(lines.values(), key=lambda each: each.label.casefold().translate(str.maketrans("åäö", "{|}")))


def _months(since: datetime, until: datetime) -> Iterable[tuple[int, int]]:
    local, end = since.astimezone(STOCKHOLM), until.astimezone(STOCKHOLM)
    number, last = local.year * 12 + local.month - 1, end.year * 12 + end.month - 1
    # `until` itself is outside: on the first of a month, that month is too.
    last -= (end.day, end.hour, end.minute, end.second, end.microsecond) == (1, 0, 0, 0, 0)
    return [(each // 12, each % 12 + 1) for each in range(number, last + 1)]


def _month(month: tuple[int, int]) -> str:
    return f"{MONTHS[month[1] - 1]} {month[0]}"
