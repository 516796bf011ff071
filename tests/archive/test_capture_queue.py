"""Real workers: a page that takes its time holds up no mail, and a machine opens one page at a time (R19)."""

import threading
import time
from contextlib import suppress

import pytest
from django.db import connection

from archive.enums import SnapshotReason, SnapshotStatus
from archive.models import Snapshot
from archive.services import capturing
from laholm_sociala.common.mail import send_later
from tests.clock import NOW
from tests.factories import AccountFactory, platform
from tests.jobs import run_worker, waiting_jobs

pytestmark = pytest.mark.django_db(transaction=True)
# So long the page takes, unless what it waits for happens before.
AT_MOST = 20.0


def ask(account, by):
    return capturing.ask(account.pk, reason=SnapshotReason.YEARLY, by=by, now=NOW)


def slowly(monkeypatch, browser, wait):
    """Let a page be open for as long as `wait` says; return what it said each time."""
    told, take = [], capturing.capture_apart

    def capture_apart(job, on_progress):
        told.append(wait())
        return take(job, on_progress)

    monkeypatch.setattr(capturing, "capture_apart", capture_apart)
    return told


class TestAMail:
    @pytest.fixture
    def went_while_open(self, open_account, cast, browser, monkeypatch, mail_server, letter):
        """Do one capture and one mail; tell whether the mail went while the page was open."""

        def do(at_once, patience=AT_MOST):
            def wait():
                until = time.monotonic() + patience
                while not mail_server.messages and time.monotonic() < until:
                    time.sleep(0.02)
                return bool(mail_server.messages)

            told = slowly(monkeypatch, browser, wait)
            ask(open_account, cast.librarian)
            send_later(to=["a@laholm.example"], subject="Prov", template=letter, context={}, now=NOW)
            run_worker(concurrency=at_once)
            assert Snapshot.objects.get().status == SnapshotStatus.TO_JUDGE
            assert len(mail_server.messages) == 1
            return told

        return do

    def test_goes_while_a_page_is_open(self, went_while_open):
        assert went_while_open(at_once=3) == [True]

    def test_where_one_thing_is_done_at_a_time_it_would_wait(self, went_while_open):
        assert went_while_open(at_once=1, patience=0.5) == [False]


class TestTwoPages:
    @pytest.fixture
    def together(self, open_account, cast, browser, monkeypatch):
        """Have two pages captured by a worker that does three things at once; tell whether they were open together."""
        other = AccountFactory(
            active=True, platform=platform("bluesky"), handle="annan", unit=cast.library, responsible=cast.librarian
        )

        def do(patience):
            meeting = threading.Barrier(2)

            def wait():
                with suppress(threading.BrokenBarrierError):
                    meeting.wait(patience)
                    return True
                return False

            told = slowly(monkeypatch, browser, wait)
            while waiting_jobs(capturing.TASK):
                run_worker(concurrency=3)
            assert Snapshot.objects.to_judge().count() == 2
            return told

        for account in (open_account, other):
            ask(account, cast.librarian)
        return do

    def test_are_never_open_together(self, together):
        assert together(patience=0.5) == [False, False]

    def test_without_the_queues_lock_they_would_be(self, together):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET lock = NULL")
        assert together(patience=AT_MOST) == [True, True]


def test_pictures_stand_in_a_queue_of_their_own(open_account, cast, browser):
    ask(open_account, cast.librarian)
    run_worker(queues=["default"])
    assert Snapshot.objects.get().status == SnapshotStatus.REQUESTED
    run_worker(queues=["captures"])
    assert Snapshot.objects.get().status == SnapshotStatus.TO_JUDGE
