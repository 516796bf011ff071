"""Start the whole portal on one's own computer, watch over it, and stop it cleanly."""

import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from laholm_sociala.cluster import Cluster, ClusterError, default_cluster
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.demo import municipality
from laholm_sociala.demo.announcement import announcement
from laholm_sociala.demo.children import Child
from laholm_sociala.demo.environment import HOST, address
from laholm_sociala.demo.errors import DemoError
from laholm_sociala.demo.mail_catcher import MailCatcher
from laholm_sociala.demo.port import only_demo, require_free
from laholm_sociala.demo.start_over import put_aside_what_is_left

FIRST_ANSWER_SECONDS = 90
PAUSE = 0.3
DATABASE_LOOK = 3  # seconds between two looks at the database


class Supervisor:
    """The running demo: database, mail catcher, web server and worker."""

    def __init__(self, port: int, say: Callable[[str], None]) -> None:
        self.port = port
        self.say = say
        self.address = address(port)
        self.cluster = _own_cluster()
        self._catcher = MailCatcher()
        self._children: list[Child] = []
        self._database_looked_at = 0.0

    def run(self) -> None:
        """Run until Ctrl-C or a stop signal. Raises DemoError when the demo cannot go on."""
        with ExitStack() as stack:
            stack.enter_context(_stop_signals())
            stack.enter_context(only_demo(settings.VAR_DIR, self.port))
            stack.callback(self._stop)
            require_free(self.port)
            try:
                self._start()
                while True:
                    self._watch()
                    time.sleep(PAUSE)
            except KeyboardInterrupt:
                self.say("\nStoppar …")

    def _start(self) -> None:
        self.say("Startar …")
        call_command("migrate", verbosity=0, interactive=False)
        self._start_over_where_the_database_is_new()
        try:
            if municipality.fill(timezone.now()):
                self.say("Exempelkommunen är på plats.")
        except RefusedError as error:
            raise DemoError(str(error)) from error
        self._catcher.start()
        self._add(self._web())
        self._wait_for_first_answer()
        self.say(announcement(self.address, time.time() - _started_at()))
        municipality.make_files(timezone.now())
        _let_go_of_database()
        self._add(self._worker())

    def _start_over_where_the_database_is_new(self) -> None:
        aside = put_aside_what_is_left(settings.VAR_DIR, timezone.now()) if self.cluster else None
        if aside:
            self.say(f"Databasen är ny. Det som hörde till den förra ligger i {aside}.")

    def _add(self, child: Child) -> None:
        child.log.unlink(missing_ok=True)
        child.start()
        self._children.append(child)

    def _web(self) -> Child:
        command = ["gunicorn", "laholm_sociala.wsgi", "--bind", f"{HOST}:{self.port}", "--threads", "8"]
        return self._child("Webbservern", "demo-web.log", [*command, "--no-control-socket", "--graceful-timeout", "3"])

    def _worker(self) -> Child:
        # Several at once, as docs/drift.md says: no mail waits for a page that is being captured.
        command = ["django", "procrastinate", "worker", "--concurrency", "3", "--shutdown-graceful-timeout", "5"]
        return self._child("Arbetaren", "demo-worker.log", command)

    def _child(self, name: str, log: str, module: list[str]) -> Child:
        extra = {
            "DJANGO_SETTINGS_MODULE": "laholm_sociala.settings",
            "EMAIL_HOST": HOST,
            "EMAIL_PORT": str(self._catcher.port),
            "EMAIL_HOST_USER": "",
            "EMAIL_USE_TLS": "0",
            "PYTHONUNBUFFERED": "1",
        }
        return Child(name, [sys.executable, "-m", *module], Path(settings.BASE_DIR), settings.VAR_DIR / log, extra)

    def _wait_for_first_answer(self) -> None:
        end = time.monotonic() + FIRST_ANSWER_SECONDS
        while not _answers(self.address):
            if time.monotonic() > end:
                raise DemoError(f"Portalen svarar inte. Loggen finns i {settings.VAR_DIR / 'demo-web.log'}.")
            self._watch()
            time.sleep(0.05)

    def _watch(self) -> None:
        """Start again what has died, and say so: the demo is never half alive in silence."""
        dead = [child for child in self._children if not child.is_alive]
        # The database first: it is often why the others died.
        if dead or time.monotonic() - self._database_looked_at > DATABASE_LOOK:
            self._keep_database()
        if not self._catcher.is_running:
            raise DemoError("Demons brevlåda har stannat. Allt stoppas. Starta igen.")
        for child in dead:
            self.say(f"{child.name} har stannat och startas om.")
            child.start_again()

    def _keep_database(self) -> None:
        if self.cluster and not self.cluster.is_ready():
            self.say("Databasen svarar inte och startas om.")
            self.cluster.start()
        self._database_looked_at = time.monotonic()

    def _stop(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C would leave something behind
        for child in self._children:
            child.stop()
        self._catcher.stop()
        _let_go_of_database()
        if self.cluster:
            self.cluster.stop()
        self.say("Allt är stoppat.")


@contextmanager
def _stop_signals() -> Iterator[None]:
    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _own_cluster() -> Cluster | None:
    """Return the project's own cluster when it is the one in use, and so ours to stop."""
    try:
        cluster = default_cluster()
    except ClusterError:
        return None
    return cluster if os.environ.get("DATABASE_URL") == cluster.url("laholm_portal") else None


def _answers(url: str) -> bool:
    # No proxy: the environment of an office computer often names one for everything.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/", timeout=20) as answer:
            return bool(answer.status < 400)
    except urllib.error.HTTPError as error:
        if error.code >= 500:
            raise DemoError(f"Portalen svarar med fel {error.code}. Se demo-web.log.") from error
        return True
    except OSError:
        return False


def _started_at() -> float:
    """Return when the person pressed Enter, as the Makefile noted it, else when this process began."""
    noted = os.environ.get("LAHOLM_STARTED", "")
    return float(noted) if noted.isdigit() else _PROCESS_STARTED


def _let_go_of_database() -> None:
    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]


_PROCESS_STARTED = time.time() - time.process_time()
