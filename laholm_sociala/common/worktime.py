"""Working time: how much of it there is between two moments, and when so much of it has gone (R12). Pure.

A calendar says which hours of the wall clock an office is open. The office is open at exactly those instants whose
local date and wall clock fall within its hours: an hour that a clock change skips is not there, one that it repeats
counts twice. All of it is worked out once, in UTC; then every question is one search in a sorted list.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from math import inf
from typing import NamedTuple
from zoneinfo import ZoneInfo

from laholm_sociala.common.clock_changes import DAY, EPOCH, Segment, segments

HOUR = 3_600
FIRST_DAY = EPOCH.date()
MICROSECOND = timedelta(microseconds=1)
# What fits between Python's own first and last day, in any zone.
EARLIEST, LATEST = date(2, 1, 1), date(9998, 12, 31)

Seconds = int | float
Amount = int | float | Decimal


class HorizonError(ValueError):
    """The question reaches beyond the days that the calendar knows of."""


class Hours(NamedTuple):
    """An office's hours, or a part of them: from one second of the local day to another; 24.00 is 86 400."""

    opens: int
    closes: int


class Stretch(NamedTuple):
    """Time without a break, from one instant to another, in the calendar's zone."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Day:
    """What one local day gave: the stretches that count, and how many seconds they are. None of it on a day off."""

    date: date
    stretches: tuple[Stretch, ...]
    seconds: Seconds


class Calendar:
    """When an office is open, from the first day to the last, both included.

    `week` holds the hours of Monday (0) to Sunday (6), in order and without overlap; `dates` those of single days,
    instead of the weekday's (empty: closed). Every moment asked about is an aware datetime, every answer one in the
    calendar's zone. Raises ValueError for hours that make no sense, and HorizonError where days are asked about that
    it does not know.
    """

    def __init__(
        self,
        zone: str,
        week: Mapping[int, Sequence[tuple[int, int]]],
        dates: Mapping[date, Sequence[tuple[int, int]]],
        *,
        first: date,
        last: date,
    ) -> None:
        if not EARLIEST <= first <= last <= LATEST:
            raise ValueError(f"A calendar runs from a day to a later one, between {EARLIEST} and {LATEST}.")
        self.zone, self.first, self.last = ZoneInfo(zone), first, last
        # In UTC, and called the zone's: what `fromutc` takes, at a third of the price of `astimezone`.
        self._epoch = datetime(1970, 1, 1, tzinfo=self.zone)
        self._week = tuple(_in_order(week.get(weekday, ())) for weekday in range(7))
        self._dates = {_number(day): _in_order(hours) for day, hours in dates.items()}
        self._segments = segments(self.zone, _number(first) * DAY, (_number(last) + 1) * DAY)
        self._build()

    def _build(self) -> None:
        """Lay out the time that is open: where each stretch starts and ends, and the sum up to its end."""
        starts: list[int] = []
        ends: list[int] = []
        for start, end in self._openings():
            if ends and ends[-1] == start:
                ends[-1] = end
            else:
                starts.append(start)
                ends.append(end)
        self._starts = [start * 1_000_000 for start in starts]
        self._ends = [end * 1_000_000 for end in ends]
        self._sums: list[int] = []
        total = 0
        for start, end in zip(self._starts, self._ends, strict=True):
            total += end - start
            self._sums.append(total)
        self._begin, self._end = self._segments[0].begin * 1_000_000, self._segments[-1].end * 1_000_000

    def _openings(self) -> Iterator[tuple[int, int]]:
        for segment in self._segments:
            first, last = segment.begin + segment.offset, segment.end + segment.offset - 1
            for day in range(first // DAY, last // DAY + 1):
                yield from _opened(segment, day, self._hours(day))

    def _hours(self, day: int) -> Sequence[tuple[int, int]]:
        found = self._dates.get(day)
        return self._week[(day + 3) % 7] if found is None else found

    @property
    def span(self) -> Stretch:
        """From the first moment that the calendar knows of to the last."""
        return Stretch(self._moment(self._begin), self._moment(self._end))

    def working_seconds(self, until: datetime) -> Seconds:
        """Return how long the office has been open since the calendar's first day, W(t), in seconds."""
        return _seconds(self._worked(self._instant(until)))

    def between(self, start: datetime, end: datetime) -> Seconds:
        """Return how long the office is open from one moment to the other, in seconds; negative if they are turned."""
        return _seconds(self._worked(self._instant(end)) - self._worked(self._instant(start)))

    def add(self, start: datetime, seconds: Amount) -> datetime:
        """Return the earliest moment, not before the start, by which the office has been open so long.

        What runs out at closing time is due then, not when the office opens again. Raises ValueError for a negative
        amount.
        """
        begin = self._instant(start)
        amount = _microseconds(seconds)
        if amount == 0:
            return self._moment(begin)
        target = self._worked(begin) + amount
        index = bisect_left(self._sums, target)
        if index == len(self._sums):
            raise HorizonError(f"The calendar ends on {self.last}, before so much time has gone.")
        return self._moment(self._ends[index] - (self._sums[index] - target))

    def subtract(self, end: datetime, seconds: Amount) -> datetime:
        """Return the latest moment, not after the end, from which the office is open so long until then.

        What would begin at a closing time begins when the office opens again. Raises ValueError for a negative amount.
        """
        instant = self._instant(end)
        amount = _microseconds(seconds)
        if amount == 0:
            return self._moment(instant)
        target = self._worked(instant) - amount
        if target < 0:
            raise HorizonError(f"The calendar begins on {self.first}, too late for so much time.")
        index = bisect_right(self._sums, target)
        return self._moment(self._ends[index] - (self._sums[index] - target))

    def is_open(self, moment: datetime) -> bool:
        """Tell whether the office is open; at its closing time it is not."""
        instant = self._instant(moment)
        index = bisect_right(self._ends, instant)
        return index < len(self._ends) and self._starts[index] <= instant

    def last_open_at_or_before(self, moment: datetime) -> datetime:
        """Return the moment itself when the office is open, or closes just then; else when it last closed."""
        instant = self._instant(moment)
        index = bisect_left(self._ends, instant)
        if index < len(self._ends) and self._starts[index] <= instant:
            return self._moment(instant)
        if index == 0:
            raise HorizonError(f"The calendar begins on {self.first}, and the office had not been open by then.")
        return self._moment(self._ends[index - 1])

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office is open at any time of the day."""
        if not self.first <= day <= self.last:
            raise HorizonError(f"The calendar knows of {self.first} to {self.last}, not of {day}.")
        return bool(self._hours(_number(day)))

    def add_working_days(self, day: date, count: int) -> date:
        """Return the working day that is `count` working days after the day; a day off counts as the one before it."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day

    def closing_time(self, day: date) -> datetime:
        """Return when the office closes that day. Raises ValueError when it is closed all day."""
        opened = self.opened_on(day)
        if not opened:
            raise ValueError(f"The office is closed on {day}.")
        return opened[-1].end

    def opened_on(self, day: date) -> tuple[Stretch, ...]:
        """Return when the office is open that day. A clock change may add to an hour or take it away."""
        self.is_working_day(day)
        number = _number(day)
        # No zone is a day from UTC: only what lies around the day can hold any of it.
        first = bisect_right(self._segments, (number - 1) * DAY, key=lambda segment: segment.end)
        last = bisect_left(self._segments, (number + 2) * DAY, key=lambda segment: segment.begin)
        pieces = (
            piece for segment in self._segments[first:last] for piece in _opened(segment, number, self._hours(number))
        )
        return tuple(
            Stretch(self._moment(start * 1_000_000), self._moment(end * 1_000_000)) for start, end in _joined(pieces)
        )

    def explain(self, start: datetime, end: datetime) -> list[Day]:
        """Return, day by day from the start to the end, which time counts (*Så räknade vi*).

        The days' seconds add up to `between`.
        """
        self._instant(start), self._instant(end)
        day, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        found = []
        while day <= last:
            found.append(self._explained(day, start, end))
            day += timedelta(days=1)
        return found

    def _explained(self, day: date, start: datetime, end: datetime) -> Day:
        counted = []
        for opened in self.opened_on(day) if self.first <= day <= self.last else ():
            # Compared in UTC: within one zone Python compares wall clocks, which a clock change turns back.
            begins, ends = max(opened.start, start, key=_utc), min(opened.end, end, key=_utc)
            if _utc(begins) < _utc(ends):
                counted.append(Stretch(begins.astimezone(self.zone), ends.astimezone(self.zone)))
        length = sum((_utc(stretch.end) - _utc(stretch.start)) // MICROSECOND for stretch in counted)
        return Day(day, tuple(counted), _seconds(length))

    @cached_property
    def whole_days(self) -> "Calendar":
        """The clock of the guideline: all hours of a working day, none of another."""
        week = {weekday: _all_day(hours) for weekday, hours in enumerate(self._week)}
        dates = {FIRST_DAY + timedelta(days=day): _all_day(hours) for day, hours in self._dates.items()}
        return Calendar(self.zone.key, week, dates, first=self.first, last=self.last)

    def _worked(self, instant: int) -> int:
        index = bisect_left(self._ends, instant)
        if index == len(self._ends):
            return self._sums[-1] if self._sums else 0
        start, end = self._starts[index], self._ends[index]
        return self._sums[index] - end + (max(start, instant))

    def _instant(self, moment: datetime) -> int:
        if moment.tzinfo is None:
            raise ValueError("A moment needs a time zone, or it could be counted an hour or two wrong.")
        instant = (moment - EPOCH) // MICROSECOND
        if not self._begin <= instant <= self._end:
            raise HorizonError(f"The calendar knows of {self.first} to {self.last}, not of {moment:%Y-%m-%d}.")
        return instant

    def _moment(self, instant: int) -> datetime:
        return self.zone.fromutc(self._epoch + timedelta(0, 0, instant))


def limit_on_working_days(start: datetime, hours: Amount, calendar: Calendar) -> datetime:
    """Return when so many hours have run, which run on working days (all of them) and stand still on others (R12).

    Shown as the last moment the office was open at or before that. Where the office was not open in between at all
    (found in the evening, with an hour to go), the limit itself stands: never at or before the start.
    """
    limit = calendar.whole_days.add(start, _exact(hours) * HOUR)
    return calendar.last_open_at_or_before(limit) if calendar.between(start, limit) else limit


def _exact(amount: Amount) -> int | Decimal:
    return amount if isinstance(amount, int) else Decimal(str(amount))


def _microseconds(amount: Amount) -> int:
    if not 0 <= amount < inf:
        raise ValueError("An amount of time is a number from zero.")
    return round(amount * 1_000_000)


def _seconds(microseconds: int) -> Seconds:
    whole, rest = divmod(microseconds, 1_000_000)
    return microseconds / 1_000_000 if rest else whole


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _number(day: date) -> int:
    return (day - FIRST_DAY).days


def _all_day(hours: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    return (Hours(0, DAY),) if hours else ()


def _in_order(hours: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    closed = 0
    for opens, closes in hours:
        if not closed <= opens < closes <= DAY:
            raise ValueError("Hours come in order, without overlap, within one day.")
        closed = closes
    return tuple(hours)


def _opened(segment: Segment, day: int, hours: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    midnight = day * DAY - segment.offset
    for opens, closes in hours:
        start, end = midnight + opens, midnight + closes
        if start < segment.end and end > segment.begin:
            yield max(start, segment.begin), min(end, segment.end)


def _joined(pieces: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last: tuple[int, int] | None = None
    for start, end in pieces:
        if last and last[1] == start:
            last = last[0], end
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last
