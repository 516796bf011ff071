"""A leverans is packed: what is in the package, and what is told of it afterwards (R07, R17, R18)."""

import json
import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile

from archive.enums import RuleAction, TransferStatus
from archive.models import (
    Document,
    Transfer,
    TransferPackage,
    transfer_storage,
)
from archive.package.checking import faults
from archive.services import forwarding, transfer_packing, transfers
from archive.services.diary import correct_document
from archive.services.retention_plan import Terms
from archive.services.secrecy import lift_mark
from archive.services.transfer_packing import clear_packages
from archive.services.transfer_parts import changed_since_delivery, changed_since_packing
from laholm_sociala.common.errors import RefusedError
from tests.archive.factories import forwarded, registrar_of
from tests.archive.package.validator import errors, validate
from tests.archive.transfers import (
    AFTER_DELIVERY,
    PDF,
    asked,
    closed_matter,
    contents,
    drafted,
    files,
    listed,
    packed,
    ready,
    receipt,
    receipted,
    snapshot_bytes,
    snapshot_of,
)
from tests.clock import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch):
    monkeypatch.setattr("archive.services.transfer_contents.render_pdf", lambda html, data=(): b"%PDF-1.7 handling")
    monkeypatch.setattr("archive.services.transfer_documentation.render_pdf", lambda html: b"%PDF-1.7 plan")


@pytest.fixture
def board(cast):
    return ready(cast.culture_board, document=AFTER_DELIVERY, snapshot=AFTER_DELIVERY)


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
        assert [name for name in found if "/data/" in name] == ["representations/rep1/data/erms.xml"]
        erms = found["representations/rep1/data/erms.xml"].decode()
        assert "Handlingens innehåll ingår inte i leveransen." in erms

    def test_says_to_whom_a_handling_was_sent_on_and_which_marks_were_taken_away(self, board):
        registrar, letter = registrar_of(board), Document.objects.get()
        sent = forwarded(letter, by=registrar)
        forwarding.note_receipt(sent.pk, how="Svarade per telefon", by=registrar, now=NOW)
        lift_mark(letter.marks.get().pk, reason="Uppgiften är allmänt känd", by=registrar, now=NOW)
        erms = files(packed(board))["representations/rep1/data/erms.xml"].decode()
        assert "Skickades vidare 2026-11-24 till Region Halland" in erms
        assert "Kom fram 2026-11-24: Svarade per telefon" in erms
        assert "togs bort 2026-11-24: Uppgiften är allmänt känd" in erms
        assert "confidential" not in erms

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
        erms = files(packed(board))["representations/rep1/data/erms.xml"].decode()
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
