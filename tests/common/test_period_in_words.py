from datetime import date

import pytest

from laholm_sociala.common.swedish import period_in_words

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 12, 9), date(2026, 12, 9), "onsdag 9 december"),
        (date(2026, 12, 9), date(2026, 12, 11), "9–11 december"),
        (date(2026, 11, 30), date(2026, 12, 1), "30 november–1 december"),
        (date(2026, 12, 30), date(2027, 1, 4), "30 december–4 januari 2027"),
        (date(2027, 1, 7), date(2027, 1, 8), "7–8 januari 2027"),
        (date(2027, 1, 7), date(2027, 1, 7), "torsdag 7 januari 2027"),
    ],
)
def test_a_period_is_said_as_short_as_it_can_be(first, last, words):
    assert period_in_words(first, last, TODAY) == words
