"""The server's log file."""

import os
from pathlib import Path
from typing import IO

LARGEST = 10_000_000
TAIL = 8_000


class ServerLog:
    """A log that remembers where the present start began, and starts over when it grows large."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._beginning = 0

    def begin(self) -> None:
        """Note that what is written from now on belongs to a new start."""
        size = self.path.stat().st_size if self.path.exists() else 0
        if size > LARGEST:
            self.path.unlink()
        self._beginning = 0 if size > LARGEST else size

    def open(self) -> IO[bytes]:
        """Open the log for a server to write to, readable by its owner only."""
        return os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")

    def tail(self) -> str:
        """Return the end of what the present start has written."""
        if not self.path.exists():
            return ""
        with self.path.open("rb") as file:
            file.seek(max(self._beginning, self.path.stat().st_size - TAIL))
            return file.read().decode(errors="replace")
