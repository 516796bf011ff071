from datetime import date, timedelta

import pytest

from laholm_sociala.common.working_days import add_working_days, days_off, is_working_day

RED_DAYS_2026 = [
    date(2026, 1, 1),
    date(2026, 1, 6),
    date(2026, 4, 3),  # långfredagen
    date(2026, 4, 6),  # annandag påsk
    date(2026, 5, 1),
    date(2026, 5, 14),  # Kristi himmelsfärds dag
    date(2026, 12, 25),
]
EVES_2026 = [date(2026, 6, 19), date(2026, 12, 24), date(2026, 12, 31)]
HALF_DAYS_2026 = [date(2026, 1, 5), date(2026, 4, 2), date(2026, 4, 30), date(2026, 10, 30)]


@pytest.mark.parametrize("day", [*RED_DAYS_2026, *EVES_2026])
def test_holidays_and_eves_are_off(day):
    assert day.weekday() < 5
    assert not is_working_day(day)


@pytest.mark.parametrize("day", HALF_DAYS_2026)
def test_a_shortened_day_is_a_working_day(day):
    assert is_working_day(day)


def test_weekends_are_off():
    assert [is_working_day(date(2026, 11, 23) + timedelta(days=days)) for days in range(7)] == [True] * 5 + [False] * 2


def test_a_whole_year_has_its_working_days():
    first = date(2026, 1, 1)
    assert sum(is_working_day(first + timedelta(days=day)) for day in range(365)) == 251


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
        (date(2026, 11, 24), 3, date(2026, 11, 27)),
        (date(2026, 11, 25), 3, date(2026, 11, 30)),  # over a weekend
        (date(2026, 11, 28), 3, date(2026, 12, 2)),  # from a Saturday
        (date(2026, 12, 22), 3, date(2026, 12, 29)),  # over Christmas
        (date(2026, 12, 30), 3, date(2027, 1, 7)),  # over New Year and Epiphany
        (date(2026, 6, 17), 3, date(2026, 6, 23)),  # over Midsummer
    ],
)
def test_days_are_added_over_days_off(day, count, expected):
    assert add_working_days(day, count) == expected


def easter(year: int) -> date:
    """The Gregorian Easter Sunday (the anonymous computus of 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def first_from(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


@pytest.mark.parametrize("year", range(2005, 2101))
def test_days_off_follow_the_law_every_year(year):
    """Lag (1989:253) om allmänna helgdagar, and midsummer's, Christmas and New Year's eve."""
    sunday, midsummer = easter(year), first_from(date(year, 6, 20), 5)
    fixed = [(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)]
    assert set(days_off(year)) == {
        *(date(year, month, day) for month, day in fixed),
        *(sunday + timedelta(days=days) for days in (-2, 0, 1, 39, 49)),
        midsummer - timedelta(days=1),
        midsummer,
        first_from(date(year, 10, 31), 5),
    }


def test_days_off_are_named_in_swedish_whatever_the_environment_says(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "en_US")
    days_off.cache_clear()
    assert days_off(2026)[date(2026, 12, 24)] == "Julafton"
    assert days_off(2027)[date(2027, 5, 6)] == "Kristi himmelsfärdsdag"
