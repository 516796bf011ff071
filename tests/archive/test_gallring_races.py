"""Two people at the doors of gallring in the same moment: plan, gallringsstopp, intyg, and the list (R17, R18)."""

import threading

import pytest
from django.db import IntegrityError

from archive.enums import DisposalStatus
from archive.models import Assertion, DisposalRun, Document, RetentionPlan
from archive.retention import record_type
from archive.services import disposal_choices, disposal_run, holds, irrelevance, retention_plan
from archive.services.diary import close_matter
from laholm_sociala.common.errors import RefusedError
from tests.archive.disposals import AT_ONCE, made_up, sent
from tests.archive.factories import (
    SeriesFactory,
    archive_head_of,
    archivist_of,
    decided_plan,
    document,
    registrar_of,
    stopped,
)
from tests.clock import NOW, TODAY
from tests.race import PATIENCE, losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def board(cast):
    return SeriesFactory(board=cast.culture_board).board


def two(board, make=archivist_of):
    return make(board), make(board)


# Dokumenthanteringsplan


def propose_at_once(board):
    return race(*(lambda by=by: retention_plan.propose_plan(board, by=by, now=NOW) for by in two(board)))


def test_two_who_propose_make_one_plan(board, monkeypatch):
    meet_at(monkeypatch, retention_plan, "_proposed")
    outcomes = propose_at_once(board)
    assert len(winners(outcomes)) == 1
    assert [type(error) for error in losers(outcomes)] == [RefusedError]
    assert RetentionPlan.objects.count() == 1


def test_without_the_lock_only_the_database_stops_the_other(board, monkeypatch):
    take_the_lock_away(monkeypatch)
    monkeypatch.setattr(retention_plan, "record_types", lambda: [record_type("document")])
    meet_at(monkeypatch, RetentionPlan, "record")
    assert [type(error) for error in losers(propose_at_once(board))] == [IntegrityError]


# Gallringsstopp


def release_at_once(board, hold):
    return race(*(lambda by=by: holds.release_hold(hold.pk, reason="Klart", by=by, now=NOW) for by in two(board)))


@pytest.fixture
def hold(board):
    return stopped(board, document(board, by=registrar_of(board)))


def test_a_stop_is_released_once(board, hold, monkeypatch):
    meet_at(monkeypatch, type(hold), "record")
    outcomes = release_at_once(board, hold)
    assert [str(error) for error in losers(outcomes)] == ["Gallringsstoppet är redan hävt."]


def test_without_the_lock_it_is_released_twice(board, hold, monkeypatch):
    take_the_lock_away(monkeypatch)
    meet_at(monkeypatch, holds, "_lock_active", afterwards=True)
    outcomes = release_at_once(board, hold)
    assert [str(error) for error in losers(outcomes)] != ["Gallringsstoppet är redan hävt."]


# Intyg


@pytest.fixture
def kept(board):
    return document(board, by=registrar_of(board))


def assert_at_once(board, kept: Document):
    one = record_type("document")
    return race(
        *(
            lambda by=by: irrelevance.assert_irrelevant(one, board, [kept.pk], reason="Inaktuellt", by=by, now=NOW)
            for by in two(board)
        )
    )


def test_what_two_assert_is_asserted_once(board, kept, monkeypatch):
    meet_at(monkeypatch, irrelevance, "_write")
    assert sorted(winners(assert_at_once(board, kept))) == [0, 1]
    assert Assertion.objects.count() == 1


def test_without_the_lock_only_the_database_stops_the_other_intyg(board, kept, monkeypatch):
    take_the_lock_away(monkeypatch)
    meet_at(monkeypatch, irrelevance, "_write")
    assert [type(error) for error in losers(assert_at_once(board, kept))] == [IntegrityError]


# The list


@pytest.fixture
def run(board):
    return sent(made_up(board))


def approve_and_edit(run):
    head = archive_head_of(run.board)
    return race(
        lambda: disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=head, now=NOW),
        lambda: disposal_choices.keep(run.pk, record_type="mail", reason="Visas", by=run.prepared_by, now=NOW),
    )


def test_no_decision_stands_on_a_list_that_is_edited_meanwhile(run, monkeypatch):
    meet_at(monkeypatch, disposal_run, "_move")
    approve_and_edit(run)
    now = DisposalRun.objects.get(pk=run.pk)
    assert (now.status, now.approved_by, now.list_sha256) == (DisposalStatus.DRAFT, None, "")


def test_without_the_lock_only_the_database_stops_the_decision(run, monkeypatch):
    read, edited = threading.Event(), threading.Event()
    fingerprint, keep = disposal_run.fingerprint, disposal_choices.keep

    def read_and_wait(read_run):
        found = fingerprint(read_run)
        read.set()
        edited.wait(PATIENCE)
        return found

    def edit_what_is_read(*run_id, **how):
        read.wait(PATIENCE)
        try:
            return keep(*run_id, **how)
        finally:
            edited.set()

    take_the_lock_away(monkeypatch)
    monkeypatch.setattr(disposal_run, "fingerprint", read_and_wait)
    monkeypatch.setattr(disposal_choices, "keep", edit_what_is_read)
    (stopped_by,) = losers(approve_and_edit(run))
    assert isinstance(stopped_by, IntegrityError)
    assert "Gallringslistan är inte den som skickades" in str(stopped_by)


def prepare_at_once(board):
    return race(*(lambda by=by: disposal_run.prepare(board, TODAY, by=by, now=NOW) for by in two(board)))


@pytest.fixture
def due(board, kept):
    """A board where a handling is due."""
    close_matter(kept.matter_id, by=registrar_of(board), now=NOW)
    decided_plan(board, document=AT_ONCE)
    return board


def test_two_who_prepare_make_one_list(due, monkeypatch):
    meet_at(monkeypatch, disposal_run, "list_due")
    outcomes = prepare_at_once(due)
    assert [str(error) for error in losers(outcomes)] == ["Nämnden har redan en gallring som inte är klar."]
    assert DisposalRun.objects.count() == 1


def test_without_the_lock_only_the_database_stops_the_other_list(due, monkeypatch):
    take_the_lock_away(monkeypatch)
    meet_at(monkeypatch, DisposalRun, "record")
    assert [type(error) for error in losers(prepare_at_once(due))] == [IntegrityError]
