"""A packing that comes to nothing: it goes back with a sentence, and what is at fault is left out (R07, R18)."""

import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from archive.enums import TransferFault, TransferStatus
from archive.models import Document, Transfer, TransferItem, TransferPackage, snapshot_storage
from archive.retention import record_type
from archive.services import transfer_packing, transfers
from archive.services.due import due_objects
from archive.services.transfer_failing import FAULTY, LOST, STOPPED, give_up_lost, give_up_packing
from archive.services.transfer_packing import read_package
from archive.services.transfer_parts import changed_since_packing
from archive.services.transfer_queue import next_try_at
from archive.tasks import PACKING
from laholm_sociala.common.errors import RefusedError
from tests.archive.factories import SeriesFactory
from tests.archive.transfers import (
    AFTER_DELIVERY,
    asked,
    closed_matter,
    drafted,
    packed,
    ready,
    receipt_for,
    snapshot_of,
    taken_home,
)
from tests.clock import NOW, TODAY
from tests.jobs import do_job, perform_waiting_jobs, waiting_jobs
from tests.race import losers, meet_at, race, take_the_lock_away

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch):
    monkeypatch.setattr("archive.services.transfer_contents.render_pdf", lambda html, data=(): b"%PDF-1.7 handling")
    monkeypatch.setattr("archive.services.transfer_documentation.render_pdf", lambda html: b"%PDF-1.7 plan")


@pytest.fixture
def board(cast):
    return ready(cast.culture_board, document=AFTER_DELIVERY, snapshot=AFTER_DELIVERY)


@pytest.fixture
def full_disk(monkeypatch):
    def fail(target):
        raise OSError("No space left on device")

    monkeypatch.setattr(transfer_packing, "_require_whole", fail)


def found(transfer):
    return Transfer.objects.get(pk=transfer.pk)


def lose_the_file(snapshot):
    snapshot_storage().delete(snapshot.files.get(kind="upload").name)


def change_the_file(snapshot):
    path = Path(snapshot_storage().path(snapshot.files.get(kind="upload").name))
    path.write_bytes(path.read_bytes()[:-1] + b"!")


def faults_of(transfer):
    return dict(transfer.items.exclude(fault="").values_list("object_id", "fault"))


def leave_out(transfer, *, now=LATER):
    shown = found(transfer).packed_as_of
    return transfers.ask_to_pack(transfer.pk, without_faults_of=shown, by=transfer.prepared_by, now=now)


def job_of(transfer, *, attempts):
    """Return the leverans's job as it is when it has been tried so many times before."""
    (job,) = waiting_jobs("pack_transfer")
    job.attempts = attempts
    assert job.args == {"transfer_id": str(transfer.pk)}
    return job


class TestTries:
    def test_before_the_last_it_is_tried_again_and_the_person_waits(self, board, full_disk):
        transfer = asked(board)
        with pytest.raises(OSError, match="No space"):
            do_job(job_of(transfer, attempts=PACKING.max_attempts - 1))
        assert found(transfer).status == TransferStatus.PACKING

    def test_after_the_last_it_goes_back_with_a_sentence(self, board, full_disk):
        transfer = asked(board)
        with pytest.raises(OSError, match="No space"):
            do_job(job_of(transfer, attempts=PACKING.max_attempts))
        assert (found(transfer).status, found(transfer).failure) == (TransferStatus.DRAFT, STOPPED)
        assert transfer.history.latest().history_user == User.objects.system()

    def test_the_last_is_the_queues_last(self):
        """The control: the queue itself tries no more after that one."""
        job = type("Job", (), {"attempts": PACKING.max_attempts})
        assert PACKING.get_retry_decision(exception=OSError(), job=job) is None
        job.attempts -= 1
        assert PACKING.get_retry_decision(exception=OSError(), job=job)

    def test_where_the_last_took_its_worker_with_it_there_is_no_other(self, board, monkeypatch):
        transfer = asked(board)
        monkeypatch.setattr(transfer_packing, "write_package", None)
        do_job(job_of(transfer, attempts=PACKING.max_attempts + 1))
        assert found(transfer).failure == STOPPED

    def test_it_is_packed_again_from_there(self, board):
        transfer = asked(board)
        give_up_packing(transfer.pk, of_try=NOW, failure=STOPPED, now=NOW)
        transfers.ask_to_pack(transfer.pk, by=transfer.prepared_by, now=LATER)
        transfer_packing.pack(transfer.pk, clock=lambda: LATER)
        assert (found(transfer).status, found(transfer).failure) == (TransferStatus.PACKED, "")

    def test_a_try_that_is_over_gives_up_no_later_one(self, board):
        transfer = asked(board)
        give_up_packing(transfer.pk, of_try=NOW, failure=STOPPED, now=NOW)
        transfers.ask_to_pack(transfer.pk, by=transfer.prepared_by, now=LATER)
        assert not give_up_packing(transfer.pk, of_try=NOW, failure=STOPPED, now=LATER)
        assert found(transfer).status == TransferStatus.PACKING

    def test_twice_it_is_once_and_what_is_packed_is_left(self, board):
        transfer = asked(board)
        assert give_up_packing(transfer.pk, of_try=NOW, failure=STOPPED, now=NOW)
        assert not give_up_packing(transfer.pk, of_try=NOW, failure=LOST, now=NOW)
        assert found(transfer).failure == STOPPED
        transfers.ask_to_pack(transfer.pk, by=transfer.prepared_by, now=LATER)
        transfer_packing.pack(transfer.pk, clock=lambda: LATER)
        assert not give_up_packing(transfer.pk, of_try=LATER, failure=STOPPED, now=LATER)
        assert found(transfer).status == TransferStatus.PACKED


class TestQueue:
    def test_asked_again_it_does_not_wait_for_its_next_try(self, board):
        transfer = asked(board)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET attempts = 4, scheduled_at = %s", [LATER])
        assert next_try_at(transfer) == LATER
        transfers.ask_to_pack(transfer.pk, by=transfer.prepared_by, now=NOW)
        (job,) = waiting_jobs("pack_transfer")
        assert (job.attempts, job.scheduled_at, next_try_at(transfer)) == (0, None, None)

    def test_one_leverans_does_not_wait_for_another(self, board, cast):
        asked(board)
        asked(ready(SeriesFactory(board=cast.building_board, prefix="BMN-SM").board))
        assert len({job.lock for job in waiting_jobs("pack_transfer")}) == 2

    def test_what_has_lost_its_job_goes_back_with_a_sentence(self, board):
        transfer = asked(board)
        assert give_up_lost(now=NOW) == []
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
        assert give_up_lost(now=NOW) == [transfer.pk]
        assert (found(transfer).status, found(transfer).failure) == (TransferStatus.DRAFT, LOST)
        assert give_up_lost(now=NOW) == []


class TestFaults:
    @pytest.fixture
    def pictures(self, board, cast):
        """Three: one is gone, one is changed, one is as it was."""
        gone, changed, fine = (snapshot_of(cast, taken_at=NOW - timedelta(days=400 + day)) for day in range(3))
        lose_the_file(gone)
        change_the_file(changed)
        return gone, changed, fine

    def test_each_is_named_and_nothing_is_packed(self, board, pictures):
        gone, changed, _fine = pictures
        transfer = packed(board)
        assert (transfer.status, transfer.failure) == (TransferStatus.DRAFT, FAULTY)
        assert faults_of(transfer) == {gone.pk: TransferFault.MISSING, changed.pk: TransferFault.CHANGED}
        assert not TransferPackage.objects.exists()

    def test_so_is_a_file_of_a_handling(self, board, monkeypatch):
        monkeypatch.setattr("archive.services.transfer_contents._bytes_of_file", lambda key: [b"%PDF-1.7 annat"])
        assert faults_of(packed(board)) == {Document.objects.get().pk: TransferFault.CHANGED}

    def test_packed_without_them_the_rest_goes_along(self, board, pictures):
        gone, changed, fine = pictures
        transfer = leave_out(packed(board))
        transfer_packing.pack(transfer.pk, clock=lambda: LATER)
        assert found(transfer).status == TransferStatus.PACKED
        prints = dict(transfer.items.filter(record_type="snapshot").values_list("object_id", "sha256"))
        assert (prints[gone.pk], prints[changed.pk], bool(prints[fine.pk])) == ("", "", True)
        assert faults_of(transfer).keys() == {gone.pk, changed.pk}
        assert changed_since_packing(found(transfer)) == []
        with read_package(found(transfer).package) as opened, zipfile.ZipFile(opened) as package:
            assert len([name for name in package.namelist() if name.endswith("01-skarmbild.png")]) == 1

    def test_mended_and_packed_as_before_they_go_along(self, board, cast):
        snapshot = snapshot_of(cast)
        name = snapshot.files.get(kind="upload").name
        content = Path(snapshot_storage().path(name)).read_bytes()
        lose_the_file(snapshot)
        transfer = packed(board)
        Path(snapshot_storage().path(name)).write_bytes(content)
        transfers.ask_to_pack(transfer.pk, by=transfer.prepared_by, now=LATER)
        transfer_packing.pack(transfer.pk, clock=lambda: LATER)
        assert found(transfer).status == TransferStatus.PACKED
        assert faults_of(transfer) == {}

    def test_what_was_left_out_is_not_delivered_and_comes_in_the_next(self, board, pictures):
        gone, changed, fine = pictures
        transfer = leave_out(packed(board))
        transfer_packing.pack(transfer.pk, clock=lambda: LATER)
        by = transfer.prepared_by
        transfers.hand_over(taken_home(transfer, now=LATER).pk, on=TODAY, by=by, now=LATER)
        transfers.note_receipt(transfer.pk, number=str(receipt_for(board)), by=by, now=LATER)
        assert list(due_objects(record_type("snapshot"), board, TODAY)) == [fine]
        again = drafted(board)
        assert set(again.items.values_list("object_id", flat=True)) == {gone.pk, changed.pk}
        assert faults_of(again) == {}

    def test_those_that_were_shown_and_no_others(self, board, pictures):
        transfer = packed(board)
        shown = transfer.packed_as_of
        transfers.ask_to_pack(transfer.pk, by=transfer.prepared_by, now=LATER)
        without = {"without_faults_of": shown, "by": transfer.prepared_by, "now": LATER}
        with pytest.raises(RefusedError, match="packats om sedan du öppnade sidan"):
            transfers.ask_to_pack(transfer.pk, **without)
        perform_waiting_jobs()
        with pytest.raises(RefusedError, match="packats om sedan du öppnade sidan"):
            transfers.ask_to_pack(transfer.pk, **without)
        assert not transfer.items.left_out().exists()

    def test_with_nothing_else_there_is_nothing_to_pack(self, board, cast):
        lose_the_file(snapshot_of(cast))
        transfer = drafted(board)
        only_pictures = frozenset({"matter", "document"})
        transfers.ask_to_pack(transfer.pk, left_out=only_pictures, by=transfer.prepared_by, now=NOW)
        perform_waiting_jobs()
        with pytest.raises(RefusedError, match="Ta med något"):
            leave_out(transfer)

    def test_what_is_left_out_has_no_fingerprint_in_the_database_either(self, board, pictures):
        transfer = leave_out(packed(board))
        item = transfer.items.left_out().first()
        with pytest.raises(IntegrityError), transaction.atomic():
            TransferItem.objects.filter(pk=item.pk).update(sha256="a" * 64)
        with pytest.raises(IntegrityError), transaction.atomic():
            TransferItem.objects.filter(pk=item.pk).update(left_out=False)


@pytest.mark.django_db(transaction=True)
class TestRaces:
    """A worker that gives up, and one that is ready, in the same moment."""

    @pytest.fixture
    def both(self, board, monkeypatch):
        def meet():
            transfer = asked(board)
            meet_at(monkeypatch, transfers, "move")
            monkeypatch.setattr("archive.services.transfer_failing.move", transfers.move)
            outcomes = race(
                lambda: transfer_packing.pack(transfer.pk, clock=lambda: NOW),
                lambda: give_up_packing(transfer.pk, of_try=NOW, failure=STOPPED, now=NOW),
            )
            return found(transfer), outcomes

        closed_matter(board)
        return meet

    def test_it_is_one_of_them(self, both):
        transfer, outcomes = both()
        assert losers(outcomes) == []
        is_packed = transfer.status == TransferStatus.PACKED
        assert (transfer.failure == "") == is_packed
        assert TransferPackage.objects.count() == is_packed

    def test_without_the_lock_it_is_both(self, both, monkeypatch):
        """The control: a package is written down of a leverans that went back, or the other way about."""
        take_the_lock_away(monkeypatch)
        transfer, outcomes = both()
        is_packed = transfer.status == TransferStatus.PACKED
        assert losers(outcomes) or TransferPackage.objects.count() != is_packed or bool(transfer.failure) == is_packed
