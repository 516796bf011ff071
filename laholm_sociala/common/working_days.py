"""Working days in Sweden. Pure: the day is always an argument."""

from datetime import date, timedelta
from functools import cache

from holidays.constants import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden


def is_working_day(day: date) -> bool:
    """Tell whether the day is neither Saturday, Sunday, a public holiday nor one of the three eves people take off."""
    return day.weekday() < 5 and day not in _days_off(day.year)


def add_working_days(day: date, count: int) -> date:
    """Return the working day that is `count` working days after the day; a day off counts as the one before it."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


@cache
def _days_off(year: int) -> frozenset[date]:
    # Said in full: what the package counts as a holiday by default has changed from version to version.
    found = Sweden(years=year, include_sundays=False, language="sv", categories=(PUBLIC, DE_FACTO))
    return frozenset(found)
