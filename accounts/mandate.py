"""Kommunstyrelsen's mandatperioder, and when the guideline is to be reviewed in them (R38). Pure.

A period is four years, from 1 January after an election year: 2023–2026, 2027–2030 (kommunallagen 4 kap. 7 §).
"""

from datetime import date

YEARS = 4
AN_ELECTION_YEAR = 2026


def last_year_of_period(year: int) -> int:
    """Return the election year that the year's period ends with: 2026 for 2023 to 2026."""
    return year + (AN_ELECTION_YEAR - year) % YEARS


def review_due_by(last: date) -> date:
    """Return the last day of the period after the one in which the guideline was last adopted or reviewed."""
    return date(last_year_of_period(last.year) + YEARS, 12, 31)


def reviewed_too_early(year: int) -> int:
    """Return the year such that what was last reviewed then, or before, is to be reviewed in the given year at last."""
    last = last_year_of_period(year)
    return last - YEARS if year == last else last - 2 * YEARS
