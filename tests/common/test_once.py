"""What is asked several times while a page is put together is worked out once, and never longer."""

from laholm_sociala.common.once import each_once, once


def counting():
    asked = []

    @once
    def answer(number, *, doubled=False):
        asked.append(number)
        return number * 2 if doubled else number

    return answer, asked


def test_asks_once_within_the_block():
    answer, asked = counting()
    with each_once():
        assert [answer(1), answer(1), answer(2), answer(1, doubled=True)] == [1, 1, 2, 2]
    assert asked == [1, 2, 1]


def test_a_block_within_a_block_is_the_same():
    answer, asked = counting()
    with each_once():
        with each_once():
            answer(1)
        answer(1)
    assert asked == [1]


def test_asks_anew_outside_and_in_the_next_block():
    answer, asked = counting()
    answer(1)
    answer(1)
    with each_once():
        answer(1)
    with each_once():
        answer(1)
    assert asked == [1, 1, 1, 1]
