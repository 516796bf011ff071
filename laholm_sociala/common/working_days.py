"""Sweden's days off and working days, where no office's own hours matter. Pure: the day is always an argument."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from holidays.constants import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden


@cache
def days_off(year: int) -> Mapping[date, str]:
    """Return the year's public holidays and the three eves people take off, each with its Swedish name (julafton)."""
    # Said in full: what the package counts as a holiday by default has changed from version to version.
    found = Sweden(years=year, include_sundays=False, language="sv", categories=(PUBLIC, DE_FACTO))
    return MappingProxyType(dict(found))


def is_working_day(day: date) -> bool:
    """Tell whether the day is neither Saturday, Sunday, a public holiday nor one of the three eves people take off."""
    return day.weekday() < 5 and day not in days_off(day.year)


def add_working_days(day: date, count: int) -> date:
    """Return the working day that is `count` working days after the day; a day off counts as the one before it."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
