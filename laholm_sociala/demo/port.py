"""Whether the port is free, and whether it is our own demo that has it."""

import fcntl
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from laholm_sociala.demo.environment import HOST, address
from laholm_sociala.demo.errors import DemoError

PATIENCE = 5  # seconds: processes of a demo that was killed need a moment to let go
PORTS = range(1, 65536)


class AlreadyRunningError(Exception):
    """The demo runs already; the message is its address."""


@contextmanager
def only_demo(folder: Path, port: int) -> Iterator[None]:
    """Be the only demo of this folder. Raises AlreadyRunningError with the address of the one that runs."""
    folder.mkdir(parents=True, exist_ok=True)
    # A lock, unlike a pid in a file, ends with its process however that dies.
    with (folder / "demo-lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise AlreadyRunningError(lock.read().strip()) from None
        lock.truncate(0)
        lock.write(address(port))
        lock.flush()
        yield


def require_free(port: int) -> None:
    """Raise DemoError when something else listens at the port."""
    if port not in PORTS:
        raise DemoError("Porten ska vara ett tal mellan 1 och 65535.")
    end = time.monotonic() + PATIENCE
    while (error := _refusal(port)) is not None:
        if isinstance(error, PermissionError):
            raise DemoError(f"Port {port} får bara administratören använda. Välj en över 1023 med --port.")
        if time.monotonic() > end:
            raise DemoError(
                f"Port {port} är upptagen av ett annat program. Stäng det, "
                f"eller välj en annan port: python manage.py demo --port {port + 1 if port + 1 in PORTS else 8001}"
            )
        time.sleep(0.2)


def _refusal(port: int) -> OSError | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            return error
    return None
