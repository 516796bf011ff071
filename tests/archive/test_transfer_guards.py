"""PostgreSQL's own refusals about leveranser: whoever asks, and however (R18)."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from archive.enums import Direction
from archive.models import DisposalItem, Document
from archive.services import transfers
from archive.services.diary import cancel_document
from tests.archive.factories import archivist_of, registrar_of
from tests.archive.transfers import (
    AFTER_DELIVERY,
    THROUGH,
    asked,
    draft_run,
    drafted,
    handed_over,
    packed,
    ready,
    receipt_for,
    receipted,
)
from tests.clock import NOW, TODAY

pytestmark = pytest.mark.django_db
INSERT = """INSERT INTO archive_transferitem (id, record_type, kind, object_id, sha256, fault, left_out, transfer_id)
    VALUES (%s, 'matter', 'archive.matter', %s, '', '', false, %s)"""
ABOUT = {"record_type": "document", "kind": "archive.document", "due_on": TODAY, "reason": "Gallras."}


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch):
    monkeypatch.setattr("archive.services.transfer_contents.render_pdf", lambda html, data=(): b"%PDF-1.7")
    monkeypatch.setattr("archive.services.transfer_documentation.render_pdf", lambda html: b"%PDF-1.7")


@pytest.fixture
def board(cast):
    return ready(cast.culture_board, document=AFTER_DELIVERY)


@pytest.fixture
def letter(board):
    return Document.objects.get()


def refused(statement, *values):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except IntegrityError:
        return True
    return False


def test_none_begins_further_on(board):
    copied = """INSERT INTO archive_transfer SELECT (jsonb_populate_record(transfer, jsonb_build_object(
        'id', gen_random_uuid(), 'status', %s::text, 'through', %s::date, 'receipt_id', NULL, 'receipt_on', NULL))).*
        FROM archive_transfer transfer"""
    transfers.cancel(drafted(board).pk, reason="Fel dag", by=archivist_of(board), now=NOW)
    assert refused(copied, "packed", THROUGH)


@pytest.mark.parametrize("step", [drafted, packed, handed_over])
def test_what_has_no_receipt_goes_on_no_list(board, letter, step):
    step(board)
    with pytest.raises(IntegrityError, match="inte kvitterat"), transaction.atomic():
        DisposalItem.objects.create(run=draft_run(board), object_id=letter.pk, **ABOUT)


def test_what_has_one_does(board, letter):
    receipted(board)
    assert DisposalItem.objects.create(run=draft_run(board), object_id=letter.pk, **ABOUT)


def test_what_was_not_in_the_leverans_does_not(board):
    receipted(board)
    with pytest.raises(IntegrityError, match="inte kvitterat"), transaction.atomic():
        DisposalItem.objects.create(run=draft_run(board), object_id=uuid4(), **ABOUT)


def test_a_receipt_that_is_cancelled_is_none(board, letter):
    transfer = receipted(board)
    cancel_document(transfer.receipt_id, reason="Fel handling", by=registrar_of(board), now=NOW)
    with pytest.raises(IntegrityError, match="inte kvitterat"), transaction.atomic():
        DisposalItem.objects.create(run=draft_run(board), object_id=letter.pk, **ABOUT)


def test_a_rule_that_counts_from_something_else_needs_none(cast):
    board = ready(cast.culture_board)
    assert DisposalItem.objects.create(run=draft_run(board), object_id=uuid4(), **ABOUT)


def test_a_leverans_is_never_removed(board):
    assert refused("DELETE FROM archive_transfer WHERE id = %s", drafted(board).pk)


@pytest.mark.parametrize(
    ("step", "status"),
    [(drafted, "packed"), (drafted, "handed_over"), (asked, "handed_over"), (packed, "draft"), (handed_over, "packed")],
)
def test_no_step_is_passed_over(board, step, status):
    assert refused("UPDATE archive_transfer SET status = %s WHERE id = %s", status, step(board).pk)


def test_it_is_not_packed_without_a_package(board):
    assert refused("UPDATE archive_transfer SET status = 'packed' WHERE id = %s", asked(board).pk)


def test_what_is_receipted_stands(board):
    key = receipted(board).pk
    assert refused("UPDATE archive_transfer SET receipt_on = receipt_on - 1 WHERE id = %s", key)
    assert refused("UPDATE archive_transfer SET status = 'cancelled', cancelled_why = 'x' WHERE id = %s", key)


def test_the_receipt_came_in_to_the_boards_own_diary(board):
    transfer = handed_over(board)
    sent = receipt_for(board, direction=Direction.OUTGOING)
    receive = "UPDATE archive_transfer SET status = 'received', receipt_id = %s, receipt_on = now() WHERE id = %s"
    assert refused(receive, sent.pk, transfer.pk)
    assert not refused(receive, receipt_for(board).pk, transfer.pk)


def test_what_is_packed_is_neither_changed_nor_added_to(board):
    transfer = packed(board)
    assert refused("UPDATE archive_transferitem SET sha256 = '' WHERE transfer_id = %s", transfer.pk)
    assert refused("DELETE FROM archive_transferitem WHERE transfer_id = %s", transfer.pk)
    assert refused(INSERT, uuid4(), uuid4(), transfer.pk)


def test_what_is_prepared_is_added_to(board):
    """The control: so is how a row is written where it may be."""
    assert not refused(INSERT, uuid4(), uuid4(), drafted(board).pk)


def test_what_is_written_of_a_package_stands(board):
    transfer = packed(board)
    assert refused("UPDATE archive_transferpackage SET sha256 = mets_sha256 WHERE transfer_id = %s", transfer.pk)
    assert refused("DELETE FROM archive_transferpackage WHERE transfer_id = %s", transfer.pk)


@pytest.mark.django_db(transaction=True)
def test_the_guard_is_what_refuses(board, letter, owner):
    """The control: with the guard off, what has no receipt goes on the list."""
    handed_over(board)
    run = draft_run(board)
    owner.execute("ALTER TABLE archive_disposalitem DISABLE TRIGGER USER")
    try:
        assert DisposalItem.objects.create(run=run, object_id=letter.pk, **ABOUT)
    finally:
        owner.execute("ALTER TABLE archive_disposalitem ENABLE TRIGGER USER")
