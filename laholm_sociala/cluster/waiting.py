"""Waiting for something to come true, and for one's turn."""

import contextlib
import fcntl
import time
from collections.abc import Iterator
from pathlib import Path

from laholm_sociala.cluster.errors import REMEDIES, ClusterError

PAUSE = 0.05
LOCK_SECONDS = 120


def until(seconds: float) -> Iterator[None]:
    """Yield at once and then in small pauses, until the time is up."""
    end = time.monotonic() + seconds
    yield
    while time.monotonic() < end:
        time.sleep(PAUSE)
        yield


@contextlib.contextmanager
def one_at_a_time(lock_file: Path) -> Iterator[None]:
    """Let one process at a time start or stop a server, and put into Swedish what the disk refuses."""
    try:
        lock_file.parent.mkdir(parents=True, exist_ok=True)
        with lock_file.open("w") as lock:
            for _ in until(LOCK_SECONDS):
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
            else:
                raise ClusterError("En annan process startar eller stoppar databasen. Vänta och försök igen.")
            yield
    except OSError as error:
        remedy = REMEDIES.get(error.strerror or "", "")
        text = f"Databasen kan inte använda {error.filename or lock_file.parent}: {error.strerror}. {remedy}"
        raise ClusterError(text.strip()) from error
