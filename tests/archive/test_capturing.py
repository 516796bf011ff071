"""The portal takes pictures: asked for, taken in a process of its own, lost and taken up again (R19, R20)."""

import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError

from accounts.models import Account
from accounts.services.platforms import change_platform
from archive.capture.apart import INTERRUPTED
from archive.capture.evidence import CaptureError
from archive.enums import SnapshotReason, SnapshotStatus
from archive.models import Snapshot
from archive.services import capturing, snapshots
from archive.services.snapshots import STANDARD_FAILURE
from archive.tasks import rescue_captures
from laholm_sociala.common.errors import RefusedError
from tests.accounts.closings import closed
from tests.accounts.test_platforms_service import details_of
from tests.clock import NOW
from tests.factories import AccountFactory, platform
from tests.jobs import perform_waiting_jobs, waiting_jobs
from tests.race import PATIENCE, losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db
S = SnapshotStatus
YEARLY = SnapshotReason.YEARLY


@pytest.fixture
def account(open_account) -> Account:
    return open_account


@pytest.fixture
def asked(account, cast) -> Snapshot:
    return capturing.ask(account.pk, reason=YEARLY, by=cast.librarian, now=NOW)


def take(snapshot: Snapshot) -> Snapshot:
    capturing.take(snapshot.pk, clock=lambda: NOW)
    return Snapshot.objects.get(pk=snapshot.pk)


class TestAsk:
    def test_waits_for_the_worker(self, asked):
        assert asked.status == S.REQUESTED
        assert [job.args for job in waiting_jobs("capture_snapshot")] == [{"snapshot_id": str(asked.pk)}]

    def test_twice_it_is_one(self, asked, account, cast):
        assert capturing.ask(account.pk, reason=YEARLY, by=cast.manager, now=NOW) == asked
        assert len(waiting_jobs("capture_snapshot")) == 1

    def test_what_waits_for_a_verdict_is_not_taken_again(self, asked, account, cast, browser):
        perform_waiting_jobs()
        assert capturing.ask(account.pk, reason=YEARLY, by=cast.manager, now=NOW) == asked
        assert waiting_jobs("capture_snapshot") == []

    @pytest.mark.parametrize("code", ["facebook", "instagram", "linkedin", "tiktok", "x", "threads"])
    def test_platform_that_shows_nothing_to_a_visitor_is_refused(self, cast, code):
        walled = AccountFactory(
            active=True, platform=platform(code), handle="laholm", unit=cast.library, responsible=cast.librarian
        )
        with pytest.raises(RefusedError, match="Skicka egna skärmbilder"):
            capturing.ask(walled.pk, reason=YEARLY, by=cast.librarian, now=NOW)
        assert not Snapshot.objects.exists()

    @pytest.mark.parametrize("code", ["youtube", "bluesky", "mastodon"])
    def test_others_are_open(self, code):
        assert capturing.can_be_captured(AccountFactory.build(platform=platform(code), handle="laholm"))

    def test_which_are_open_is_kommunikationsenhetens_word(self, account, cast):
        change_platform(
            account.platform_id, replace(details_of("bluesky"), open_to_visitors=False), by=cast.communicator, now=NOW
        )
        with pytest.raises(RefusedError, match="visar inte sidan för den som inte är inloggad"):
            capturing.ask(account.pk, reason=YEARLY, by=cast.librarian, now=NOW)

    def test_others_than_its_keepers_may_not(self, account, cast):
        with pytest.raises(PermissionDenied):
            capturing.ask(account.pk, reason=YEARLY, by=cast.outsider, now=NOW)
        assert waiting_jobs("capture_snapshot") == []


class TestTake:
    def test_waits_for_a_verdict_with_all_that_was_seen(self, asked, browser):
        snapshot = take(asked)
        assert (snapshot.status, snapshot.taken_at, snapshot.http_status) == (S.TO_JUDGE, NOW, 200)
        kept = snapshot.files.filter(made_from__isnull=True)
        assert sorted((file.viewport, file.kind, file.position) for file in kept) == [
            ("desktop", "dom", 0),
            ("desktop", "text", 0),
            ("desktop", "tile", 0),
            ("desktop", "tile", 1),
            ("mobile", "dom", 0),
            ("mobile", "screenshot", 0),
            ("mobile", "text", 0),
        ]
        assert snapshot.files.filter(kind="thumbnail").count() == 3
        assert not Snapshot.objects.good().exists()

    def test_evidence_says_how(self, asked, browser):
        evidence = take(asked).evidence
        assert evidence["images"] == {"loaded": 11, "total": 12}
        assert evidence["redirects"] == ["https://bsky.app/"]
        assert evidence["viewports"] == {"Dator": "1280 × 900", "Telefon": "390 × 844"}
        assert set(evidence["versions"]) == {"chromium", "playwright", "portal"}
        assert evidence["views"]["mobile"]["http_status"] == 200

    def test_opens_the_registered_address_and_stays_with_its_hosts(self, asked, browser, account):
        take(asked)
        (job,) = browser.jobs
        assert job.url == account.web_address
        assert job.documents == {"bsky.app", "www.bsky.app", "m.bsky.app"}
        assert job.portal_version == "0.2.0"
        assert not Path(job.folder).exists()

    @pytest.mark.parametrize("wall", ["login", "cookies", "blank"])
    def test_what_stood_in_the_way_is_kept_and_nothing_counts(self, asked, browser, cast, wall):
        browser.answers = {"wall": wall}
        snapshot = take(asked)
        assert snapshot.wall == wall
        with pytest.raises(RefusedError, match="ser inte ut som kontots sida"):
            snapshots.judge(snapshot.pk, good=True, by=cast.librarian, now=NOW)
        assert not Snapshot.objects.good().exists()

    def test_failure_is_told_in_its_own_words(self, asked, browser):
        browser.answers = CaptureError("Servern saknar webbläsaren Chromium. Skicka egna skärmbilder i stället.")
        snapshot = take(asked)
        assert snapshot.status == S.FAILED
        assert snapshot.failure.startswith("Servern saknar webbläsaren Chromium.")

    def test_an_error_of_ours_is_told_in_general_and_raised(self, asked, browser):
        browser.answers = ZeroDivisionError("hemligt")
        with pytest.raises(ZeroDivisionError):
            take(asked)
        assert Snapshot.objects.get().failure == STANDARD_FAILURE

    def test_files_that_cannot_be_kept_leave_a_failure_and_no_file(self, asked, browser, monkeypatch):
        monkeypatch.setattr(snapshots, "keep", lambda *_given, **_named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take(asked)
        assert Snapshot.objects.get().status == S.FAILED
        assert not Snapshot.objects.get().files.exists()

    def test_account_that_moved_is_not_opened(self, asked, account, cast, browser):
        account.web_address = "https://bsky.app/profile/annan"
        account.record(by=cast.communicator, now=NOW, reason="Prov")
        assert "har ändrats" in take(asked).failure
        assert browser.jobs == []

    def test_account_that_was_closed_is_not_opened(self, asked, account, cast, browser):
        closed(account, by=cast.librarian, manager=account.unit.manager)
        assert "avslutat" in take(asked).failure
        assert browser.jobs == []

    def test_again_does_nothing(self, asked, browser):
        assert take(asked).status == S.TO_JUDGE
        assert take(asked).status == S.TO_JUDGE
        assert len(browser.jobs) == 1

    def test_how_far_it_is(self, asked, browser):
        assert capturing.step_of(asked) is None
        begun = snapshots.begin_capture(asked.pk, now=NOW)
        capturing._note(asked.pk, "mobile", "picture")
        assert capturing.step_of(begun) == ("mobile", "picture")
        assert capturing.step_of(take(asked)) is None


class TestLost:
    """The worker was killed (kill -9): the snapshot stands as being taken."""

    @pytest.fixture
    def left(self, asked):
        return snapshots.begin_capture(asked.pk, now=NOW)

    def test_its_job_takes_it_up_again(self, left, browser):
        assert take(left).status == S.TO_JUDGE
        steps = list(left.history.order_by("history_id").values_list("status", flat=True))
        assert steps == [S.REQUESTED, S.CAPTURING, S.REQUESTED, S.CAPTURING, S.TO_JUDGE]

    def test_one_whose_job_is_gone_is_given_a_new_one(self, left, browser):
        perform_waiting_jobs()
        assert Snapshot.objects.get().status == S.TO_JUDGE

    def test_rescue_leaves_what_has_a_job_and_finds_what_has_none(self, left):
        assert capturing.rescue(now=NOW) == []
        (job,) = waiting_jobs("capture_snapshot")
        type(job).objects.filter(pk=job.pk)._raw_delete("default")
        assert capturing.rescue(now=NOW) == [left.pk]
        assert len(waiting_jobs("capture_snapshot")) == 1
        rescue_captures(timestamp=0)
        assert len(waiting_jobs("capture_snapshot")) == 1

    def test_page_that_brings_the_worker_down_each_time_is_given_up(self, left, browser):
        for _time in range(capturing.MOST_TRIES - 1):
            snapshots.begin_again(left.pk, now=NOW)
            snapshots.begin_capture(left.pk, now=NOW)
        snapshot = take(left)
        assert (snapshot.status, snapshot.failure) == (S.FAILED, capturing.GIVEN_UP)
        assert browser.jobs == []

    def test_a_person_may_ask_again_and_it_is_tried_anew(self, left, browser, cast):
        self.test_page_that_brings_the_worker_down_each_time_is_given_up(left, browser)
        capturing.ask_again(left.pk, by=cast.librarian, now=NOW)
        assert take(left).status == S.TO_JUDGE

    def test_what_is_taken_just_now_is_not_asked_for_again(self, left, cast):
        with pytest.raises(RefusedError, match="håller på att tas"):
            capturing.ask_again(left.pk, by=cast.librarian, now=NOW)

    def test_a_worker_that_was_taken_for_dead_changes_nothing(self, left, browser, monkeypatch):
        whole = browser.capture_apart

        def the_other_was_first(job, on_progress):
            snapshots.fail_capture(left.pk, INTERRUPTED, now=NOW)
            return whole(job, on_progress)

        monkeypatch.setattr(capturing, "capture_apart", the_other_was_first)
        assert take(left).failure == INTERRUPTED
        assert not left.files.exists()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture
    def both_ask(self, account, cast, monkeypatch):
        """Two ask when neither has written anything yet."""
        meet_at(monkeypatch, snapshots, "_begun", afterwards=True)
        ask = partial(capturing.ask, account.pk, reason=YEARLY, now=NOW)
        return lambda: winners(race(partial(ask, by=cast.librarian), partial(ask, by=cast.manager)))

    def test_two_who_ask_get_the_same(self, both_ask):
        first, second = both_ask()
        assert first == second
        assert len(waiting_jobs("capture_snapshot")) == 1

    def test_without_the_lock_one_would_fail(self, both_ask, monkeypatch):
        take_the_lock_away(monkeypatch)
        assert len(both_ask()) == 1

    @pytest.fixture
    def two_workers(self, asked, browser, monkeypatch):
        """Two have the same job, as when one was taken for dead: both have the page open, and come back at once."""
        both_open, first_is_in, take = threading.Barrier(2), threading.Event(), capturing.capture_apart

        def open_beside_the_other(job, on_progress):
            first_is_in.set()
            both_open.wait(PATIENCE)
            return take(job, on_progress)

        def second():
            first_is_in.wait(PATIENCE)
            capturing.take(asked.pk, clock=lambda: NOW)

        monkeypatch.setattr(capturing, "capture_apart", open_beside_the_other)
        meet_at(monkeypatch, snapshots, "keep")
        return lambda: race(lambda: capturing.take(asked.pk, clock=lambda: NOW), second)

    def test_two_workers_with_the_same_job_keep_one_picture(self, two_workers, asked):
        assert losers(two_workers()) == []
        assert Snapshot.objects.get().status == S.TO_JUDGE
        assert asked.files.filter(kind="thumbnail").count() == 3

    def test_without_the_lock_one_worker_would_end_in_an_error(self, two_workers, monkeypatch):
        take_the_lock_away(monkeypatch)
        (error,) = losers(two_workers())
        assert isinstance(error, DatabaseError)
