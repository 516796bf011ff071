"""Working time against businesstimedelta: the same office, the same days off, the same 10 000 moments."""

import gc
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from time import perf_counter
from typing import Final

import pytz
from businesstimedelta import BusinessTimeDelta, HolidayRule, LunchTimeRule, Rules, WorkDayRule

from laholm_sociala.common.working_days import days_off
from laholm_sociala.common.worktime import HOUR, Calendar
from tests.bench.report import Demand, Line, thousands

ADDITIONS: Final = 10_000
FASTER: Final = 200
HOURS: Final = 48
FIRST_YEAR, LAST_YEAR = 2024, 2034  # eleven years
INDEX_IN_ADDITIONS: Final = 100
ROUNDS: Final = 3


def measure_worktime() -> tuple[list[Line], list[Demand]]:
    """Return how fast 48 hours are added, and how long the calendar takes to work out; both in one run with theirs.

    The calendar of eleven years is to be worked out in the time that businesstimedelta takes for 100 additions.
    """
    rules, ours = _theirs(), _ours()
    start = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    moments = [start + timedelta(minutes=431 * number) for number in range(ADDITIONS)]
    hours = BusinessTimeDelta(rules, hours=HOURS)
    if [ours.add(moment, HOURS * HOUR) for moment in moments[::100]] != [moment + hours for moment in moments[::100]]:
        raise RuntimeError("De två räknar olika: måttet jämför inte samma arbete.")
    theirs = _seconds(lambda: [moment + hours for moment in moments])
    mine = median(_seconds(lambda: [ours.add(moment, HOURS * HOUR) for moment in moments]) for _ in range(ROUNDS))
    built = median(_seconds(_ours) for _ in range(ROUNDS))
    additions = built / (theirs / ADDITIONS)
    faster = theirs / mine
    return [], [
        Demand(
            f"Lägga till {HOURS} timmar, {thousands(ADDITIONS)} gånger, mot businesstimedelta",
            f"{faster:.0f} gånger så snabbt (minst {FASTER})",
            faster >= FASTER,
        ),
        Demand(
            "Räkna ut kalendern för elva år",
            f"på samma tid som {additions:.0f} av dess tillägg (högst {INDEX_IN_ADDITIONS})",
            additions <= INDEX_IN_ADDITIONS,
        ),
    ]


def _days_off() -> dict[date, str]:
    return {day: name for year in range(FIRST_YEAR, LAST_YEAR + 1) for day, name in days_off(year).items()}


def _ours() -> Calendar:
    week = {weekday: [(8 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR)] for weekday in range(5)}
    closed = dict.fromkeys(_days_off(), ())
    return Calendar("Europe/Stockholm", week, closed, first=date(FIRST_YEAR, 1, 1), last=date(LAST_YEAR, 12, 31))


def _theirs() -> Rules:
    zone = pytz.timezone("Europe/Stockholm")
    working_days = [0, 1, 2, 3, 4]
    return Rules(
        [
            WorkDayRule(start_time=time(8), end_time=time(17), working_days=working_days, tz=zone),
            LunchTimeRule(start_time=time(12), end_time=time(13), working_days=working_days, tz=zone),
            HolidayRule(_days_off(), tz=zone),
        ]
    )


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = perf_counter()
    work()
    return perf_counter() - start
