"""What holds for working time under any calendar, in any zone: laws, and other ways to count held against ours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

import pytest
import pytz
from businesstimedelta import BusinessTimeDelta, HolidayRule, LunchTimeRule, Rules, WorkDayRule
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from laholm_sociala.common.working_days import days_off
from laholm_sociala.common.worktime import DAY, HOUR, Calendar, HorizonError, limit_on_working_days
from tests.common.plain_walk import PlainWalk

# Zones and weeks with something odd in them.
ODD_WEEKS = [
    ("Europe/Stockholm", date(2026, 3, 29)),  # an hour that is not there, on a Sunday night
    ("Europe/Stockholm", date(2026, 10, 25)),  # an hour that is there twice
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # half an hour twice
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Antarctica/Troll", date(2026, 3, 29)),  # two hours at once
    ("Antarctica/Troll", date(2026, 10, 25)),
    ("Pacific/Apia", date(2011, 12, 30)),  # a Friday that never was
    ("Pacific/Kwajalein", date(1993, 8, 21)),  # a Saturday that never was
    ("America/Santiago", date(2026, 4, 5)),  # midnight comes twice
    ("America/Santiago", date(2026, 9, 6)),  # midnight never comes
    ("America/Havana", date(2026, 11, 1)),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Asia/Kathmandu", date(2026, 5, 1)),
    ("America/St_Johns", date(2006, 10, 29)),  # one minute past midnight
]
minutes_of_day = st.lists(st.integers(0, 24 * 60), min_size=0, max_size=6, unique=True).map(sorted)
hours_of_day = minutes_of_day.map(
    lambda found: [(60 * a, 60 * b) for a, b in zip(found[::2], found[1::2], strict=False)]
)
either = st.one_of(hours_of_day, st.just([(0, DAY)]), st.just([]))


@dataclass(frozen=True)
class Content:
    """A calendar's content for the days around one odd day."""

    arguments: dict[str, Any]

    @property
    def calendar(self) -> Calendar:
        return Calendar(**self.arguments)

    @property
    def walk(self) -> PlainWalk:
        return PlainWalk(**self.arguments)


@st.composite
def contents(draw, days: int = 6) -> Content:
    zone, odd = draw(st.sampled_from(ODD_WEEKS))
    week = {weekday: draw(either) for weekday in range(7)}
    first = odd - timedelta(days=days // 2)
    dates = {first + timedelta(days=draw(st.integers(0, days))): draw(either) for _ in range(draw(st.integers(0, 2)))}
    return Content({"zone": zone, "week": week, "dates": dates, "first": first, "last": first + timedelta(days=days)})


@st.composite
def moments(draw, calendar: Calendar, *, whole_minutes: bool = False) -> datetime:
    begin, end = calendar.span
    length = (end - begin) // timedelta(microseconds=1)
    micro = draw(st.integers(0, length))
    return begin + timedelta(minutes=micro // 60_000_000) if whole_minutes else begin + timedelta(microseconds=micro)


many = settings(deadline=None, max_examples=100)
few = settings(deadline=None, max_examples=25)


class TestLaws:
    @many
    @given(st.data())
    def test_between_is_the_difference_of_what_has_been_worked(self, data):
        calendar = data.draw(contents()).calendar
        start, end = data.draw(moments(calendar)), data.draw(moments(calendar))
        worked = calendar.working_seconds(end) - calendar.working_seconds(start)
        assert calendar.between(start, end) == pytest.approx(worked, abs=1e-6)

    @many
    @given(st.data())
    def test_what_is_added_lies_between(self, data):
        calendar = data.draw(contents()).calendar
        start = data.draw(moments(calendar))
        seconds = data.draw(st.integers(0, left(calendar, start)))
        assert calendar.between(start, calendar.add(start, seconds)) == seconds

    @many
    @given(st.data())
    def test_earliest_instant_and_never_before_the_start(self, data):
        calendar = data.draw(contents()).calendar
        start = data.draw(moments(calendar))
        seconds = data.draw(st.integers(0, left(calendar, start)))
        due = calendar.add(start, seconds)
        if seconds == 0:
            assert due == start
            return
        assert utc(due) > utc(start)
        just_before = utc(due) - timedelta(microseconds=1)
        assert calendar.between(start, just_before) == pytest.approx(seconds - 1e-6, abs=1e-9)

    @many
    @given(st.data())
    def test_more_than_there_is_reaches_beyond_the_horizon(self, data):
        calendar = data.draw(contents()).calendar
        start = data.draw(moments(calendar))
        with pytest.raises(HorizonError):
            calendar.add(start, left(calendar, start) + 1)

    @many
    @given(st.data())
    def test_adding_twice_is_adding_the_sum(self, data):
        calendar = data.draw(contents()).calendar
        start = data.draw(moments(calendar))
        total = data.draw(st.integers(0, left(calendar, start)))
        one = data.draw(st.integers(0, total))
        assert calendar.add(calendar.add(start, one), total - one) == calendar.add(start, total)

    @many
    @given(st.data())
    def test_later_starts_and_more_time_are_never_due_earlier(self, data):
        calendar = data.draw(contents()).calendar
        early, late = sorted([data.draw(moments(calendar)), data.draw(moments(calendar))], key=utc)
        more = data.draw(st.integers(0, left(calendar, late)))
        less = data.draw(st.integers(0, more))
        assert utc(calendar.add(early, less)) <= utc(calendar.add(late, more))

    @many
    @given(st.data())
    def test_subtracting_is_the_latest_instant_with_so_much_left(self, data):
        calendar = data.draw(contents()).calendar
        end = data.draw(moments(calendar))
        seconds = data.draw(st.integers(0, int(calendar.working_seconds(end))))
        begin = calendar.subtract(end, seconds)
        assert calendar.between(begin, end) == seconds
        just_after = utc(begin) + timedelta(microseconds=1)
        if seconds:
            assert calendar.between(just_after, end) == pytest.approx(seconds - 1e-6, abs=1e-9)

    @many
    @given(st.data())
    def test_explained_days_add_up(self, data):
        calendar = data.draw(contents()).calendar
        start, end = sorted([data.draw(moments(calendar)), data.draw(moments(calendar))], key=utc)
        assert sum(day.seconds for day in calendar.explain(start, end)) == pytest.approx(calendar.between(start, end))

    @many
    @given(st.data())
    def test_last_open_is_open_or_closing_and_nothing_is_worked_since(self, data):
        calendar = data.draw(contents()).calendar
        moment = data.draw(moments(calendar))
        if calendar.working_seconds(moment) == 0 and not calendar.is_open(moment):
            with pytest.raises(HorizonError):
                calendar.last_open_at_or_before(moment)
            return
        found = calendar.last_open_at_or_before(moment)
        assert utc(found) <= utc(moment)
        assert calendar.between(found, moment) == 0
        assert calendar.is_open(found) or calendar.is_open(utc(found) - timedelta(microseconds=1))

    @many
    @given(st.data())
    def test_guidelines_limit_is_never_at_or_before_the_start_nor_after_the_hours(self, data):
        calendar = data.draw(contents(days=20)).calendar
        start = data.draw(moments(calendar))
        hours = data.draw(st.integers(0, left(calendar.whole_days, start) // HOUR))
        assume(hours > 0)
        due = limit_on_working_days(start, hours, calendar)
        assert utc(start) < utc(due)
        assert calendar.whole_days.between(start, due) <= hours * HOUR


class TestAgainstThePlainWalk:
    @few
    @given(st.data())
    def test_between(self, data):
        content = data.draw(contents())
        start, end = (data.draw(moments(content.calendar, whole_minutes=True)) for _ in range(2))
        if utc(start) > utc(end):
            start, end = end, start
        assert content.calendar.between(start, end) == content.walk.between(start, end)

    @few
    @given(st.data())
    def test_add(self, data):
        content = data.draw(contents())
        start, minutes = (
            data.draw(moments(content.calendar, whole_minutes=True)),
            data.draw(st.integers(0, 3 * 24 * 60)),
        )
        expected = content.walk.add(start, minutes)
        if expected is None:
            with pytest.raises(HorizonError):
                content.calendar.add(start, minutes * 60)
        else:
            # In UTC: Python calls moments of two zones unequal where an hour comes twice.
            assert utc(content.calendar.add(start, minutes * 60)) == utc(expected)


@cache
def other() -> tuple[Rules, Calendar]:
    """The municipality's ordinary week and days off, in businesstimedelta and in ours.

    Its days are whole or closed: a time off that reaches closing time (a shortened day) is ignored by it. Every rule
    is given its zone, and nothing is subtracted, which can hang. No clock changes while the office is open: it would
    be an hour wrong.
    """
    zone = pytz.timezone("Europe/Stockholm")
    off = {day: name for year in range(2024, 2031) for day, name in days_off(year).items()}
    rules = Rules(
        [
            WorkDayRule(start_time=time(8), end_time=time(17), working_days=[0, 1, 2, 3, 4], tz=zone),
            LunchTimeRule(start_time=time(12), end_time=time(13), working_days=[0, 1, 2, 3, 4], tz=zone),
            HolidayRule(off, tz=zone),
        ]
    )
    week = {weekday: [(8 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR)] for weekday in range(5)}
    closed = dict.fromkeys(off, ())
    ours = Calendar("Europe/Stockholm", week, closed, first=date(2024, 1, 1), last=date(2030, 12, 31))
    return rules, ours


@many
@given(st.integers(0, 4 * 365 * DAY), st.integers(1, 100 * HOUR))
def test_agrees_with_businesstimedelta(moment, seconds):
    rules, ours = other()
    start = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=moment)
    assert ours.add(start, seconds) == start + BusinessTimeDelta(rules, seconds=seconds)


def left(calendar: Calendar, start: datetime) -> int:
    """Return how many whole seconds of working time there are until the calendar ends."""
    return int(calendar.between(start, calendar.span.end))


def utc(moment: datetime) -> datetime:
    """In UTC: within one zone Python compares wall clocks, which a clock change turns back."""
    return moment.astimezone(UTC)
