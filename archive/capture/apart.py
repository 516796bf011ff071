"""A capture in a process of its own, with an end, a limit for its memory and none of the portal's secrets."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from pickle import UnpicklingError
from typing import Final

from archive.capture.evidence import Capture, CaptureError, Job, Progress, Step

PROJECT: Final = Path(__file__).resolve().parents[2]
# What a browser needs of its surroundings. The portal's keys and its database's address are not among them.
PASSED_ON: Final = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "PLAYWRIGHT_NODEJS_PATH")
# The supervisor keeps the time; this is for one that does not answer either.
GRACE_SECONDS: Final = 20
INTERRUPTED: Final = "Något avbröt portalen medan bilden togs. Försök igen, eller skicka egna skärmbilder."


def capture_apart(job: Job, on_progress: Progress = lambda _viewport, _step: None) -> Capture:
    """Do a capture in a process of its own, leave its files in the job's folder, and return what was seen.

    Raises CaptureError with a Swedish sentence when it comes to nothing: also when it takes longer or weighs more than
    the job's limits, and when its process is killed. Nothing that it started is left running, whatever happens; not
    when this very process is killed either.
    """
    ours, theirs = Pipe()
    with ours:
        with theirs:
            supervisor = _start(theirs, job.folder)
        try:
            return _follow(ours, job, on_progress)
        finally:
            ours.close()  # which tells the supervisor to make an end
            _see_it_gone(supervisor)


def _start(theirs: Connection, folder: Path) -> subprocess.Popen:
    known = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-m", "archive.capture.supervisor", str(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        cwd=PROJECT,
        # What the browser writes beside its pictures goes with their folder.
        env={**known, "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def _follow(ours: Connection, job: Job, on_progress: Progress) -> Capture:
    """Read until all who could write are gone: first then nobody does anything more with the files."""
    until = time.monotonic() + job.limits.whole + GRACE_SECONDS
    taken: Capture | None = None
    with suppress(OSError, EOFError, UnpicklingError):
        ours.send(job)
        while ours.poll(max(0.0, until - time.monotonic())):
            told = ours.recv()
            if isinstance(told, CaptureError):
                raise told
            if isinstance(told, Capture):
                taken = told
            elif isinstance(told, Step):
                on_progress(told.viewport, told.step)
    if taken is None:
        raise CaptureError(INTERRUPTED)
    return taken


def _see_it_gone(supervisor: subprocess.Popen) -> None:
    with suppress(subprocess.TimeoutExpired):
        supervisor.wait(GRACE_SECONDS)
    supervisor.kill()
    supervisor.wait()
