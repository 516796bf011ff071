"""What is stopped or kept stays, also after the decision; beside it the control (R17, R18)."""

import pytest

from archive.enums import DisposalStatus, ItemStatus
from archive.models import DisposalItem
from archive.services import disposal_protocol, disposal_run, disposing
from moderation.models import Evidence
from tests.archive.disposals import begun, carry_out, is_there, old_case, prepared
from tests.archive.factories import archive_head_of, stopped
from tests.clock import NOW
from tests.race import losers, meet_at, race

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_stop_after_the_decision_holds(board, case):
    run = begun(board)
    stopped(board, case)
    carry_out(run)
    assert is_there(case)
    assert disposal_protocol.conclude(run.pk, now=NOW).status == DisposalStatus.PARTIAL


def test_without_asking_again_it_would_go(board, case, monkeypatch):
    run = begun(board)
    stopped(board, case)
    monkeypatch.setattr(disposing, "refusals", lambda run, kind, keys, *, now: {})
    carry_out(run)
    assert not is_there(case)


def test_a_stop_and_the_carrying_out_at_once(board, case, monkeypatch):
    """Whoever is first wins: it is either held or gone, and never gone under a stop that was placed before."""
    run = begun(board)
    meet_at(monkeypatch, disposing, "refusals")
    outcomes = race(lambda: carry_out(run), lambda: stopped(board, case))
    assert not losers(outcomes)
    item = DisposalItem.objects.get(run=run, object_id=case.pk)
    assert (item.status == ItemStatus.WITHHELD) == is_there(case)


def test_a_copy_that_is_kept_keeps_its_post(board, case):
    run = prepared(board)
    copy = Evidence.objects.get(case=case)
    kept = DisposalItem.objects.get(run=run, object_id=copy.pk)
    DisposalItem.objects.filter(pk=kept.pk).update(choice="keep", choice_reason="Visas i utställningen")
    run = disposal_run.submit(run.pk, by=run.prepared_by, now=NOW)
    disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=archive_head_of(board), now=NOW)
    carry_out(disposal_run.begin(run.pk, now=NOW))
    item = DisposalItem.objects.get(run=run, object_id=case.pk)
    assert (item.status, item.outcome) == (ItemStatus.WITHHELD, "Något som hör till det behålls.")
    assert Evidence.objects.filter(pk=copy.pk).exists()


def test_a_reference_that_nobody_knows_of_keeps_one_and_not_the_rest(board, case, owner):
    """What the database refuses of one object stops none of those that share its transaction."""
    other = old_case(case.account, text="Något annat")
    owner.execute("CREATE TABLE points_at_it (case_id uuid REFERENCES moderation_case DEFERRABLE INITIALLY DEFERRED)")
    owner.execute("INSERT INTO points_at_it VALUES (%s)", [case.pk])
    run = begun(board)
    carry_out(run)
    assert is_there(case)
    assert not is_there(other)
    item = DisposalItem.objects.get(run=run, object_id=case.pk)
    assert (item.status, item.outcome) == (ItemStatus.WITHHELD, disposing.REFERRED_TO)
