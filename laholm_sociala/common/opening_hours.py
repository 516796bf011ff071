"""A calendar as it is written down: {"zone": …, "week": {"mon": [["08:00", "12:00"]]}, "dates": {"2026-12-24": []}}.

Pure. What does not make sense raises CalendarTextError with a Swedish sentence: nothing is guessed or mended, so hours
that overlap, stand in the wrong order or run past midnight are refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from laholm_sociala.common.clock_changes import DAY
from laholm_sociala.common.worktime import HOUR, Calendar, Hours

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCK_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00", re.ASCII)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class CalendarTextError(ValueError):
    """What is written is not a calendar; the message is a Swedish sentence for the person."""


@dataclass(frozen=True)
class OpeningHours:
    """What a calendar says, without the span of days that it is worked out for."""

    zone: str
    week: Mapping[int, tuple[Hours, ...]]
    dates: Mapping[date, tuple[Hours, ...]]

    def calendar(self, first: date, last: date) -> Calendar:
        """Work it out for the days from the first to the last."""
        return Calendar(self.zone, self.week, self.dates, first=first, last=last)


def read_opening_hours(content: object) -> OpeningHours:
    """Read a calendar from what JSON gives. Raises CalendarTextError."""
    found = _mapping(content, "Kalendern", {"zone", "week", "dates"})
    if "zone" not in found or "week" not in found:
        raise CalendarTextError("Kalendern ska ha en tidszon (zone) och en vecka (week).")
    week = _mapping(found["week"], "Veckan (week)", set(WEEKDAYS))
    dates = _mapping(found.get("dates", {}), "Dagarna (dates)")
    return OpeningHours(
        zone=read_zone(found["zone"]),
        week={WEEKDAYS.index(name): read_hours(hours, name) for name, hours in week.items()},
        dates={read_date(day): read_hours(hours, day) for day, hours in dates.items()},
    )


def read_zone(name: object) -> str:
    """Return the name of a time zone. Raises CalendarTextError when there is none of that name."""
    try:
        if isinstance(name, str):
            return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise CalendarTextError(f"Tidszonen {_shown(name)} finns inte. Skriv till exempel Europe/Stockholm.")


def read_date(text: str) -> date:
    """Return the day that 2026-12-24 says. Raises CalendarTextError."""
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise CalendarTextError(f"{_shown(text)} är inget datum. Skriv det som 2026-12-24.")


def read_hours(hours: object, day: str) -> tuple[Hours, ...]:
    """Return a day's hours from [["08:00", "12:00"], …]; none: closed. Raises CalendarTextError, which says the day."""
    if not isinstance(hours, list):
        raise CalendarTextError(f'{day}: tiderna ska vara en lista, till exempel [["08:00", "12:00"]].')
    found = tuple(_read_pair(pair, day) for pair in hours)
    for before, after in pairwise(found):
        if after.opens < before.closes:
            raise CalendarTextError(f"{day}: tiderna överlappar varandra eller står i fel ordning.")
    return found


def write_hours(hours: tuple[Hours, ...]) -> list[list[str]]:
    """Return a day's hours as they are written: [["08:00", "12:00"], …]."""
    return [[clock_time(opens), clock_time(closes)] for opens, closes in hours]


def clock_time(second: int) -> str:
    """Return the second of the day as 08:00."""
    return f"{second // HOUR:02}:{second % HOUR // 60:02}"


def read_clock_time(text: object) -> int | None:
    """Return the second of the day that 08:00 or 24:00 says, or None when it is no such time."""
    match = CLOCK_TIME.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    return int(match[1]) * HOUR + int(match[2]) * 60 if match[1] else DAY


def _read_pair(pair: object, day: str) -> Hours:
    if not isinstance(pair, list) or len(pair) != 2:
        raise CalendarTextError(f'{day}: skriv varje tid som två klockslag, till exempel ["08:00", "12:00"].')
    opens, closes = read_clock_time(pair[0]), read_clock_time(pair[1])
    if opens is None or closes is None:
        wrong = pair[0] if opens is None else pair[1]
        raise CalendarTextError(f"{day}: {_shown(wrong)} är inget klockslag. Skriv det som 08:00; midnatt är 24:00.")
    if opens >= closes:
        raise CalendarTextError(f"{day}: {pair[0]}–{pair[1]} slutar inte efter att det börjar. Dela vid midnatt.")
    return Hours(opens, closes)


def _mapping(value: object, what: str, known: set[str] | None = None) -> dict[str, object]:
    if not isinstance(value, dict):
        raise CalendarTextError(f"{what} ska vara ett objekt inom klamrar.")
    for name in value:
        if known is not None and name not in known:
            raise CalendarTextError(f"{what} känner inte till {_shown(name)}.")
    return value


def _shown(value: object) -> str:
    text = str(value)
    return f"”{text if len(text) <= 60 else text[:60] + '…'}”"
