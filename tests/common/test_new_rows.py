"""New rows in one trip are the rows that Django would have written, one by one."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Board, Unit, User
from laholm_sociala.common.history import REASON_LENGTH, UntrackedChangeError
from laholm_sociala.common.new_rows import Beginning, write_new, write_unless_there
from tests.clock import NOW
from tests.factories import BoardFactory

pytestmark = pytest.mark.django_db
REASON = "Nämnden är inrättad"


def board(**attributes) -> Board:
    return BoardFactory.build(**attributes)


def beginning(record: Board, reason: str = REASON) -> Beginning:
    return Beginning(record, by=User.objects.system(), now=NOW, reason=reason)


def history_of(record: Board) -> dict[str, object]:
    kept = record.history.values().get()
    return {
        name: value
        for name, value in kept.items()
        if name not in {"history_id", "id", "name", "public_name", "sort_key"}
    }


def test_they_and_their_history_are_as_record_would_have_written_them(django_assert_num_queries):
    one, other = (board(order=7, public_name="Nämnden") for _ in range(2))
    rows = one, beginning(one)
    with django_assert_num_queries(1):
        write_new(*rows)
    other.record(by=User.objects.system(), now=NOW, reason=REASON)
    assert Board.objects.get(pk=one.pk).name == one.name
    assert history_of(one) == history_of(other)
    assert (one.history.get().history_type, one.history.get().name) == ("+", one.name)


def test_one_may_belong_to_the_one_before_it():
    above = board()
    below = Unit(board=above, name="Biblioteket")
    write_new(above, beginning(above), below, Beginning(below, by=User.objects.system(), now=NOW, reason=REASON))
    assert above.units.get() == below


def test_they_can_be_changed_afterwards():
    one = board()
    write_new(one, beginning(one))
    one.name = "Kulturnämnden"
    one.record(by=User.objects.system(), now=NOW, reason="Fick sitt namn")
    assert [row.history_type for row in one.history.order_by("history_id")] == ["+", "~"]


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_beginning_needs_a_reason(reason):
    with pytest.raises(UntrackedChangeError):
        beginning(board(), reason)


def test_a_long_reason_is_cut_as_ever():
    one = board()
    write_new(one, beginning(one, "x" * (REASON_LENGTH + 1)))
    assert len(one.history.get().history_change_reason) == REASON_LENGTH


def test_all_of_them_or_none():
    one = board()
    other = board(name=one.name)
    with pytest.raises(IntegrityError), transaction.atomic():
        write_new(one, other)
    assert not Board.objects.filter(name=one.name).exists()


class TestUnlessThere:
    def test_is_written_where_there_is_none_like_it(self):
        one = board()
        assert write_unless_there(one)
        assert Board.objects.get() == one

    def test_is_not_where_a_unique_rule_says_so(self):
        one = board()
        other = board(name=one.name)
        assert [write_unless_there(one), write_unless_there(other)] == [True, False]
        assert (Board.objects.get().pk, other._state.adding) == (one.pk, True)
