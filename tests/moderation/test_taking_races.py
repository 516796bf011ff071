"""Two who take a post at the same moment: one after the other, and what happened has a line for each."""

import pytest

from moderation.enums import ActionKind
from moderation.models import Case
from moderation.services import taking
from tests.moderation.factories import library_account, log_post
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both_take(cast, now, monkeypatch):
    def run():
        case = log_post(library_account(cast))
        meet_at(monkeypatch, taking, "write_down")
        outcomes = race(
            lambda: taking.take(case.pk, by=cast.librarian, now=now),
            lambda: taking.take(case.pk, by=cast.assistant, now=now),
        )
        return case, outcomes

    return run


def test_each_has_a_line_and_the_last_is_on_it(both_take):
    case, outcomes = both_take()
    assert len(winners(outcomes)) == 2
    last = case.actions.filter(kind=ActionKind.TAKEN).first()
    assert case.actions.filter(kind=ActionKind.TAKEN).count() == 2
    assert last.text.startswith("Efter ")
    assert Case.objects.get(pk=case.pk).taken_by == last.by


def test_without_the_lock_one_would_fail(both_take, monkeypatch):
    take_the_lock_away(monkeypatch)
    _case, outcomes = both_take()
    assert len(losers(outcomes)) == 1
