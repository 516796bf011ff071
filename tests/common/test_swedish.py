from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laholm_sociala.common import swedish

# A Monday. Stockholm is one hour ahead of UTC in November, two in summer.
NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 1), "tisdag 1 december"),
        (date(2026, 11, 30), "måndag 30 november"),
        (date(2027, 1, 4), "måndag 4 januari 2027"),
        (date(2025, 12, 31), "onsdag 31 december 2025"),
    ],
)
def test_date_in_words(day, words):
    assert swedish.date_in_words(day, date(2026, 11, 30)) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 30, 7, 41, tzinfo=UTC), "i dag kl. 08.41"),
        (datetime(2026, 11, 30, 16, 0, tzinfo=UTC), "i dag kl. 17.00"),
        (datetime(2026, 11, 29, 15, 5, tzinfo=UTC), "i går kl. 16.05"),
        (datetime(2026, 11, 29, 23, 30, tzinfo=UTC), "i dag kl. 00.30"),
        (datetime(2026, 11, 27, 7, 52, tzinfo=UTC), "fredag kl. 08.52"),
        (datetime(2026, 11, 24, 7, 52, tzinfo=UTC), "tisdag kl. 08.52"),
        (datetime(2026, 11, 23, 7, 52, tzinfo=UTC), "måndag 23 november kl. 08.52"),
        (datetime(2026, 12, 1, 14, 0, tzinfo=UTC), "tisdag 1 december kl. 15.00"),
        (datetime(2026, 7, 1, 14, 0, tzinfo=UTC), "onsdag 1 juli kl. 16.00"),
        (datetime(2025, 12, 1, 14, 0, tzinfo=UTC), "måndag 1 december 2025 kl. 15.00"),
    ],
)
def test_moment_in_words(moment, words):
    assert swedish.moment_in_words(moment, NOW) == words


def test_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        swedish.moment_in_words(NOW.replace(tzinfo=None), NOW)


@given(minutes=st.integers(-60 * 24 * 400, 60 * 24 * 400))
def test_a_weekday_alone_names_one_day_only(minutes):
    """Whatever the distance, a bare weekday is one of the two to six days before today, across clock changes too."""
    moment = NOW + timedelta(minutes=minutes)
    day, clock = swedish.moment_in_words(moment, NOW).split(" kl. ")
    local = moment.astimezone(swedish.STOCKHOLM)
    assert clock == local.strftime("%H.%M")
    if day in swedish.WEEKDAYS:
        assert 2 <= (NOW.date() - local.date()).days <= 6


@pytest.mark.parametrize(
    ("number", "neuter", "words"),
    [
        (0, False, "noll"),
        (1, False, "en"),
        (1, True, "ett"),
        (2, True, "två"),
        (12, False, "tolv"),
        (13, False, "13"),
        (1284, False, "1\N{NO-BREAK SPACE}284"),
    ],
)
def test_number_in_words(number, neuter, words):
    assert swedish.number_in_words(number, neuter=neuter) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "Inga nya uppstarter"), (1, "En ny uppstart"), (2, "Två nya uppstarter"), (41, "41 nya uppstarter")],
)
def test_count_in_words(number, words):
    assert swedish.count_in_words(number, "ny uppstart", "nya uppstarter") == words


def test_a_day_far_off_is_said_with_its_year():
    assert swedish.whole_date(date(2026, 12, 1)) == "1 december 2026"


def test_figures_are_grouped_in_threes():
    assert [swedish.in_figures(number) for number in (7, 1284, 200000)] == [
        "7",
        "1\N{NO-BREAK SPACE}284",
        "200\N{NO-BREAK SPACE}000",
    ]


def test_count_in_words_within_a_sentence():
    assert swedish.count_in_words(1, "inlägg", "inlägg", neuter=True, capital=False) == "ett inlägg"


@pytest.mark.parametrize(
    ("words", "sentence"), [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")]
)
def test_join_in_words(words, sentence):
    assert swedish.join_in_words(words) == sentence
