"""Snapshots are asked for, taken or sent, and judged (R19, R20, R23)."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from accounts.services.closing import withdraw_closing
from archive.enums import SnapshotFileKind, SnapshotMethod, SnapshotReason, SnapshotStatus
from archive.models import Snapshot
from archive.services import snapshots
from archive.workflow import SNAPSHOT, require_snapshot_step
from laholm_sociala.common.errors import RefusedError
from tests.accounts.closings import asked_for, closed
from tests.archive.snapshots import picture, requested, sent, taken, to_judge, uploaded
from tests.clock import NOW

pytestmark = pytest.mark.django_db
S = SnapshotStatus


@pytest.fixture
def by(cast):
    return cast.librarian


@pytest.mark.parametrize(("old", "new"), list(product(S, S)))
def test_every_state_against_every_other(old, new):
    if new in SNAPSHOT[old]:
        require_snapshot_step(old, new)
    else:
        with pytest.raises(RefusedError):
            require_snapshot_step(old, new)


class TestRequest:
    def test_asks_for_the_registered_address(self, account, by):
        snapshot = requested(account, by=by)
        assert (snapshot.status, snapshot.requested_url) == (S.REQUESTED, account.web_address)
        assert snapshot.history.get().history_change_reason == "Ögonblicksbilden begärdes"

    def test_what_is_under_way_is_not_asked_for_twice(self, account, by, cast):
        assert requested(account, by=by) == requested(account, by=cast.manager)
        assert requested(account, by=by, reason=SnapshotReason.CLOSING) != requested(account, by=by)

    def test_others_than_its_keepers_may_not(self, account, cast):
        with pytest.raises(PermissionDenied):
            requested(account, by=cast.outsider)

    def test_closed_account_is_refused(self, account, by):
        closed(account, by=by, manager=account.unit.manager)
        with pytest.raises(RefusedError, match="avslutat"):
            requested(account, by=by)


class TestUpload:
    def test_is_good_with_what_the_person_answers_for(self, account, by):
        snapshot = uploaded(account, by=by)
        assert (snapshot.status, snapshot.method) == (S.GOOD, SnapshotMethod.UPLOAD)
        assert (snapshot.attestation, snapshot.attested_by, snapshot.verdict_by) == ("Hela första sidan", by, by)
        assert Snapshot.objects.good().taken_since(NOW - timedelta(hours=2)).get() == snapshot

    def test_bytes_are_kept_as_they_came_and_copies_apart(self, account, by):
        files = {file.kind: file for file in uploaded(account, by=by).files.all()}
        original = files[SnapshotFileKind.UPLOAD]
        assert (original.original_name, original.size) == ("skärmbild.png", len(picture()))
        assert {files[SnapshotFileKind.SHOWN].made_from, files[SnapshotFileKind.THUMBNAIL].made_from} == {original}

    def test_sent_twice_it_is_one(self, account, by):
        form = sent()
        first = snapshots.attest_upload(account.pk, form, by=by, now=NOW)
        assert snapshots.attest_upload(account.pk, form, by=by, now=NOW) == first
        assert Snapshot.objects.count() == 1

    @pytest.mark.parametrize(
        ("lacking", "field"),
        [
            ({"files": []}, "files"),
            ({"attestation": " "}, "attestation"),
            ({"taken_at": NOW + timedelta(seconds=1)}, "taken_on"),
        ],
    )
    def test_what_is_lacking_is_said_beside_its_field(self, account, by, lacking, field):
        with pytest.raises(RefusedError) as refusal:
            uploaded(account, by=by, **lacking)
        assert refusal.value.field == field
        assert not Snapshot.objects.exists()

    def test_others_than_its_keepers_may_not(self, account, cast):
        with pytest.raises(PermissionDenied):
            uploaded(account, by=cast.outsider)


class TestCapture:
    def test_waits_for_a_verdict_before_it_counts(self, account, by, tmp_path):
        snapshot = to_judge(account, tmp_path, by=by)
        assert snapshot.status == S.TO_JUDGE
        assert not Snapshot.objects.good().exists()
        assert {file.kind for file in snapshot.files.all()} == {"screenshot", "text", "shown", "thumbnail"}

    def test_that_begins_twice_is_refused(self, account, by):
        snapshot = requested(account, by=by)
        snapshots.begin_capture(snapshot.pk, now=NOW)
        with pytest.raises(RefusedError, match="håller på"):
            snapshots.begin_capture(snapshot.pk, now=NOW)

    def test_that_failed_says_why_and_may_be_asked_for_again(self, account, by):
        snapshot = requested(account, by=by)
        snapshots.fail_capture(snapshot.pk, "Sidan svarar inte.", now=NOW)
        assert Snapshot.objects.get().failure == "Sidan svarar inte."
        assert snapshots.begin_again(snapshot.pk, by=by, now=NOW).status == S.REQUESTED

    def test_is_not_asked_for_again_beside_a_new_one(self, account, by):
        old = snapshots.fail_capture(requested(account, by=by).pk, "", now=NOW)
        requested(account, by=by)
        with pytest.raises(RefusedError, match="redan begärd"):
            snapshots.begin_again(old.pk, by=by, now=NOW)

    def test_whose_files_cannot_be_written_leaves_nothing(self, account, by, tmp_path, monkeypatch, snapshot_folder):
        snapshot = snapshots.begin_capture(requested(account, by=by).pk, now=NOW)
        before = sorted(snapshot_folder.rglob("*-*-*"))
        monkeypatch.setattr(snapshots, "keep", lambda *args, **named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            snapshots.finish_capture(snapshot.pk, taken(tmp_path), now=NOW)
        assert sorted(snapshot_folder.rglob("*-*-*")) == before
        assert Snapshot.objects.get().status == S.CAPTURING


class TestJudge:
    def test_good(self, account, by, tmp_path, cast):
        snapshot = to_judge(account, tmp_path, by=by)
        assert snapshots.judge(snapshot.pk, good=True, by=cast.manager, now=NOW).status == S.GOOD

    def test_rejected_wants_a_reason(self, account, by, tmp_path):
        snapshot = to_judge(account, tmp_path, by=by)
        with pytest.raises(RefusedError, match="Skriv vad som är fel"):
            snapshots.judge(snapshot.pk, good=False, by=by, now=NOW)
        assert snapshots.judge(snapshot.pk, good=False, reason="Halva sidan", by=by, now=NOW).status == S.REJECTED

    def test_login_page_is_no_snapshot_without_a_reason(self, account, by, tmp_path):
        snapshot = to_judge(account, tmp_path, by=by, wall="login")
        with pytest.raises(RefusedError, match="ser inte ut som kontots sida"):
            snapshots.judge(snapshot.pk, good=True, by=by, now=NOW)
        assert not Snapshot.objects.good().exists()

    def test_what_is_not_taken_is_not_good(self, account, by):
        with pytest.raises(RefusedError, match="inte tagen"):
            snapshots.judge(requested(account, by=by).pk, good=True, by=by, now=NOW)

    def test_twice_is_refused(self, account, by, tmp_path):
        snapshot = to_judge(account, tmp_path, by=by)
        snapshots.judge(snapshot.pk, good=True, by=by, now=NOW)
        with pytest.raises(RefusedError, match="redan sparad"):
            snapshots.judge(snapshot.pk, good=False, reason="Ångrar mig", by=by, now=NOW)

    def test_others_than_its_keepers_may_not(self, account, by, tmp_path, cast):
        snapshot = to_judge(account, tmp_path, by=by)
        with pytest.raises(PermissionDenied):
            snapshots.judge(snapshot.pk, good=True, by=cast.outsider_manager, now=NOW)


class TestCouldNotBeTaken:
    @pytest.fixture(autouse=True)
    def closing(self, account, by):
        return asked_for(account, by=by)

    def test_is_the_managers_word_and_no_good_snapshot(self, account, cast):
        snapshot = snapshots.could_not_be_taken(account.pk, reason="Kontot är kapat", by=cast.manager, now=NOW)
        assert (snapshot.status, snapshot.verdict_by) == (S.NOT_POSSIBLE, cast.manager)
        assert Snapshot.objects.not_possible().get() == snapshot
        assert not Snapshot.objects.good().exists()

    def test_ends_what_was_asked_for(self, account, by, cast):
        failed = requested(account, by=by, reason=SnapshotReason.CLOSING)
        snapshots.fail_capture(failed.pk, "Sidan finns inte.", now=NOW)
        assert snapshots.could_not_be_taken(account.pk, reason="Borttagen", by=cast.manager, now=NOW) == failed

    def test_nobody_but_the_manager(self, account, by, cast):
        for person in (by, cast.communicator, cast.outsider_manager):
            with pytest.raises(PermissionDenied):
                snapshots.could_not_be_taken(account.pk, reason="Kapat", by=person, now=NOW)

    def test_the_manager_above_where_the_unit_has_none(self, account, cast):
        unit = account.unit
        unit.manager = None
        unit.record(by=cast.administrator, now=NOW, reason="Chefen slutade")
        above = cast.head
        assert snapshots.could_not_be_taken(account.pk, reason="Kapat", by=above, now=NOW).verdict_by == above

    def test_wants_a_reason(self, account, cast):
        with pytest.raises(RefusedError, match="Skriv varför"):
            snapshots.could_not_be_taken(account.pk, reason=" ", by=cast.manager, now=NOW)

    def test_is_said_once(self, account, cast):
        snapshots.could_not_be_taken(account.pk, reason="Kapat", by=cast.manager, now=NOW)
        with pytest.raises(RefusedError, match="redan antecknat"):
            snapshots.could_not_be_taken(account.pk, reason="Kapat", by=cast.manager, now=NOW)

    def test_only_of_an_account_under_avveckling(self, account, by, cast, closing):
        withdraw_closing(closing.pk, by=by, now=NOW)
        with pytest.raises(RefusedError, match="inte under avveckling"):
            snapshots.could_not_be_taken(account.pk, reason="Kapat", by=cast.manager, now=NOW)


def test_who_sees_it(account, by, cast, today):
    snapshot = uploaded(account, by=by)
    sees = [person for person in vars(cast).values() if hasattr(person, "email") and hasattr(person, "_granted")]
    sees = {person.title for person in sees if Snapshot.objects.visible_to(person, today).filter(pk=snapshot.pk)}
    assert "bygglovshandläggare" not in sees
    assert {"bibliotekarie", "biblioteksassistent", "enhetschef", "kommunikatör"} <= sees
