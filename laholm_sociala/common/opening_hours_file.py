"""A calendar in a file of JSON, and working time by it over as many years as it takes."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NoReturn

from laholm_sociala.common.opening_hours import CalendarTextError, OpeningHours, read_opening_hours
from laholm_sociala.common.worktime import EARLIEST, LATEST, Amount, Calendar, HorizonError

# No zone's day is longer than this from another's.
MARGIN = timedelta(days=2)
MOST_DAYS = (LATEST - EARLIEST).days


def read_file(path: str) -> OpeningHours:
    """Return the calendar in the file. Raises CalendarTextError when it cannot be read, or is no calendar."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CalendarTextError(f"{path} är inte text i UTF-8.") from error
    except (OSError, ValueError) as error:
        raise CalendarTextError(f"{path} går inte att läsa. Finns filen?") from error
    try:
        content = json.loads(text, object_pairs_hook=_each_once, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise CalendarTextError(f"{path} är inte JSON: fel på rad {error.lineno}, tecken {error.colno}.") from error
    except RecursionError as error:
        raise CalendarTextError(f"{path} är ingen kalender: den är för djup.") from error
    return read_opening_hours(content)


def between(hours: OpeningHours, start: datetime, end: datetime) -> tuple[Calendar, int | float]:
    """Return the calendar worked out for the days in between, and the seconds of working time."""
    calendar = hours.calendar(start.date() - MARGIN, end.date() + MARGIN)
    return calendar, calendar.between(start, end)


def add(hours: OpeningHours, start: datetime, seconds: Amount) -> tuple[Calendar, datetime]:
    """Return a calendar that reaches far enough, and when so much working time has gone.

    Raises HorizonError when it never has, or not within Python's years.
    """
    first = start.date() - MARGIN
    last = _guess(hours, start.date(), seconds)
    while True:
        calendar = hours.calendar(first, last)
        try:
            return calendar, calendar.add(start, seconds)
        except HorizonError:
            if last == LATEST or not _opens_after(hours, last):
                raise
        last = _later(last, last - first)


def _guess(hours: OpeningHours, start: date, seconds: Amount) -> date:
    """So many weeks, were there no days off, and some more."""
    weekly = sum(closes - opens for day in hours.week.values() for opens, closes in day)
    weeks = int(seconds) // weekly if weekly else 0
    guess = _later(start, timedelta(days=min(weeks * 7 + 60, MOST_DAYS)))
    return guess if weekly else min(max([guess, *hours.dates]), LATEST)


def _opens_after(hours: OpeningHours, day: date) -> bool:
    return any(hours.week.values()) or any(opened for date_, opened in hours.dates.items() if date_ > day)


def _later(day: date, length: timedelta) -> date:
    return day + min(length, LATEST - day)


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, _value in pairs if sum(name == other for other, _ in pairs) > 1)
        raise CalendarTextError(f"”{twice}” står två gånger i filen.")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise CalendarTextError(f"{name} är inget värde i en kalender.")
