"""Two at once at each door of the snapshots (R19, R20, R23)."""

import pytest
from django.db import DatabaseError

from archive.enums import SnapshotStatus
from archive.models import Snapshot
from archive.services import snapshots
from laholm_sociala.common.errors import RefusedError
from tests.archive.snapshots import requested, sent, to_judge
from tests.clock import NOW
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


def names_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
