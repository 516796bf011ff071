"""The demo's child processes: started, watched, started again, and never left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from laholm_sociala.demo.errors import DemoError

PR_SET_PDEATHSIG = 1  # <sys/prctl.h>
STOP_SECONDS = 8
QUICK = 15  # seconds: one that dies within this time of its start died at once
MOST_QUICK_DEATHS = 3
LAST_LINES = 8


class Child:
    """One child process and its log. `name` is what a person calls it, with a definite ending."""

    def __init__(self, name: str, command: Sequence[str], folder: Path, log: Path, extra: Mapping[str, str]) -> None:
        self.name = name
        self.log = log
        self._command = command
        self._folder = folder
        self._environment = {**os.environ, **extra}
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._quick_deaths = 0

    def start(self) -> None:
        """Start the process. Call from the main thread: the kernel ties the child's life to the thread."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # our own programs
                self._command,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C comes to the parent alone, which stops them in order
                preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509  # there are no locks to inherit yet
            )
        self._started_at = time.monotonic()

    @property
    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def start_again(self) -> None:
        """Start a process that died. Raises DemoError, with the end of its log, when it keeps dying."""
        quick = time.monotonic() - self._started_at < QUICK
        self._quick_deaths = self._quick_deaths + 1 if quick else 1
        if self._quick_deaths >= MOST_QUICK_DEATHS:
            raise DemoError(
                f"{self.name} stannar gång på gång. Allt stoppas. Loggen finns i {self.log}:\n{self._tail()}"
            )
        self.start()

    def stop(self) -> None:
        """Stop the process, kindly first."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _tail(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        return "\n".join(f"    {line}" for line in lines)


def _die_with(parent: int) -> Callable[[], None] | None:
    """Return what a child does first: ask the kernel to be stopped when its parent dies, even by kill -9."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died while we asked
            os._exit(1)

    return ask
