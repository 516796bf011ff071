"""Two at once at each door of the snapshots (R19, R20, R23)."""

from functools import partial

import pytest
from django.db import DatabaseError

from archive.enums import SnapshotReason, SnapshotStatus
from archive.models import Snapshot
from archive.services import capturing, snapshots
from laholm_sociala.common.errors import RefusedError
from tests.accounts.closings import asked_for
from tests.archive.snapshots import requested, sent, taken, to_judge
from tests.clock import NOW
from tests.factories import DeputyFactory
from tests.jobs import waiting_jobs
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db(transaction=True)


class TestTwoWhoJudge:
    @pytest.fixture
    def both(self, account, cast, tmp_path):
        snapshot = to_judge(account, tmp_path, by=cast.librarian)
        return lambda: race(
            lambda: snapshots.judge(snapshot.pk, good=True, by=cast.librarian, now=NOW),
            lambda: snapshots.judge(snapshot.pk, good=False, reason="Halva sidan", by=cast.assistant, now=NOW),
        )

    def test_one_is_told_what_the_other_said(self, both, monkeypatch):
        meet_at(monkeypatch, snapshots, "_judged")
        outcomes = both()
        (winner,) = winners(outcomes)
        (error,) = losers(outcomes)
        assert isinstance(error, RefusedError)
        kept = Snapshot.objects.get()
        assert (kept.status, kept.verdict_by) == (winner.status, winner.verdict_by)

    def test_without_the_lock_postgresql_alone_would_refuse(self, both, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, snapshots, "_judged")
        (error,) = losers(both())
        assert isinstance(error, DatabaseError)


class TestTwoUploadsAtOnce:
    @pytest.fixture
    def both(self, account, cast):
        form = sent()
        send = lambda: snapshots.attest_upload(account.pk, form, by=cast.librarian, now=NOW)  # noqa: E731
        return lambda: race(send, send)

    def test_of_the_same_form_become_one_snapshot(self, both, monkeypatch, snapshot_folder):
        meet_at(monkeypatch, snapshots, "_begun")
        assert len({snapshot.pk for snapshot in winners(both())}) == 1
        kept = Snapshot.objects.get()
        assert {file.name for file in kept.files.all()} <= names_in(snapshot_folder)

    def test_without_the_lock_one_would_fail_and_leave_no_file(self, both, monkeypatch, snapshot_folder):
        before = names_in(snapshot_folder)
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, snapshots, "_begun")
        (error,) = losers(both())
        assert isinstance(error, DatabaseError)
        kept = Snapshot.objects.get()
        assert names_in(snapshot_folder) - before == {file.name for file in kept.files.all()}

    def test_of_two_forms_are_both_kept_whole(self, account, cast, snapshot_folder):
        before = names_in(snapshot_folder)
        outcomes = race(
            lambda: snapshots.attest_upload(account.pk, sent(), by=cast.librarian, now=NOW),
            lambda: snapshots.attest_upload(account.pk, sent(), by=cast.assistant, now=NOW),
        )
        assert losers(outcomes) == []
        assert Snapshot.objects.good().count() == 2
        names = {file.name for snapshot in Snapshot.objects.all() for file in snapshot.files.all()}
        assert names_in(snapshot_folder) - before == names


class TestTwoWhoAsk:
    @pytest.fixture
    def both(self, account, cast):
        return lambda: race(
            lambda: requested(account, by=cast.librarian), lambda: requested(account, by=cast.assistant)
        )

    def test_get_the_same_capture(self, both, monkeypatch):
        meet_at(monkeypatch, snapshots, "_begun")
        assert len({snapshot.pk for snapshot in winners(both())}) == 1
        assert Snapshot.objects.get().status == SnapshotStatus.REQUESTED

    def test_without_the_lock_one_would_fail(self, both, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, snapshots, "_begun")
        (error,) = losers(both())
        assert isinstance(error, DatabaseError)


class TestTwoWorkers:
    @pytest.fixture
    def both(self, account, cast):
        snapshot = requested(account, by=cast.librarian)
        begin = lambda: snapshots.begin_capture(snapshot.pk, now=NOW)  # noqa: E731
        return lambda: race(begin, begin)

    def test_one_begins_the_capture(self, both, monkeypatch):
        meet_at(monkeypatch, snapshots, "require_snapshot_step")
        (error,) = losers(both())
        assert isinstance(error, RefusedError)

    def test_without_the_lock_both_would(self, both, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, snapshots, "require_snapshot_step", afterwards=True)
        assert len(winners(both())) == 2


class TestDoneAgainstFailed:
    """The worker comes back with the picture while another says that it came to nothing."""

    @pytest.fixture
    def both(self, account, cast, tmp_path):
        snapshot = snapshots.begin_capture(requested(account, by=cast.librarian).pk, now=NOW)
        came_back = taken(tmp_path)
        return lambda: race(
            lambda: snapshots.finish_capture(snapshot.pk, came_back, now=NOW),
            lambda: snapshots.fail_capture(snapshot.pk, "Något avbröt portalen.", now=NOW),
        )

    def test_one_of_them_counts(self, both, monkeypatch, snapshot_folder):
        before = names_in(snapshot_folder)
        meet_at(monkeypatch, snapshots, "require_snapshot_step", afterwards=True)
        outcomes = both()
        (winner,) = winners(outcomes)
        assert isinstance(losers(outcomes)[0], RefusedError)
        kept = Snapshot.objects.get()
        assert kept.status == winner.status
        assert names_in(snapshot_folder) - before == {file.name for file in kept.files.all()}

    def test_without_the_lock_postgresql_alone_would_refuse(self, both, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, snapshots, "require_snapshot_step", afterwards=True)
        (error,) = losers(both())
        assert isinstance(error, DatabaseError)


class TestTwoWhoAskAgain:
    @pytest.fixture
    def both(self, account, cast):
        failed = requested(account, by=cast.librarian)
        snapshots.fail_capture(failed.pk, "Sidan svarade inte.", now=NOW)
        return lambda: race(
            lambda: capturing.ask_again(failed.pk, by=cast.librarian, now=NOW),
            lambda: capturing.ask_again(failed.pk, by=cast.assistant, now=NOW),
        )

    def test_become_one_job(self, both, monkeypatch):
        meet_at(monkeypatch, snapshots, "require_snapshot_step", afterwards=True)
        (error,) = losers(both())
        assert isinstance(error, RefusedError)
        assert len(waiting_jobs(capturing.TASK)) == 1

    def test_without_the_lock_there_would_be_two(self, both, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, snapshots, "require_snapshot_step", afterwards=True)
        assert len(winners(both())) == 2
        assert len(waiting_jobs(capturing.TASK)) == 2


class TestTwoWhoSayThatItCannotBeTaken:
    """The manager, and the deputy of the day."""

    @pytest.fixture
    def both(self, account, cast):
        asked_for(account, by=cast.librarian)
        deputy = DeputyFactory(unit=account.unit).user
        return lambda: race(
            *(
                partial(snapshots.could_not_be_taken, account.pk, reason="Kapat", by=by, now=NOW)
                for by in (cast.manager, deputy)
            )
        )

    def test_say_it_once(self, both, monkeypatch):
        meet_at(monkeypatch, snapshots, "require_snapshot_step", afterwards=True)
        (error,) = losers(both())
        assert isinstance(error, RefusedError)
        assert Snapshot.objects.not_possible().count() == 1

    def test_without_the_lock_it_would_be_said_twice(self, both, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, snapshots, "require_snapshot_step", afterwards=True)
        assert len(winners(both())) == 2


class TestBegunAgainstCannotBeTaken:
    """The worker begins with what the manager says cannot be taken."""

    @pytest.fixture
    def both(self, account, cast):
        asked_for(account, by=cast.librarian)
        snapshot = requested(account, by=cast.librarian, reason=SnapshotReason.CLOSING)
        return lambda: race(
            lambda: snapshots.begin_capture(snapshot.pk, now=NOW),
            lambda: snapshots.could_not_be_taken(account.pk, reason="Kapat", by=cast.manager, now=NOW),
        )

    def test_one_of_them_counts(self, both, monkeypatch):
        meet_at(monkeypatch, snapshots, "require_snapshot_step", afterwards=True)
        outcomes = both()
        assert isinstance(losers(outcomes)[0], RefusedError)
        assert Snapshot.objects.get().status == winners(outcomes)[0].status

    def test_without_the_lock_postgresql_alone_would_refuse(self, both, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, snapshots, "require_snapshot_step", afterwards=True)
        (error,) = losers(both())
        assert isinstance(error, DatabaseError)


def names_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
