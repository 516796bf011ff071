"""The ledger: a file outside the database and its backup that is only ever added to (R18).

Each line is JSON with a sequence, and carries the SHA-256 of the line before: a line that is changed or taken away
breaks the chain. Pure: knows nothing of the database.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

FIRST_PREVIOUS: Final = "0" * 64
BLOCK: Final = 1 << 16


class LedgerError(Exception):
    """The ledger cannot be read, or its chain is broken. The message is a Swedish sentence."""


@dataclass(frozen=True)
class Line:
    """One line. `entry` is the key of the row that it was written from."""

    sequence: int
    entry: str
    kind: str
    at: str
    content: dict[str, Any]
    previous: str

    @property
    def sha256(self) -> str:
        """The fingerprint of the whole line, that the next one carries."""
        return hashlib.sha256(self.as_text().encode()).hexdigest()

    def as_text(self) -> str:
        """Return the line as it stands in the file: the same text for the same content."""
        return json.dumps(self.__dict__, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_line(text: bytes) -> Line:
    """Read a line as it stands in the file. Raises LedgerError for anything else."""
    try:
        line = Line(**json.loads(text))
    except (ValueError, TypeError) as error:
        raise LedgerError("Gallringsliggaren har en rad som inte går att läsa.") from error
    if line.as_text().encode() != text:
        raise LedgerError(f"Rad {line.sequence} i gallringsliggaren är ändrad.")
    return line


class Ledger:
    """The file at a path. Processes that write take turns; what is written is on the disk when `append` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def locked(self) -> Iterator["OpenLedger"]:
        """Open it for writing, alone. A line that was cut off by a crash was never told of, and is taken away."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            _cut_half_a_line(file)
            yield OpenLedger(file)

    def after(self, sequence: int) -> list[Line]:
        """Return the lines from `sequence`, that one included where there is one, oldest first."""
        return list(reversed(list(self._backwards(sequence))))

    def last(self) -> Line | None:
        """Return the last whole line, or None where there is none."""
        return next(self._all_backwards(), None)

    def lines(self) -> Iterator[Line]:
        """Yield every line, and see to it that the chain holds. Raises LedgerError where it breaks."""
        previous, sequence = FIRST_PREVIOUS, 0
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            for text in file:
                if not text.endswith(b"\n"):
                    return
                line = read_line(text[:-1])
                if (line.previous, line.sequence) != (previous, sequence + 1):
                    raise LedgerError(f"Gallringsliggarens kedja är bruten vid rad {line.sequence}.")
                previous, sequence = line.sha256, line.sequence
                yield line

    def _backwards(self, sequence: int) -> Iterator[Line]:
        newer: Line | None = None
        for line in self._all_backwards():
            if newer is not None and (newer.previous, newer.sequence) != (line.sha256, line.sequence + 1):
                raise LedgerError(f"Gallringsliggarens kedja är bruten vid rad {newer.sequence}.")
            if line.sequence < sequence:
                return
            yield line
            newer = line

    def _all_backwards(self) -> Iterator[Line]:
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            for text in _whole_lines_backwards(file):
                yield read_line(text)


class OpenLedger:
    """A ledger that this process alone writes in."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def append(self, last: Line | None, rows: Sequence[tuple[str, str, str, dict[str, Any]]]) -> list[Line]:
        """Add lines of (entry, kind, at, content) after the last, and put them on the disk before returning them."""
        lines: list[Line] = []
        for entry, kind, at, content in rows:
            last = Line(
                sequence=last.sequence + 1 if last else 1,
                entry=entry,
                kind=kind,
                at=at,
                content=content,
                previous=last.sha256 if last else FIRST_PREVIOUS,
            )
            lines.append(last)
        self._file.write(b"".join(line.as_text().encode() + b"\n" for line in lines))
        self._file.flush()
        os.fsync(self._file.fileno())
        return lines


def _cut_half_a_line(file: BinaryIO) -> None:
    end = file.seek(0, os.SEEK_END)
    position, tail = end, b""
    while position and b"\n" not in tail:
        start = max(0, position - BLOCK)
        file.seek(start)
        tail = file.read(position - start)
        whole = tail.rfind(b"\n")
        if whole >= 0:
            position = start + whole + 1
            break
        position = start
    if position < end:
        file.truncate(position)


def _whole_lines_backwards(file: BinaryIO) -> Iterator[bytes]:
    position = file.seek(0, os.SEEK_END)
    rest, is_first = b"", True
    while position:
        start = max(0, position - BLOCK)
        file.seek(start)
        pieces = (file.read(position - start) + rest).split(b"\n")
        position, rest = start, pieces[0]
        for piece in reversed(pieces[1:]):
            # What follows the last line feed is half a line, or nothing.
            if not is_first:
                yield piece
            is_first = False
    if rest and not is_first:
        yield rest
