"""The process that a capture runs under: `python -m archive.capture.supervisor <connection>`, started by `apart`.

It forks the one that captures, sees how long it takes and what it and its browser weigh, and ends them all: when they
are done, when they take too much, and when whoever asked is gone. So no page can hang or fill the worker.
"""

import os
import shutil
import sys
import time
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Final, NoReturn

from archive.capture import processes
from archive.capture.evidence import CaptureError, Job, Step

LOOK_SECONDS: Final = 0.2
TOO_LONG: Final = "Sidan blev aldrig klar. Skicka egna skärmbilder i stället."
TOO_HEAVY: Final = "Sidan tar för mycket minne för att sparas av portalen. Skicka egna skärmbilder i stället."
BROKEN: Final = "Något gick fel i webbläsaren. Försök igen, eller skicka egna skärmbilder."


class _NobodyAsksError(Exception):
    """The other end of the connection is gone."""


def main() -> None:
    """Do one capture, and leave nothing behind that runs."""
    with Connection(int(sys.argv[1])) as connection:
        job: Job = connection.recv()
        processes.adopt_orphans()
        processes.be_first_to_go()
        supervisor = os.getpid()
        capturing = os.fork()
        if not capturing:
            processes.die_with(supervisor)
            _capture(job, connection)
        try:
            _watch(capturing, job, connection)
        except CaptureError as error:
            processes.end_descendants()
            with suppress(OSError):
                connection.send(error)
        except _NobodyAsksError:
            processes.end_descendants()
            shutil.rmtree(job.folder, ignore_errors=True)
        finally:
            processes.end_descendants()


def _watch(capturing: int, job: Job, connection: Connection) -> None:
    """Return when the one that captures has ended, by itself or killed by somebody."""
    until = time.monotonic() + job.limits.whole
    while capturing not in set(processes.bury()):
        # Nothing is sent this way once the job is: what can be read is the end.
        if connection.poll(LOOK_SECONDS):
            raise _NobodyAsksError
        if time.monotonic() > until:
            raise CaptureError(TOO_LONG)
        if processes.weight(processes.descendants(os.getpid())) > job.limits.most_memory:
            raise CaptureError(TOO_HEAVY)


def _capture(job: Job, connection: Connection) -> NoReturn:
    try:
        from archive.capture.taking import capture  # the supervisor itself has no use for a browser

        answer: object = capture(
            job.url,
            job.folder,
            guard=job.make_guard(job.documents),
            on_progress=lambda viewport, step: connection.send(Step(viewport, step)),
            limits=job.limits,
            portal_version=job.portal_version,
        )
    except CaptureError as error:
        answer = error
    except Exception:
        traceback.print_exc()
        answer = CaptureError(BROKEN)
    with suppress(OSError):
        connection.send(answer)
    os._exit(0)


if __name__ == "__main__":
    main()
