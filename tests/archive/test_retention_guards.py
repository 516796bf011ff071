"""PostgreSQL's own refusals: what is decided stands, whoever asks (R17, R18)."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from archive.models import Hold, RetentionPlan, RetentionRule
from archive.services.holds import release_hold
from tests.archive.factories import archivist_of, decided_plan, proposed_plan, stopped
from tests.clock import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(cast, series):
    return cast.culture_board


def refused(model, change):
    """Return what PostgreSQL says to the change of every row."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(model._meta.db_table))
    return str(refusal.value)


@pytest.mark.parametrize(
    "change", ["UPDATE {} SET paragraph = '§ 1'", "UPDATE {} SET status = 'proposed'", "DELETE FROM {}"]
)
def test_a_decided_plan_stands(change, board):
    decided_plan(board)
    assert "bevaras som den beslutades" in refused(RetentionPlan, change)


@pytest.mark.parametrize("change", ["UPDATE {} SET years = 1", "UPDATE {} SET motivation = ''", "DELETE FROM {}"])
def test_its_rules_never_change(change, board):
    decided_plan(board)
    assert "ändras inte" in refused(RetentionRule, change)


def test_a_plan_begins_as_a_proposal(board):
    plan = decided_plan(board)
    plan.id, plan.version, plan._state.adding = uuid4(), 2, True
    with pytest.raises(DatabaseError, match="börjar som förslag"), transaction.atomic():
        plan.record(by=plan.prepared_by, now=NOW, reason="Vid sidan av förslaget")


def test_two_proposals_for_one_board_are_refused(board):
    plan = proposed_plan(board)
    other = RetentionPlan(board=board, version=2, prepared_by=plan.prepared_by, prepared_at=NOW)
    with pytest.raises(DatabaseError, match="one_proposed_plan_per_board"), transaction.atomic():
        other.record(by=plan.prepared_by, now=NOW, reason="Ett till")


def test_a_released_stop_stays_released(board, kept):
    hold = stopped(board, kept)
    release_hold(hold.pk, reason="Klart", by=archivist_of(board), now=NOW)
    again = "UPDATE {} SET released_at = NULL, released_by_id = NULL, released_why = ''"
    assert "är hävt och ändras inte" in refused(Hold, again)
    assert "kan inte tas bort" in refused(Hold, "DELETE FROM {}")
