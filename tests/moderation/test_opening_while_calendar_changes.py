"""A post logged at the very moment the calendar is saved is measured by the new one (R12)."""

import threading
from contextlib import suppress

import pytest

from accounts.models import CalendarVersion
from accounts.services import calendar, limits
from moderation.models import Case
from moderation.services import opening
from tests.clock import NOW
from tests.moderation.factories import library_account, log_post
from tests.race import MEETING, race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both(cast, monkeypatch):
    """Save a calendar and log a post: the one waits for the other where it has written and not committed."""
    account, current = library_account(cast), limits.calendar_now()
    meeting, moved = threading.Barrier(2), threading.Event()

    def meet():
        with suppress(threading.BrokenBarrierError):
            meeting.wait(MEETING)

    write, move = opening._write, calendar.move_deadlines

    def write_and_meet(*given, **named):
        written = write(*given, **named)
        meet()
        moved.wait(MEETING)  # and commits only once the other has moved what it could see
        return written

    def meet_and_move(**named):
        meet()
        try:
            return move(**named)
        finally:
            moved.set()

    monkeypatch.setattr(opening, "_write", write_and_meet)
    monkeypatch.setattr(calendar, "move_deadlines", meet_and_move)
    closed = calendar.with_day(current.content, NOW.date(), hours=[], label="Klämdag")

    def save():
        return calendar.save_calendar(closed, seen=current.number, by=cast.communicator, now=NOW)

    return save, lambda: log_post(account)


def test_whichever_is_first(both):
    outcomes = race(*both)
    assert all(outcome.succeeded for outcome in outcomes), outcomes
    assert Case.objects.get().calendar_version == CalendarVersion.objects.latest("number")


def test_without_the_shared_lock_it_would_be_missed(both, monkeypatch):
    monkeypatch.setattr(limits, "_wait_for_those_who_measure", lambda: None)
    race(*both)
    assert Case.objects.get().calendar_version != CalendarVersion.objects.latest("number")
