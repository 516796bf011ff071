"""What somebody who writes SQL as the portal's own role cannot make PostgreSQL believe of a gallring (R18)."""

from uuid import uuid4

import psycopg
import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from archive.models import DisposalItem, RetentionPlan
from archive.services import disposal_choices, disposal_run
from tests.archive.disposals import begun, made_up, old_case, plan_for, prepared, sent, submitted
from tests.archive.factories import archive_head_of, archivist_of
from tests.clock import NOW
from tests.database import session
from tests.factories import RoleAssignmentFactory
from tests.moderation.factories import library_account

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = psycopg.errors.RestrictViolation
INSERT_RUN = """
INSERT INTO archive_disposalrun (id, board_id, plan_id, as_of, status, prepared_by_id, prepared_at, list_sha256,
  submitted_by_id, submitted_at, approved_by_id, approved_at, approval_expires_on)
VALUES (gen_random_uuid(), %s, %s, now(), 'executing', %s, now(), 'x', %s, now(), %s, now(), now())
"""
INSERT_STONE = """
INSERT INTO archive_tombstone (id, item_id, record_type, kind, object_id, plan_version, rule, decision, due_on,
  disposed_at, counts)
VALUES (gen_random_uuid(), %s, 'case_personal_attack', 'moderation.case', %s, 1, '-', '-', now(), now(), '{}')
"""
INSERT_LINE = """
INSERT INTO archive_ledgerentry (id, kind, content, noted_at, line_sha256)
VALUES (gen_random_uuid(), 'tombstone', jsonb_build_object('tombstone', gen_random_uuid(), 'object', %s::text,
  'record_type', 'case_personal_attack'), now(), '')
"""


@pytest.fixture
def portal():
    with session("default") as connection:
        yield connection


@pytest.fixture
def board(cast):
    return cast.culture_board


@pytest.fixture
def case(cast, board, settings, tmp_path):
    settings.DISPOSAL_LEDGER = tmp_path / "ledger.jsonl"
    found = old_case(library_account(cast))
    plan_for(board)
    return found


def test_no_gallring_begins_but_as_a_draft(board, case, portal, owner):
    people = [archivist_of(board).pk] * 2 + [archive_head_of(board).pk]
    values = [board.pk, RetentionPlan.objects.get(board=board, status="decided").pk, *people]
    with pytest.raises(REFUSED, match="börjar som ett utkast"):
        portal.execute(INSERT_RUN, values)
    owner.execute("ALTER TABLE archive_disposalrun DISABLE TRIGGER USER")
    portal.execute(INSERT_RUN, values)


SEND = "UPDATE archive_disposalrun SET status = 'submitted', list_sha256 = %s, submitted_by_id = prepared_by_id"


def test_a_list_is_sent_and_decided_on_as_it_is(board, case, portal, owner):
    run = made_up(board)
    with pytest.raises(REFUSED, match="inte den som skickades"):
        portal.execute(SEND, ["f" * 64])
    run = sent(run)
    owner.execute("ALTER TABLE archive_disposalitem DISABLE TRIGGER USER")
    owner.execute("UPDATE archive_disposalitem SET object_id = %s WHERE id = %s", [case.pk, run.items.first().pk])
    decide = "UPDATE archive_disposalrun SET status = 'approved', approved_by_id = %s, approved_at = now(),"
    values = [archive_head_of(board).pk]
    with pytest.raises(REFUSED, match="inte den som skickades"):
        portal.execute(f"{decide} approval_expires_on = now()", values)
    owner.execute("ALTER TABLE archive_disposalrun DISABLE TRIGGER USER")
    portal.execute(f"{decide} approval_expires_on = now()", values)


@pytest.mark.parametrize("started", ["started_at", "approval_expires_on + interval '1 day'"])
def test_an_old_decision_is_not_carried_out(board, case, portal, started):
    run = sent(made_up(board))
    disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=archive_head_of(board), now=NOW)
    with pytest.raises(REFUSED, match="för gammalt"):
        portal.execute(f"UPDATE archive_disposalrun SET status = 'executing', started_at = {started}")


def test_a_gallringsuppgift_is_of_what_stands_on_the_list(board, case, portal, owner):
    """With one of something else the history of that could be swept up."""
    run = begun(board)
    other = old_case(case.account, text="Något annat")
    item = DisposalItem.objects.get(run=run, object_id=case.pk)
    with pytest.raises(REFUSED, match="i listan"):
        portal.execute(INSERT_STONE, [item.pk, other.pk])
    owner.execute("ALTER TABLE archive_tombstone DISABLE TRIGGER USER")
    portal.execute(INSERT_STONE, [item.pk, other.pk])
    with pytest.raises(REFUSED, match="bevaras"):
        portal.execute("SELECT sweep_up(%s, 'moderation_historicalcase')", [run.pk])


LIST_FILE = """
INSERT INTO archive_disposalfile (id, item_id, storage, name, removed_at) VALUES (gen_random_uuid(), %s, 'x', 'a', %s)
"""
FORGED = [
    "DELETE FROM archive_disposalfile",
    "UPDATE archive_disposalfile SET name = 'b'",
    "UPDATE archive_disposalfile SET removed_at = now(), name = 'b'",
    "UPDATE archive_disposalfile SET removed_at = NULL",
]


def test_a_file_stands_on_the_list_of_files_until_it_is_gone(board, case, portal, owner):
    item = begun(board).items.first().pk
    with pytest.raises(REFUSED, match="med det som gallras"):
        portal.execute(LIST_FILE, [item, NOW])
    portal.execute(LIST_FILE, [item, None])
    for statement in FORGED:
        for who in (portal, owner):
            with pytest.raises(REFUSED):
                who.execute(statement)
    portal.execute("UPDATE archive_disposalfile SET removed_at = now()")
    for statement in (*FORGED, "UPDATE archive_disposalfile SET removed_at = now()"):
        with pytest.raises(REFUSED):
            portal.execute(statement)
    owner.execute("ALTER TABLE archive_disposalfile DISABLE TRIGGER USER")
    portal.execute("DELETE FROM archive_disposalfile")


def test_no_file_is_removed_but_with_what_goes(board, case, portal, owner):
    """Else a picture that is kept could be put on the list."""
    item = submitted(board).items.first().pk
    with pytest.raises(REFUSED, match="med det som gallras"):
        portal.execute(LIST_FILE, [item, None])
    owner.execute("ALTER TABLE archive_disposalfile DISABLE TRIGGER USER")
    portal.execute(LIST_FILE, [item, None])


def test_the_ledger_is_told_of_nothing_that_was_not_done(case, portal, owner):
    """After a restore what the ledger tells of would go."""
    with pytest.raises(REFUSED, match="bara det som är gallrat"):
        portal.execute(INSERT_LINE, [case.pk])
    with pytest.raises(REFUSED, match="bara det som är gallrat"):
        portal.execute(INSERT_LINE, [uuid4()])
    owner.execute("ALTER TABLE archive_ledgerentry DISABLE TRIGGER USER")
    portal.execute(INSERT_LINE, [case.pk])


def both(board):
    """Somebody who is arkivredogörare and arkivansvarig."""
    person = archive_head_of(board)
    RoleAssignmentFactory(user=person, role_id="arkivredogorare", board=board)
    return User.objects.get(pk=person.pk)


def test_whoever_changed_the_list_does_not_decide_on_it(board, case):
    """Not prepared and not sent by them, but changed."""
    run, editor = prepared(board), both(board)
    disposal_choices.leave_out(run.pk, ["evidence"], by=editor, now=NOW)
    run = sent(run)
    with pytest.raises(PermissionDenied):
        disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=editor, now=NOW)


def test_whoever_sent_it_back_decides_on_it(board, case):
    run, reader = prepared(board), both(board)
    disposal_run.send_back(sent(run).pk, reason="Ta bort frågorna", by=reader, now=NOW)
    run = sent(run)
    assert disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=reader, now=NOW).approved_by == reader
