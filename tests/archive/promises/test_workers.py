"""Two at the same door of a gallring: one carries it out, pauses it, goes on with it; beside it the control (R18)."""

import pytest

from archive.enums import DisposalStatus, ItemStatus
from archive.models import DisposalItem, DisposalRun
from archive.services import disposal_protocol, disposal_run, disposing
from laholm_sociala.common.errors import RefusedError
from tests.archive.disposals import begun, carry_out, is_there
from tests.clock import NOW
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_on_one_gallring(board, case, monkeypatch):
    run = begun(board)
    meet_at(monkeypatch, disposing, "lock_what_holds", afterwards=False)
    outcomes = race(lambda: carry_out(run), lambda: carry_out(run))
    assert winners(outcomes) == [True, True]
    item = DisposalItem.objects.get(run=run, object_id=case.pk)
    assert (item.status, item.outcome) == (ItemStatus.DESTROYED, "")
    assert item.tombstone
    assert not is_there(case)
    assert disposal_protocol.conclude(run.pk, now=NOW).status == DisposalStatus.DONE


def test_without_the_lock_two_workers_would_settle_it_twice(board, case, owner, monkeypatch):
    """The control: where the database lets a settled line be written over too, the second says that it was gone."""
    run = begun(board)
    owner.execute("ALTER TABLE archive_disposalitem DISABLE TRIGGER USER")
    take_the_lock_away(monkeypatch)
    meet_at(monkeypatch, disposing, "_outcomes")
    race(lambda: carry_out(run), lambda: carry_out(run))
    assert DisposalItem.objects.get(run=run, object_id=case.pk).outcome == disposing.WITH_ITS_RECORD


def test_a_pause_waits_for_the_object_at_hand(board, case, monkeypatch):
    """Nothing goes after the pause is answered: what goes at that moment has gone, or it stays."""
    run = begun(board)
    seen = []

    def pause():
        disposal_run.pause(run.pk, by=run.prepared_by, now=NOW)
        seen.append(is_there(case))

    meet_at(monkeypatch, disposing, "lock_objects")
    outcomes = race(lambda: carry_out(run), pause)
    assert not losers(outcomes)
    assert is_there(case) == seen[0]
    assert DisposalRun.objects.get().status == DisposalStatus.PAUSED
    disposal_run.resume(run.pk, by=run.prepared_by, now=NOW)
    assert carry_out(run)
    assert not is_there(case)


def test_one_pauses_and_the_other_is_told(board, case, monkeypatch):
    run = begun(board)
    meet_at(monkeypatch, disposal_run, "lock_run", afterwards=True)
    outcomes = race(*[lambda: disposal_run.pause(run.pk, by=run.prepared_by, now=NOW)] * 2)
    assert len(winners(outcomes)) == 1
    assert isinstance(losers(outcomes)[0], RefusedError)
    assert DisposalRun.history.filter(history_change_reason="Gallringen pausades").count() == 1


def test_without_the_lock_both_would_pause(board, case, monkeypatch):
    run = begun(board)
    take_the_lock_away(monkeypatch)
    meet_at(monkeypatch, disposal_run, "lock_run", afterwards=True)
    outcomes = race(*[lambda: disposal_run.pause(run.pk, by=run.prepared_by, now=NOW)] * 2)
    assert len(winners(outcomes)) == 2


def test_one_resumes_and_the_other_is_told(board, case, monkeypatch):
    run = begun(board)
    disposal_run.pause(run.pk, by=run.prepared_by, now=NOW)
    meet_at(monkeypatch, disposal_run, "lock_run", afterwards=True)
    outcomes = race(*[lambda: disposal_run.resume(run.pk, by=run.prepared_by, now=NOW)] * 2)
    assert len(winners(outcomes)) == 1


def test_without_the_lock_both_would_resume(board, case, monkeypatch):
    run = begun(board)
    disposal_run.pause(run.pk, by=run.prepared_by, now=NOW)
    take_the_lock_away(monkeypatch)
    meet_at(monkeypatch, disposal_run, "lock_run", afterwards=True)
    outcomes = race(*[lambda: disposal_run.resume(run.pk, by=run.prepared_by, now=NOW)] * 2)
    assert len(winners(outcomes)) == 2
