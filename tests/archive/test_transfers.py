"""A leverans to the e-archive: what it holds, what is told of it, and what may go after it (R07, R17, R18)."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from archive.enums import Direction, ItemStatus, RuleAction, StartsFrom, TransferStatus
from archive.models import (
    DisposalItem,
    Document,
    DocumentContent,
    Matter,
    Snapshot,
    Transfer,
    TransferItem,
    TransferPackage,
    transfer_storage,
)
from archive.package.checking import faults
from archive.retention import record_type
from archive.services import disposal_run, disposing, transfer_packing, transfers
from archive.services.diary import cancel_document, close_matter, correct_document, register_document, reopen_matter
from archive.services.due import due_objects
from archive.services.keeping import read
from archive.services.retention_plan import Terms
from archive.services.secrecy import mark_document
from archive.services.transfer_packing import clear_packages, read_package
from archive.services.transfer_parts import changed_since_delivery, changed_since_packing
from laholm_sociala.common.errors import RefusedError
from tests.archive.disposals import decided, prepared
from tests.archive.factories import SeriesFactory, archivist_of, decided_plan, entry, registrar_of
from tests.archive.package.validator import errors, validate
from tests.archive.transfers import (
    AFTER_DELIVERY,
    LAST_YEAR,
    NUMBER,
    PDF,
    THROUGH,
    asked,
    closed_matter,
    details_of,
    drafted,
    handed_over,
    packed,
    ready,
    receipt_for,
    receipted,
    snapshot_of,
    taken_home,
)
from tests.clock import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch):
    monkeypatch.setattr("archive.services.transfer_contents.render_pdf", lambda html: b"%PDF-1.7 handling")
    monkeypatch.setattr("archive.services.transfer_documentation.render_pdf", lambda html: b"%PDF-1.7 plan")


@pytest.fixture
def board(cast):
    return ready(cast.culture_board, document=AFTER_DELIVERY, snapshot=AFTER_DELIVERY)


def contents(transfer):
    with read_package(transfer.package) as opened:
        return opened.read()


def files(transfer):
    with zipfile.ZipFile(BytesIO(contents(transfer))) as opened:
        return {name.partition("/")[2]: opened.read(name) for name in opened.namelist()}


def listed(transfer):
    return sorted(transfer.items.values_list("record_type", flat=True))


def due_now(board, code):
    return list(due_objects(record_type(code), board, TODAY).values_list("pk", flat=True))


class TestDetails:
    def test_a_number_is_written_in_one_way(self):
        assert transfers.organisation_number_of(" 9999999999 ") == NUMBER
        assert transfers.organisation_number_of("16999999-9999") == NUMBER

    @pytest.mark.parametrize("typed", ["", "12345", "212000-12345", "999999-9998", "abcdef-ghij"])
    def test_what_is_no_number_is_told(self, typed):
        with pytest.raises(RefusedError) as refused:
            transfers.organisation_number_of(typed)
        assert refused.value.field == "organisation_number"

    def test_without_them_nothing_is_prepared_and_it_is_said_where_they_are_written(self, cast):
        SeriesFactory(board=cast.culture_board)
        decided_plan(cast.culture_board, valid_from=TODAY)
        closed_matter(cast.culture_board)
        with pytest.raises(RefusedError, match="Fyll i dem under Uppgifter för leverans"):
            drafted(cast.culture_board)
        assert not Transfer.objects.exists()

    def test_are_written_by_the_boards_archivist_alone(self, cast):
        with pytest.raises(PermissionDenied):
            transfers.write_details(
                cast.culture_board,
                organisation_number=NUMBER,
                receiver="E-arkivet",
                agreement="",
                by=archivist_of(cast.building_board),
                now=NOW,
            )


class TestPrepare:
    def test_lists_what_ended_and_is_preserved(self, board, cast):
        snapshot_of(cast)
        closed_matter(board, close=False)
        closed_matter(board, now=NOW)
        assert listed(drafted(board)) == ["document", "matter", "snapshot"]

    def test_what_the_plan_disposes_of_otherwise_is_not_delivered(self, cast):
        irrelevant = Terms(RuleAction.WHEN_IRRELEVANT)
        board = ready(cast.culture_board, document=irrelevant, snapshot=irrelevant)
        snapshot_of(cast)
        assert listed(drafted(board)) == ["matter"]

    def test_without_a_decided_plan_nothing_is_listed(self, cast):
        SeriesFactory(board=cast.culture_board)
        details_of(cast.culture_board)
        with pytest.raises(RefusedError, match="ingen beslutad plan"):
            drafted(cast.culture_board)

    def test_with_nothing_ended_there_is_nothing_to_deliver(self, board):
        with pytest.raises(RefusedError, match="inget att leverera"):
            drafted(board, through=LAST_YEAR.date() - timedelta(days=1))
        assert not Transfer.objects.exists()

    def test_today_is_not_over(self, board):
        with pytest.raises(RefusedError, match="dag som har gått"):
            drafted(board, through=TODAY)

    def test_one_at_a_time(self, board):
        drafted(board)
        with pytest.raises(RefusedError, match="redan en leverans"):
            drafted(board)

    def test_only_the_boards_archivist(self, board, cast):
        with pytest.raises(PermissionDenied):
            transfers.prepare(board, THROUGH, as_bag=False, by=cast.librarian, now=NOW)

    def test_what_was_receipted_is_not_delivered_again(self, board):
        receipted(board)
        with pytest.raises(RefusedError, match="inget att leverera"):
            drafted(board)

    def test_what_was_added_after_a_leverans_goes_in_the_next(self, board, clock):
        found = Matter.objects.get()
        receipted(board)
        later, registrar = clock.move(days=1), registrar_of(board)
        reopen_matter(found.pk, reason="Kom mer", by=registrar, now=later)
        register_document(found.pk, entry(dated_on=later.date()), by=registrar, now=later)
        close_matter(found.pk, by=registrar, now=later)
        again = transfers.prepare(board, later.date(), as_bag=False, by=archivist_of(board), now=clock.move(days=1))
        assert found.pk in again.items.filter(record_type="matter").values_list("object_id", flat=True)

    def test_handlingar_that_were_left_out_come_in_the_next(self, board):
        assert listed(next_after(board, left_out=frozenset({"document"}))) == ["document", "matter"]

    def test_left_out_of_what_the_plan_does_not_deliver_nothing_remains(self, cast):
        board = ready(cast.culture_board, document=Terms(RuleAction.WHEN_IRRELEVANT))
        with pytest.raises(RefusedError, match="inget att leverera"):
            next_after(board)

    def test_a_handling_that_came_between_the_list_and_the_package_goes_in_the_next(self, board, clock):
        found, transfer, registrar = Matter.objects.get(), drafted(board), registrar_of(board)
        reopen_matter(found.pk, reason="Kom mer", by=registrar, now=NOW)
        late = register_document(found.pk, entry(dated_on=TODAY), by=registrar, now=NOW)
        close_matter(found.pk, by=registrar, now=NOW)
        receipt(transfer, now=clock.move(hours=1))
        again = transfers.prepare(board, TODAY, as_bag=False, by=archivist_of(board), now=clock.move(days=1))
        assert late.pk in again.items.values_list("object_id", flat=True)

    def test_a_provision_noted_after_a_leverans_goes_in_the_next(self, board, clock):
        found = Document.objects.get()
        receipted(board)
        later = clock.move(hours=1)
        mark_document(found.pk, provisions=["OSL 26 kap. 1 §"], by=registrar_of(board), now=later)
        assert listed(drafted(board)) == ["document", "matter"]


class TestPack:
    def test_holds_the_originals_and_is_valid(self, board, cast, tmp_path):
        snapshot = snapshot_of(cast)
        transfer = packed(board)
        assert transfer.status == TransferStatus.PACKED
        content = contents(transfer)
        assert faults(BytesIO(content)) == []
        with zipfile.ZipFile(BytesIO(content)) as opened:
            opened.extractall(tmp_path)
        assert errors(validate(tmp_path / f"leverans-{transfer.pk}")) == []
        data = {name.rpartition("/")[2]: one for name, one in files(transfer).items() if "/data/" in name}
        assert data["01-brev-fran-asa.pdf"] == PDF
        assert json.loads(data["handling.json"])["text"] == "När lagas dörren?"
        picture = snapshot.files.get(kind="upload")
        assert data["01-skarmbild.png"] == snapshot_bytes(picture)

    def test_the_plan_and_its_decision_follow(self, board):
        found = files(packed(board))
        plan = json.loads(found["documentation/dokumenthanteringsplan.json"])
        assert "§ 24" in plan["beslut"]
        assert "Gallringsbeslut: " in found["documentation/las-mig.txt"].decode()
        assert found["documentation/dokumenthanteringsplan.pdf"].startswith(b"%PDF")

    def test_in_a_bag(self, board):
        names = files(packed(board, as_bag=True))
        assert {"bagit.txt", "manifest-sha256.txt"} <= set(names)

    def test_what_is_not_delivered_is_named_without_its_content(self, cast):
        board = ready(cast.culture_board, document=Terms(RuleAction.WHEN_IRRELEVANT))
        found = files(packed(board))
        assert not [name for name in found if "/data/" in name]
        erms = found["metadata/descriptive/erms.xml"].decode()
        assert "Handlingens innehåll ingår inte i leveransen." in erms

    def test_every_object_has_the_fingerprint_of_what_was_packed(self, board, cast):
        snapshot_of(cast)
        prints = packed(board).items.values_list("sha256", flat=True)
        assert len(set(prints)) == 3
        assert "" not in prints

    def test_a_handlingstyp_may_be_left_out(self, board, cast):
        snapshot_of(cast)
        transfer = drafted(board)
        transfers.ask_to_pack(transfer.pk, left_out=frozenset({"snapshot"}), by=transfer.prepared_by, now=NOW)
        assert listed(transfer) == ["document", "matter"]

    def test_handlingar_are_not_packed_without_their_matters(self, board, cast):
        snapshot_of(cast)
        transfer = drafted(board)
        with pytest.raises(RefusedError, match="Handlingarna packas i sina ärenden"):
            transfers.ask_to_pack(transfer.pk, left_out=frozenset({"matter"}), by=transfer.prepared_by, now=NOW)
        assert listed(transfer) == ["document", "matter", "snapshot"]

    def test_what_may_be_secret_is_handed_over_as_such_without_a_provision_too(self, board):
        closed_matter(board, provisions=[], is_restricted=True)
        erms = files(packed(board))["metadata/descriptive/erms.xml"].decode()
        assert erms.count("<erms:regulation>") == 2
        assert "<erms:regulation>Kan vara sekretess. Ingen bestämmelse är angiven.</erms:regulation>" in erms

    def test_with_everything_left_out_there_is_nothing_to_pack(self, board):
        transfer = drafted(board)
        with pytest.raises(RefusedError, match="Ta med något"):
            transfers.ask_to_pack(
                transfer.pk, left_out=frozenset({"matter", "document"}), by=transfer.prepared_by, now=NOW
            )
        assert listed(transfer) == ["document", "matter"]

    def test_done_twice_it_is_the_same(self, board):
        transfer = packed(board)
        transfer_packing.pack(transfer.pk, clock=lambda: NOW)
        assert TransferPackage.objects.count() == 1

    def test_packed_again_the_first_package_goes(self, board, clock):
        transfer = packed(board)
        first = transfer.package
        later = clock.move(hours=1)
        transfers.ask_to_pack(transfer.pk, by=transfer.prepared_by, now=later)
        transfer_packing.pack(transfer.pk, clock=lambda: later)
        clear_packages(now=later)
        assert not transfer_storage().exists(first.name)
        assert transfer_storage().exists(transfer.package.name)
        assert transfer.package.name != first.name

    def test_cancelled_while_it_is_packed_nothing_is_left(self, board, monkeypatch):
        transfer = asked(board)
        whole = transfer_packing._require_whole

        def cancel_meanwhile(target):
            transfers.cancel(transfer.pk, reason="Fel dag", by=transfer.prepared_by, now=NOW)
            whole(target)

        monkeypatch.setattr(transfer_packing, "_require_whole", cancel_meanwhile)
        transfer_packing.pack(transfer.pk, clock=lambda: NOW)
        assert Transfer.objects.get().status == TransferStatus.CANCELLED
        assert not TransferPackage.objects.exists()
        assert transfer_storage().listdir(str(transfer.pk))[1] == []

    def test_what_a_stopped_try_left_is_removed(self, board):
        transfer = asked(board)
        transfer_storage().save(f"{transfer.pk}/rest.zip", ContentFile(b"PK"))
        transfer_packing.pack(transfer.pk, clock=lambda: NOW)
        package = Transfer.objects.get().package
        assert [f"{transfer.pk}/{name}" for name in transfer_storage().listdir(str(transfer.pk))[1]] == [package.name]

    def test_that_too_where_the_leverans_was_cancelled_since(self, board):
        transfer = asked(board)
        transfer_storage().save(f"{transfer.pk}/rest.zip", ContentFile(b"PK"))
        transfers.cancel(transfer.pk, reason="Fel dag", by=transfer.prepared_by, now=NOW)
        transfer_packing.pack(transfer.pk, clock=lambda: NOW)
        assert transfer_storage().listdir(str(transfer.pk))[1] == []


class TestChanged:
    def test_nothing_is_told_while_nothing_has_changed(self, board, cast):
        snapshot_of(cast)
        assert changed_since_packing(packed(board)) == []

    def test_a_correction_in_the_diary_is_told(self, board, clock):
        transfer, found = packed(board), Document.objects.get()
        later = clock.move(hours=1)
        correct_document(found.pk, subject="Rättad", reason="Skrivfel", by=registrar_of(board), now=later)
        assert {one.label for one in changed_since_packing(transfer)} == {str(found), str(found.matter)}

    def test_what_was_written_and_taken_back_is_no_change(self, board, clock):
        transfer, found = packed(board), Document.objects.get()
        for words in ("Rättad", found.subject):
            later = clock.move(hours=1)
            correct_document(found.pk, subject=words, reason="Skrivfel", by=registrar_of(board), now=later)
        assert changed_since_packing(transfer) == []

    def test_once_delivered_anew_the_first_leverans_has_nothing_to_tell(self, board, clock):
        found = Document.objects.get()
        transfer, later = receipted(board), clock.move(hours=1)
        correct_document(found.pk, subject="Rättad", reason="Skrivfel", by=registrar_of(board), now=later)
        assert len(changed_since_packing(transfer)) == 2
        receipt(drafted(board), now=clock.move(hours=1))
        assert changed_since_packing(transfer) == []

    def test_another_name_for_the_account_makes_no_other_picture(self, board, cast):
        snapshot = snapshot_of(cast)
        receipted(board)
        account = snapshot.account
        account.name = "Biblioteken i Laholm"
        account.record(by=cast.administrator, now=NOW, reason="Nytt namn")
        assert changed_since_delivery("archive.snapshot", [snapshot.pk]) == set()


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


def test_cancelled_it_can_be_listed_anew(board):
    transfer = handed_over(board)
    transfers.cancel(transfer.pk, reason="E-arkivet tog inte emot den", by=transfer.prepared_by, now=NOW)
    clear_packages(now=NOW)
    assert not transfer_storage().exists(transfer.package.name)
    assert listed(drafted(board)) == ["document", "matter"]
    assert TransferItem.objects.filter(transfer=transfer).count() == 2


def receipt(transfer, *, now, left_out=frozenset()):
    """Take a leverans all the way."""
    by = transfer.prepared_by
    transfers.ask_to_pack(transfer.pk, left_out=left_out, by=by, now=now)
    transfer_packing.pack(transfer.pk, clock=lambda: now)
    transfers.hand_over(taken_home(transfer, now=now).pk, on=TODAY, by=by, now=now)
    transfers.note_receipt(transfer.pk, number=str(receipt_for(transfer.board)), by=by, now=now)


def next_after(board, **how):
    """Return the leverans that is prepared when one has been receipted."""
    receipt(drafted(board), now=NOW, **how)
    return drafted(board)


def snapshot_bytes(file):
    return b"".join(read(file))
