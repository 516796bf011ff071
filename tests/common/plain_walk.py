"""Working time counted the slow and obvious way: minute by minute, asking the wall clock each time.

An independent reading of what a calendar means, to hold `laholm_sociala.common.worktime` against. It wants hours,
clock changes and moments on whole minutes.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
Hours = Sequence[tuple[int, int]]


class PlainWalk:
    """Every minute from the beginning of the first day to the end of the last, and whether the office is open in it."""

    def __init__(
        self, zone: str, week: Mapping[int, Hours], dates: Mapping[date, Hours], *, first: date, last: date
    ) -> None:
        self.minutes: list[tuple[datetime, bool]] = []
        minute = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=2)
        stop = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=3)
        while minute < stop:
            local = minute.astimezone(ZoneInfo(zone))
            if first <= local.date() <= last:
                second = local.hour * 3_600 + local.minute * 60
                hours = dates.get(local.date(), week.get(local.weekday(), ()))
                self.minutes.append((minute, any(opens <= second < closes for opens, closes in hours)))
            minute += MINUTE

    def between(self, start: datetime, end: datetime) -> int:
        """Return the seconds of open minutes from one moment to the other."""
        return 60 * sum(is_open for minute, is_open in self.minutes if start <= minute < end)

    def add(self, start: datetime, minutes: int) -> datetime | None:
        """Return the end of the minute with which so many have gone; None when there are not so many."""
        if minutes == 0:
            return start
        for minute, is_open in self.minutes:
            minutes -= is_open and minute >= start
            if minutes == 0:
                return minute + MINUTE
        return None
