"""The e-archive's receipt, and what may go after it (R07, R17, R18)."""

from datetime import timedelta

import pytest

from archive.enums import Direction, ItemStatus, RuleAction, StartsFrom, TransferStatus
from archive.models import (
    DisposalItem,
    Document,
    DocumentContent,
    Snapshot,
    transfer_storage,
)
from archive.services import disposal_run, disposing, transfers
from archive.services.diary import cancel_document, correct_document
from archive.services.retention_plan import Terms
from archive.services.transfer_packing import clear_packages
from laholm_sociala.common.errors import RefusedError
from tests.archive.disposals import decided, prepared
from tests.archive.factories import SeriesFactory, decided_plan, registrar_of
from tests.archive.transfers import (
    AFTER_DELIVERY,
    closed_matter,
    drafted,
    due_now,
    handed_over,
    packed,
    ready,
    receipt_for,
    receipted,
    snapshot_of,
)
from tests.clock import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch):
    monkeypatch.setattr("archive.services.transfer_contents.render_pdf", lambda html, data=(): b"%PDF-1.7 handling")
    monkeypatch.setattr("archive.services.transfer_documentation.render_pdf", lambda html: b"%PDF-1.7 plan")


@pytest.fixture
def board(cast):
    return ready(cast.culture_board, document=AFTER_DELIVERY, snapshot=AFTER_DELIVERY)


class TestReceipt:
    def test_starts_the_time_and_removes_the_package(self, board):
        transfer = receipted(board)
        assert (transfer.status, transfer.receipt_on) == (TransferStatus.RECEIVED, TODAY)
        name = transfer.package.name
        assert transfer_storage().exists(name)
        clear_packages(now=NOW)
        assert not transfer_storage().exists(name)
        assert transfer.package.removed_at == NOW

    @pytest.mark.parametrize(
        ("attributes", "said"),
        [
            ({"direction": Direction.OUTGOING}, "inkommen handling"),
            ({"dated_on": TODAY - timedelta(days=1)}, "innan leveransen lämnades över"),
        ],
    )
    def test_is_something_that_came_in_since(self, board, attributes, said):
        transfer, found = handed_over(board), receipt_for(board, **attributes)
        with pytest.raises(RefusedError, match=said):
            transfers.note_receipt(transfer.pk, number=str(found), by=transfer.prepared_by, now=NOW)

    @pytest.mark.parametrize("number", ["", "KUN-SM 2026-000099-1", "KUN-SM 2026-000002", "nonsens-x"])
    def test_is_found_by_its_number(self, board, number):
        transfer = handed_over(board)
        with pytest.raises(RefusedError, match="ingen handling med det numret"):
            transfers.note_receipt(transfer.pk, number=number, by=transfer.prepared_by, now=NOW)

    def test_another_boards_handling_is_none(self, board, cast):
        transfer = handed_over(board)
        other = SeriesFactory(board=cast.building_board, prefix="SBN-SM").board
        with pytest.raises(RefusedError, match="ingen handling med det numret"):
            transfers.note_receipt(transfer.pk, number=str(receipt_for(other)), by=transfer.prepared_by, now=NOW)

    def test_not_before_it_is_handed_over(self, board):
        transfer = packed(board)
        with pytest.raises(RefusedError, match="Läge: packad"):
            transfers.note_receipt(transfer.pk, number=str(receipt_for(board)), by=transfer.prepared_by, now=NOW)


class TestDisposalAfterTransfer:
    """Only what the e-archive has receipted is due, and only while the receipt stands."""

    @pytest.mark.parametrize("step", [drafted, packed, handed_over])
    def test_without_the_receipt_nothing_is_due(self, board, cast, step):
        snapshot_of(cast)
        step(board)
        assert due_now(board, "document") == []
        assert due_now(board, "snapshot") == []

    def test_with_the_receipt_it_is(self, board, cast):
        snapshot, found = snapshot_of(cast), Document.objects.get()
        receipted(board)
        assert due_now(board, "document") == [found.pk]
        assert due_now(board, "snapshot") == [snapshot.pk]

    def test_what_was_not_in_the_package_is_not(self, board):
        found = Document.objects.get()
        receipted(board)
        closed_matter(board)
        assert due_now(board, "document") == [found.pk]

    def test_a_receipt_that_is_cancelled_counts_no_longer(self, board):
        transfer = receipted(board)
        cancel_document(transfer.receipt_id, reason="Fel handling", by=registrar_of(board), now=NOW)
        assert due_now(board, "document") == []

    def test_goes_in_a_gallring_and_the_diary_entry_stays(self, board, cast):
        snapshot_of(cast)
        found = Document.objects.exclude(subject="Kvittens från e-arkivet").get()
        receipted(board)
        run = disposal_run.begin(decided(prepared(board)).pk, now=NOW)
        disposing.carry_out(run.pk, clock=lambda: NOW)
        assert set(run.items.values_list("status", flat=True)) == {ItemStatus.DESTROYED}
        assert not Snapshot.objects.exists()
        assert not DocumentContent.objects.filter(document=found).exists()
        assert Document.objects.filter(pk=found.pk).exists()

    def test_what_changed_since_it_was_delivered_is_kept(self, board, clock):
        found = Document.objects.get()
        receipted(board)
        run = disposal_run.begin(decided(prepared(board)).pk, now=NOW)
        correct_document(found.pk, subject="Rättad", reason="Skrivfel", by=registrar_of(board), now=clock.move(hours=1))
        disposing.carry_out(run.pk, clock=lambda: NOW)
        item = DisposalItem.objects.get(run=run, object_id=found.pk)
        assert (item.status, item.outcome) == (
            ItemStatus.WITHHELD,
            "Har ändrats sedan det levererades till e-arkivet.",
        )
        assert DocumentContent.objects.filter(document=found).exists()

    def test_what_is_being_delivered_is_held(self, cast):
        at_once = Terms(RuleAction.AFTER_YEARS, 0, StartsFrom.CREATED, also_older=True)
        board = ready(cast.culture_board)
        snapshot_of(cast)
        transfer = packed(board)
        decided_plan(board, valid_from=TODAY, snapshot=at_once, document=at_once)
        assert due_now(board, "snapshot") == []
        transfers.cancel(transfer.pk, reason="Fel dag", by=transfer.prepared_by, now=NOW)
        assert len(due_now(board, "snapshot")) == 1
