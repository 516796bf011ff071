"""A capture in a process of its own: what a page can do to it, and what dies with whom."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

from archive.capture.apart import capture_apart
from archive.capture.evidence import Capture, CaptureError, Job, Limits
from archive.capture.processes import descendants
from tests.archive.capture.web import ACCOUNT, guard_of, two_webs

QUICK = Limits(settle=0.3, scroll=3)
WORDS = "<p>Välkommen till Laholms bibliotek, öppet till klockan 18"
ENDLESS = f"{WORDS}<script>setTimeout(() => {{ for (;;); }}, 100)</script>"
GREEDY = f"""{WORDS}<script>
const kept = [];
setInterval(() => kept.push(new Uint8Array(64 * 1024 * 1024).fill(1)), 5);
</script>"""
PATIENCE = 90


@pytest.fixture
def public() -> Iterator:
    with two_webs() as (_private, public):
        public.pages["/"] = WORDS
        yield public


@pytest.fixture
def job(public) -> Iterator[Job]:
    url = f"http://{ACCOUNT}:{public.port}/"
    # Among the system's temporary folders, as the worker's: a test's own is too deep for Chromium's socket.
    with TemporaryDirectory(prefix="ogonblicksbild-", ignore_cleanup_errors=True) as folder:
        yield Job(url, Path(folder), frozenset({ACCOUNT}), partial(guard_of, public.port), QUICK)


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """Fail when anything that this process started goes on after its capture."""
    before = set(descendants(os.getpid()))
    yield
    assert set(descendants(os.getpid())) <= before


def capturing_process() -> int:
    """The supervisor's child, once the browser runs under it."""
    return within(lambda: next((child for child in mine() if "chromium" in programs(child)), None))


def mine() -> list[int]:
    supervisors = [child for child in descendants(os.getpid()) if "archive.capture.supervisor" in command(child)]
    return supervisors[1:]  # the first one is the supervisor itself


def programs(ancestor: int) -> str:
    return " ".join(map(command, descendants(ancestor)))


def command(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_text(errors="replace")
    return ""


def within(found: Callable[[], object]) -> object:
    until = time.monotonic() + PATIENCE
    while not (answer := found()):
        assert time.monotonic() < until
        time.sleep(0.05)
    return answer


class Meanwhile:
    """A capture that goes on in a thread while the test does something to it."""

    def __init__(self, job: Job) -> None:
        self.outcome: Capture | CaptureError | None = None
        self._thread = Thread(target=self._run, args=[job])
        self._thread.start()

    def _run(self, job: Job) -> None:
        try:
            self.outcome = capture_apart(job)
        except CaptureError as error:
            self.outcome = error

    def end(self) -> Capture | CaptureError | None:
        self._thread.join()
        return self.outcome


def test_comes_back_with_what_was_seen_and_tells_how_far_it_is(job, public):
    told: list[tuple[str, str]] = []
    taken = capture_apart(job, lambda *step: told.append(step))
    assert [view.final_url for view in taken.views] == [job.url, job.url]
    assert all(picture.path.is_file() for view in taken.views for picture in view.pictures)
    assert [viewport for viewport, step in told if step == "done"] == ["desktop", "mobile"]
    assert public.asked.count("/") == 2


def test_what_is_refused_comes_back_as_a_sentence(job):
    with pytest.raises(CaptureError, match="registrerade adress"):
        capture_apart(replace(job, url="http://127.0.0.1/"))


def test_an_error_is_no_picture(job, public):
    public.pages["/"] = (503, {"Content-Type": "text/html"}, b"<p>Fullt")
    with pytest.raises(CaptureError, match="felet 503"):
        capture_apart(job)


def test_a_script_without_end_ends(job, public):
    public.pages["/"] = ENDLESS
    with pytest.raises(CaptureError, match="blev aldrig klar"):
        capture_apart(replace(job, limits=replace(QUICK, whole=4)))


def test_a_page_that_eats_memory_is_stopped(job, public):
    public.pages["/"] = GREEDY
    limits = replace(QUICK, scroll=20, settle=5, most_memory=700 * 1024 * 1024)
    with pytest.raises(CaptureError, match="för mycket minne"):
        capture_apart(replace(job, limits=limits))


@pytest.mark.parametrize("whom", ["the one that captures", "its supervisor"])
def test_a_killed_process_is_a_clear_failure(job, public, whom):
    public.pages["/"] = ENDLESS
    capturing = Meanwhile(job)
    process = capturing_process()
    supervisor = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(process if whom == "the one that captures" else supervisor, signal.SIGKILL)
    assert "Något avbröt portalen" in str(capturing.end())


WORKER = """
import sys
from functools import partial
from pathlib import Path
from archive.capture.apart import capture_apart
from archive.capture.evidence import Job
from tests.archive.capture.web import ACCOUNT, guard_of
port, folder = int(sys.argv[1]), Path(sys.argv[2])
capture_apart(Job(f"http://{ACCOUNT}:{port}/", folder, frozenset({ACCOUNT}), partial(guard_of, port)))
"""


def test_all_ends_with_the_worker_and_no_file_is_left(job, public):
    public.pages["/"] = ENDLESS
    with subprocess.Popen([sys.executable, "-c", WORKER, str(public.port), str(job.folder)]) as worker:
        try:
            within(lambda: "chromium" in programs(worker.pid))
            started = descendants(worker.pid)
        finally:
            worker.kill()
    within(lambda: not [process for process in started if Path(f"/proc/{process}").exists()])
    assert not job.folder.exists()


def test_the_browser_knows_none_of_the_portals_secrets(job, public, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hemlig-nyckel")
    public.pages["/"] = ENDLESS
    capturing = Meanwhile(job)
    process = capturing_process()
    seen = b"".join(Path(f"/proc/{one}/environ").read_bytes() for one in [process, *descendants(process)])
    os.kill(process, signal.SIGKILL)
    capturing.end()
    assert b"PATH=" in seen
    assert b"hemlig-nyckel" not in seen
    assert b"DATABASE_URL" not in seen
