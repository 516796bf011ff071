"""Two at one post: one acts, the other learns who did what. Without the lock both would."""

import pytest

from archive.models import Handover
from moderation.enums import ActionKind, CaseStatus, RecordChoice
from moderation.models import Action, Case
from moderation.services import acting, doors, taking
from moderation.services.deciding import Deed, act_and_settle
from moderation.services.doors import MovedOnError
from moderation.services.settling import Settlement
from tests.clock import NOW
from tests.moderation.factories import library_account, log_post
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db(transaction=True)

SETTLE = Settlement(RecordChoice.REGISTER, "Det kan bli ett ärende.")


@pytest.fixture
def case(cast):
    return log_post(library_account(cast), link="https://www.facebook.com/laholm/posts/1")


@pytest.fixture
def both(case, cast, monkeypatch):
    """The librarian removes it, the assistant leaves it, at the same moment and from the same page."""
    meet_at(monkeypatch, doors, "may_act")
    return (
        lambda: acting.remove(case.pk, version=case.version, by=cast.librarian, now=NOW),
        lambda: acting.leave(case.pk, version=case.version, by=cast.assistant, now=NOW),
    )


def test_one_acts_and_the_other_is_told(both, case):
    outcomes = race(*both)
    (winner,) = winners(outcomes)
    (loser,) = losers(outcomes)
    assert isinstance(loser, MovedOnError)
    who = {ActionKind.REMOVED: "Bibliotekarie Björk tog bort", ActionKind.LEFT: "Assistent Asp lät"}
    assert str(loser).startswith(who[winner.outcome])
    assert Case.objects.get().outcome == winner.outcome
    assert Action.objects.exclude(kind=ActionKind.LOGGED).count() == 1


def test_without_the_lock_both_come_past_the_check(both, monkeypatch):
    take_the_lock_away(monkeypatch)
    assert not any(isinstance(error, MovedOnError) for error in losers(race(*both)))


def test_take_and_act_disturb_nobody(case, cast, monkeypatch):
    meet_at(monkeypatch, doors, "may_act")
    outcomes = race(
        lambda: taking.take(case.pk, by=cast.assistant, now=NOW),
        lambda: acting.remove(case.pk, version=None, by=cast.librarian, now=NOW),
    )
    assert len(winners(outcomes)) == 2
    after = Case.objects.get()
    assert (after.status, after.outcome, after.taken_by) == (CaseStatus.DECIDED, "removed", cast.assistant)
    assert sorted(Action.objects.values_list("case_version", flat=True)) == [1, 2, 3]


def test_take_and_act_lose_one_of_the_two_without_the_lock(case, cast, monkeypatch):
    take_the_lock_away(monkeypatch)
    meet_at(monkeypatch, doors, "may_act")
    outcomes = race(
        lambda: taking.take(case.pk, by=cast.assistant, now=NOW),
        lambda: acting.remove(case.pk, version=None, by=cast.librarian, now=NOW),
    )
    assert len(winners(outcomes)) == 1  # the second has the version of the first


def test_closed_once_and_handed_over_once(case, cast, monkeypatch):
    meet_at(monkeypatch, doors, "may_act")
    deed = Deed(ActionKind.REMOVED)
    outcomes = race(
        lambda: act_and_settle(case.pk, deed, SETTLE, version=case.version, by=cast.librarian, now=NOW),
        lambda: act_and_settle(case.pk, deed, SETTLE, version=case.version, by=cast.assistant, now=NOW),
    )
    assert len(winners(outcomes)) == Handover.objects.count() == 1
    assert isinstance(losers(outcomes)[0], MovedOnError)
