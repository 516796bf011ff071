"""Working time, by example: closing times, split and shortened days, holidays, clock changes, and the horizon."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from laholm_sociala.common.working_days import days_off
from laholm_sociala.common.worktime import DAY, HOUR, Calendar, HorizonError, limit_on_working_days
from tests.clock import STOCKHOLM

SPLIT = [(8 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR)]
ALL_DAY = [(0, DAY)]
OFFICE_WEEK = dict.fromkeys(range(5), SPLIT)
ALWAYS = dict.fromkeys(range(7), ALL_DAY)


def office(dates: dict | None = None, *, week: dict | None = None) -> Calendar:
    """The office, 2025 to 2028, with the days off of Sweden and those given."""
    off = {day: () for year in range(2025, 2029) for day in days_off(year)}
    return Calendar(
        "Europe/Stockholm",
        OFFICE_WEEK if week is None else week,
        {**off, **(dates or {})},
        first=date(2025, 1, 1),
        last=date(2028, 12, 31),
    )


def at(
    month: int, day: int, hour: int = 0, minute: int = 0, *, year: int = 2026, zone: str = "Europe/Stockholm"
) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone))


class TestAdd:
    @pytest.mark.parametrize(
        ("start", "hours", "due"),
        [
            (at(11, 24, 10), 1, at(11, 24, 11)),
            (at(11, 24, 10), 2, at(11, 24, 12)),  # closing for lunch, not opening after it
            (at(11, 24, 10), 3, at(11, 24, 14)),
            (at(11, 24, 12, 30), 4, at(11, 24, 17)),  # closing time, not eight the next day
            (at(11, 24, 17), 8, at(11, 25, 17)),
            (at(11, 27, 16), 2, at(11, 30, 9)),  # over a weekend
            (at(12, 23, 16), 2, at(12, 28, 9)),  # over Christmas
            (at(11, 27, 15), 48, at(12, 7, 15)),
        ],
    )
    def test_due(self, start, hours, due):
        assert office().add(start, hours * HOUR) == due

    def test_nothing_is_due_at_once_also_while_closed(self):
        assert office().add(at(11, 28, 13), 0) == at(11, 28, 13)

    @pytest.mark.parametrize("amount", [-1, float("nan"), float("inf"), Decimal("-0.5")])
    def test_no_such_amount(self, amount):
        with pytest.raises(ValueError, match="from zero"):
            office().add(at(11, 24, 10), amount)

    def test_parts_of_seconds(self):
        assert office().add(at(11, 24, 10), Decimal("0.25")) == at(11, 24, 10) + timedelta(milliseconds=250)

    def test_shortened_day_and_closed_day(self):
        calendar = office({date(2026, 11, 25): [(8 * HOUR, 10 * HOUR)], date(2026, 11, 26): []})
        assert calendar.add(at(11, 24, 16), 4 * HOUR) == at(11, 27, 9)

    def test_answer_is_in_the_calendars_zone(self):
        assert str(office().add(datetime(2026, 11, 24, 9, tzinfo=UTC), HOUR)) == "2026-11-24 11:00:00+01:00"

    def test_moment_without_a_zone_is_refused(self):
        with pytest.raises(ValueError, match="time zone"):
            office().add(datetime(2026, 11, 24, 10), HOUR)  # noqa: DTZ001  that is the point


class TestSubtract:
    @pytest.mark.parametrize(
        ("end", "hours", "begin"),
        [
            (at(12, 1, 15), 8, at(11, 30, 15)),
            (at(12, 1, 17), 8, at(12, 1, 8)),  # when the office opens, not when it closed the day before
            (at(11, 28, 13), 1, at(11, 27, 16)),
            (at(11, 28, 13), 0, at(11, 28, 13)),
        ],
    )
    def test_begins(self, end, hours, begin):
        assert office().subtract(end, hours * HOUR) == begin


class TestClockChanges:
    def test_sunday_without_two_o_clock(self):
        calendar = office(week=ALWAYS)
        assert calendar.between(at(3, 29), at(3, 30)) == 23 * HOUR
        assert calendar.add(at(3, 29, 1), 2 * HOUR) == at(3, 29, 4)

    def test_sunday_with_two_o_clock_twice(self):
        calendar = office(week=ALWAYS)
        assert calendar.between(at(10, 25), at(10, 26)) == 25 * HOUR
        assert calendar.add(at(10, 25, 1), 2 * HOUR).isoformat() == "2026-10-25T02:00:00+01:00"

    def test_hours_that_end_within_the_hour_that_comes_twice(self):
        calendar = office(week={6: [(0, 2 * HOUR + HOUR // 2)]})
        opened = [f"{start:%H:%M%z}–{end:%H:%M%z}" for start, end in calendar.opened_on(date(2026, 10, 25))]
        assert opened == ["00:00+0200–02:30+0200", "02:00+0100–02:30+0100"]

    def test_hours_within_the_hour_that_is_not_there(self):
        assert office(week={6: [(2 * HOUR, 3 * HOUR)]}).between(at(3, 29), at(3, 30)) == 0

    @pytest.mark.parametrize(("month", "day", "hours"), [(4, 5, 24.5), (10, 4, 23.5)])
    def test_lord_howe_moves_half_an_hour(self, month, day, hours):
        assert hours_of(always("Australia/Lord_Howe"), date(2026, month, day)) == hours

    @pytest.mark.parametrize(("month", "day", "hours"), [(3, 29, 22), (10, 25, 26)])
    def test_troll_moves_two_hours(self, month, day, hours):
        assert hours_of(always("Antarctica/Troll"), date(2026, month, day)) == hours

    def test_apia_skipped_a_friday(self):
        calendar = Calendar("Pacific/Apia", OFFICE_WEEK, {}, first=date(2011, 12, 1), last=date(2012, 1, 31))
        start = at(12, 29, 16, year=2011, zone="Pacific/Apia")
        assert calendar.add(start, 2 * HOUR) == at(1, 2, 9, year=2012, zone="Pacific/Apia")
        assert calendar.opened_on(date(2011, 12, 30)) == ()


def always(zone: str) -> Calendar:
    return Calendar(zone, ALWAYS, {}, first=date(2026, 1, 1), last=date(2026, 12, 31))


def hours_of(calendar: Calendar, day: date) -> float:
    (opened,) = calendar.opened_on(day)
    return (opened.end.astimezone(UTC) - opened.start.astimezone(UTC)) / timedelta(hours=1)


class TestLastOpen:
    @pytest.mark.parametrize(
        ("moment", "found"),
        [
            (at(11, 24, 10), at(11, 24, 10)),
            (at(11, 24, 8), at(11, 24, 8)),
            (at(11, 24, 12), at(11, 24, 12)),
            (at(11, 24, 12, 30), at(11, 24, 12)),
            (at(11, 24, 17), at(11, 24, 17)),
            (at(11, 24, 7, 59), at(11, 23, 17)),
            (at(11, 29, 12), at(11, 27, 17)),
        ],
    )
    def test_found(self, moment, found):
        assert office().last_open_at_or_before(moment) == found


class TestWorkingDays:
    def test_shortened_is_a_working_day_and_closed_is_not(self):
        calendar = office({date(2026, 11, 25): [(8 * HOUR, 10 * HOUR)], date(2026, 11, 26): []})
        days = [date(2026, 11, day) for day in range(24, 30)]
        assert [calendar.is_working_day(day) for day in days] == [True, True, False, True, False, False]
        assert calendar.add_working_days(date(2026, 11, 24), 3) == date(2026, 11, 30)

    def test_closing_time(self):
        calendar = office({date(2026, 11, 25): [(8 * HOUR, 10 * HOUR)]})
        assert calendar.closing_time(date(2026, 11, 25)) == at(11, 25, 10)
        with pytest.raises(ValueError, match="closed"):
            calendar.closing_time(date(2026, 11, 28))


class TestGuidelinesClock:
    @pytest.mark.parametrize(
        ("start", "due"),
        [
            (at(11, 27, 15), at(12, 1, 15)),  # found on a Friday
            (at(12, 22, 10), at(12, 28, 10)),  # before Christmas
            (at(11, 28, 13), at(12, 1, 17)),  # reported by a citizen on a Saturday
            (at(11, 24, 12, 30), at(11, 26, 12)),  # closed for lunch
            (at(11, 24, 20), at(11, 26, 17)),
            (at(11, 24, 6), at(11, 25, 17)),
            (at(4, 30, 10), at(5, 5, 10)),  # over 1 May and a weekend
        ],
    )
    def test_48_hours(self, start, due):
        assert limit_on_working_days(start, 48, office()) == due

    def test_never_before_the_start_when_the_office_is_closed_throughout(self):
        assert limit_on_working_days(at(11, 24, 18), 1, office()) == at(11, 24, 19)
        assert limit_on_working_days(at(11, 24, 17), 1, office()) == at(11, 24, 18)

    @pytest.mark.parametrize(("start", "due"), [(at(3, 28, 15), at(3, 30, 16)), (at(10, 24, 15), at(10, 26, 14))])
    def test_hours_are_real_ones_on_a_working_sunday_when_the_clock_is_changed(self, start, due):
        every_day = dict.fromkeys(range(7), SPLIT)
        assert limit_on_working_days(start, 48, office(week=every_day)) == due

    def test_parts_of_hours(self):
        assert limit_on_working_days(at(11, 24, 10), Decimal("1.5"), office()) == at(11, 24, 11, 30)
        assert limit_on_working_days(at(11, 24, 10), 1.1, office()) == at(11, 24, 11, 6)


class TestExplain:
    def test_day_by_day(self):
        days = office().explain(at(11, 27, 15), at(11, 30, 9))
        assert [(day.date.day, day.seconds) for day in days] == [(27, 2 * HOUR), (28, 0), (29, 0), (30, HOUR)]
        assert days[0].stretches == ((at(11, 27, 15), at(11, 27, 17)),)

    def test_split_day_in_its_parts(self):
        (day,) = office().explain(at(11, 24, 10), at(11, 24, 14))
        assert day.stretches == ((at(11, 24, 10), at(11, 24, 12)), (at(11, 24, 13), at(11, 24, 14)))


class TestHorizon:
    @pytest.mark.parametrize(
        "ask",
        [
            lambda calendar: calendar.add(at(12, 31, 16, year=2024), HOUR),
            lambda calendar: calendar.add(at(12, 29, 16, year=2028), 2 * HOUR),
            lambda calendar: calendar.between(at(1, 1), at(1, 2, year=2029)),
            lambda calendar: calendar.subtract(at(1, 2, 9, year=2025), 2 * HOUR),
            lambda calendar: calendar.is_open(at(1, 2, year=2030)),
            lambda calendar: calendar.last_open_at_or_before(at(1, 1, 12, year=2025)),
            lambda calendar: calendar.is_working_day(date(2029, 1, 1)),
            lambda calendar: calendar.closing_time(date(2024, 12, 31)),
            lambda calendar: calendar.explain(at(12, 1, year=2028), at(2, 1, year=2029)),
            lambda calendar: limit_on_working_days(at(12, 29, 10, year=2028), 48, calendar),
        ],
    )
    def test_beyond_it_is_an_error(self, ask):
        with pytest.raises(HorizonError):
            ask(office())

    def test_its_last_closing_time_is_within(self):
        assert office().add(at(12, 29, 16, year=2028), HOUR) == at(12, 29, 17, year=2028)


@pytest.mark.parametrize("hours", [[(9, 8)], [(8, 8)], [(8, 12), (11, 17)], [(13, 17), (8, 12)], [(-1, 5)], [(20, 25)]])
def test_hours_that_make_no_sense_are_refused(hours):
    with pytest.raises(ValueError, match="Hours come in order"):
        office(week={0: [(opens * HOUR, closes * HOUR) for opens, closes in hours]})


def test_days_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="from a day to a later one"):
        Calendar("Europe/Stockholm", {}, {}, first=date(2026, 1, 2), last=date(2026, 1, 1))


def test_office_that_never_opens():
    never = office(week={})
    assert never.between(at(1, 1), at(12, 31)) == 0
    with pytest.raises(HorizonError):
        never.add(at(1, 1), 1)


def test_whole_seconds_are_whole_numbers():
    assert isinstance(office().between(at(11, 24), at(11, 25)), int)
    assert at(11, 24).tzinfo == STOCKHOLM
