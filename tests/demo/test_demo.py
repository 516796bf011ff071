"""`manage.py demo` for real: a process of its own, a folder of its own, a port of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from laholm_sociala.cluster import Cluster
from laholm_sociala.cluster.binaries import find_binaries

PROJECT = Path(__file__).resolve().parents[2]
FROM_TESTS = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "STATIC_FROM_SOURCE",
    "DATABASE_POOL",
    "DISPOSAL_LEDGER",
)
# The first start makes the whole municipality, and a busy machine takes its time: so long at the most is waited.
SECONDS = 240

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(sys.platform != "linux", reason="asks /proc who lives"),
]


class Demo:
    """The running command, and a browser without a screen."""

    def __init__(self, var: Path, port: int) -> None:
        self.var, self.port = var, port
        self.url = f"http://127.0.0.1:{port}"
        self.output = var.parent / f"output-{time.monotonic_ns()}"
        self.process = start(var, port, self.output)
        self._browser = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def wait_until_it_says(self, words: str) -> str:
        for _ in patiently():
            said = self.output.read_text(encoding="utf-8")
            if words in said:
                return said
            assert self.process.poll() is None, said
        raise AssertionError(self.output.read_text(encoding="utf-8"))

    def get(self, path: str) -> BeautifulSoup:
        return self._read(self.url + path)

    def press(self, page: BeautifulSoup, button: str) -> BeautifulSoup:
        """Send the form whose button has these words."""
        form = next(form for form in page.select("form") if button in form.get_text(" ", strip=True))
        values = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
        return self._read(self.url + form["action"], urllib.parse.urlencode(values).encode())

    def _read(self, url: str, data: bytes | None = None) -> BeautifulSoup:
        request = urllib.request.Request(url, data, {"Referer": self.url + "/"})
        with self._browser.open(request, timeout=20) as answer:
            return BeautifulSoup(answer.read(), "html.parser")

    def is_silent(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) != 0

    def processes(self) -> set[int]:
        """Return the pids of everything that runs for this folder."""
        return {pid for pid in living() if str(self.var).encode() in surroundings(pid)} - {os.getpid()}


def start(var: Path, port: int, output: Path) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in FROM_TESTS}
    environment |= {"LAHOLM_VAR": str(var), "DEMO": "0", "LOG_LEVEL": "WARNING"}
    command = [sys.executable, PROJECT / "manage.py", "demo", "--port", str(port)]
    with output.open("wb") as file:
        return subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=file, stderr=subprocess.STDOUT)


def patiently():
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        yield
        time.sleep(0.1)


def living() -> set[int]:
    return {int(folder.name) for folder in Path("/proc").glob("[0-9]*")}


def surroundings(pid: int) -> bytes:
    """Return the process's environment and command line, or nothing when it is gone or a zombie."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes() + Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """The folder that every start in this file shares, so that the municipality is made once."""
    folder = tmp_path_factory.mktemp("demo") / "var"
    yield folder
    Cluster(folder / "postgres", find_binaries()).stop()


@pytest.fixture(scope="module")
def running(var):
    demo = Demo(var, free_port())
    yield demo
    if demo.process.poll() is None:
        demo.process.kill()
        demo.process.wait()


def test_says_where_who_and_how_to_stop(running):
    said = running.wait_until_it_says("Stoppa med Ctrl-C")
    assert f"Laholm Sociala är igång: {running.url}/" in said
    assert re.search(r"Första svaret kom efter \d+ sekunder\.", said)
    assert "Exempelkommunen är på plats." in said
    assert re.search(r"Bibliotekarie, biblioteket +Fyller i Bilaga 1", said)
    assert f"{running.url}/demo/brev/" in said


def test_one_click_signs_in(running):
    page = running.press(running.get("/logga-in/"), "Logga in som Enhetschef, biblioteket")
    assert "Läsklubben i Laholm på Instagram" in page.get_text()


def test_worker_sends_mail_that_can_be_read(running):
    for _ in patiently():
        letters = running.get("/demo/brev/").select("li h2 a")
        if any("Läsklubben" in letter.get_text() for letter in letters):
            break
    else:
        raise AssertionError(running.get("/demo/brev/"))
    letter = next(letter for letter in letters if "Läsklubben" in letter.get_text())
    assert f"{running.url}/uppstarter/" in running.get(letter["href"]).select_one(".demo-letter-text a")["href"]


def test_second_demo_in_the_same_folder_says_where_the_first_is(running, tmp_path):
    output = tmp_path / "output"
    assert start(running.var, free_port(), output).wait(SECONDS) == 0
    assert output.read_text(encoding="utf-8").strip() == f"Demon är redan igång: {running.url}/"
    assert running.get("/konton/")


def test_worker_that_dies_is_started_again(running):
    (worker,) = [pid for pid in running.processes() if b"procrastinate" in surroundings(pid)]
    os.kill(worker, signal.SIGKILL)
    running.wait_until_it_says("Arbetaren har stannat och startas om.")


def test_starts_again_with_data_kept_after_everything_is_killed(running, var):
    before = running.get("/konton/").get_text()
    running.process.kill()
    running.process.wait()
    os.kill(int((var / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    for _ in patiently():  # web and worker die with their parent
        if running.is_silent() and not running.processes():
            break
    again = Demo(var, running.port)
    try:
        said = again.wait_until_it_says("Stoppa med Ctrl-C")
        assert "Exempelkommunen är på plats." not in said
        assert again.get("/konton/").get_text() == before
        again.process.send_signal(signal.SIGTERM)
        assert again.process.wait(SECONDS) == 0
    finally:
        again.process.kill()
    assert "Allt är stoppat." in again.output.read_text(encoding="utf-8")
    assert again.is_silent()
    assert again.processes() == set()
    assert not (var / "postgres" / "postmaster.pid").exists()
