"""Two people at the same moment: real threads, real connections, real transactions.

For tests marked `@pytest.mark.django_db(transaction=True)`.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, connections

PATIENCE = 90  # seconds for all of it; on a busy machine two PDF files take half of them
# How long the one who holds the lock waits for the other, who cannot come; without a lock both come, some day.
MEETING = 0.4
MEETING_WITHOUT_LOCK = PATIENCE / 2


@dataclass(frozen=True)
class Outcome:
    """What became of one call: its answer, or the exception that it ended in."""

    answer: Any = None
    error: BaseException | None = None

    @property
    def succeeded(self) -> bool:
        return self.error is None


def race(*calls: Callable[[], Any]) -> list[Outcome]:
    """Run the calls at once, each in a thread and a connection of its own; return their outcomes in order."""
    start = threading.Barrier(len(calls), timeout=PATIENCE)

    def run(call: Callable[[], Any]) -> Outcome:
        try:
            connection.ensure_connection()
            start.wait()
            return Outcome(answer=call())
        except Exception as error:
            return Outcome(error=error)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return [future.result(PATIENCE) for future in [threads.submit(run, call) for call in calls]]


def winners(outcomes: list[Outcome]) -> list[Any]:
    """Return the answers of those who got through."""
    return [outcome.answer for outcome in outcomes if outcome.succeeded]


def losers(outcomes: list[Outcome]) -> list[BaseException]:
    """Return the errors of those who did not."""
    return [outcome.error for outcome in outcomes if outcome.error is not None]


def meet_at(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, *, afterwards: bool = False) -> None:
    """Make racing threads wait for each other where they call `owner.name`, so that the race is never missed.

    Where a lock lets in one at a time the other cannot come, and the first goes on after a moment. They meet once;
    `afterwards` when both have the answer of the call, and neither has gone on with it.
    """
    original = getattr(owner, name)
    meeting = threading.Barrier(2)
    met = threading.Event()

    def wait_and_call(*arguments: Any, **named: Any) -> Any:
        answer = original(*arguments, **named) if afterwards else None
        if not met.is_set():
            with suppress(threading.BrokenBarrierError):
                meeting.wait(MEETING)
                met.set()
        return answer if afterwards else original(*arguments, **named)

    monkeypatch.setattr(owner, name, wait_and_call)


def take_the_lock_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn `select_for_update` into nothing, to prove that a race test sees what the lock is there for."""
    from django.db.models import QuerySet

    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **options: self.all())
    monkeypatch.setitem(globals(), "MEETING", MEETING_WITHOUT_LOCK)
