"""Moments counted back in working days."""

from datetime import date, datetime

import pytest

from laholm_sociala.common.swedish import STOCKHOLM
from laholm_sociala.demo.past import moment, working_days_before

MONDAY_EARLY = datetime(2026, 11, 23, 7, 0, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, date(2026, 11, 23)), (1, date(2026, 11, 20)), (5, date(2026, 11, 16)), (6, date(2026, 11, 13))],
)
def test_weekends_do_not_count(count, expected):
    assert working_days_before(date(2026, 11, 23), count) == expected


def test_clock_time_of_the_day(now):
    assert moment(MONDAY_EARLY, 1, "15.10") == datetime(2026, 11, 20, 15, 10, tzinfo=STOCKHOLM)


def test_never_later_than_now():
    assert moment(MONDAY_EARLY, 0, "15.10") == MONDAY_EARLY
