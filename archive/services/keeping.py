"""The one door to the files of snapshots: hashed as they are written, there only with their rows (R19, R23)."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from io import SEEK_SET, BytesIO
from typing import IO, Final, cast
from uuid import uuid4

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from archive.enums import SnapshotFileKind
from archive.models import Snapshot, SnapshotFile, snapshot_storage

logger = logging.getLogger(__name__)

BLOCK: Final = 1024 * 1024
# So small that it stays near the processor between being read and being hashed.
PIECE: Final = 256 * 1024

_written: ContextVar[list[str] | None] = ContextVar("written", default=None)


@contextmanager
def keeping_files() -> Iterator[None]:
    """Open the transaction in which `keep` may be called; when it rolls back the files that were written go too.

    Use it as a decorator in place of `transaction.atomic`. It is the outermost transaction: raises RuntimeError
    inside another one, whose rolling back it would not see. What a power cut leaves behind is found by the check of
    the storage.
    """
    token = _written.set([])
    try:
        with transaction.atomic(durable=True):
            yield
    except BaseException:
        _remove_those_without_rows(_written.get() or [])
        raise
    finally:
        _written.reset(token)


def keep(
    content: bytes | IO[bytes],
    *,
    snapshot: Snapshot,
    kind: SnapshotFileKind,
    content_type: str,
    now: datetime,
    viewport: str = "",
    position: int = 0,
    original_name: str = "",
    width: int | None = None,
    height: int | None = None,
    made_from: SnapshotFile | None = None,
) -> SnapshotFile:
    """Write a file to the storage and its row to the database, and return the row.

    `content` is the bytes, or a file opened for reading in binary, read once: size and SHA-256 are those of the very
    bytes that were handed to the storage. `width` and `height` are in pixels. Raises RuntimeError outside
    `keeping_files`, OSError when the storage does not hold what it was given; the database refuses a file of a
    snapshot that is judged.
    """
    written = _written.get()
    if written is None:
        raise RuntimeError("keep() anropas inom keeping_files(), så att filen försvinner om raden gör det.")
    hashing = _Hashing(BytesIO(content) if isinstance(content, bytes) else content)
    name = f"{timezone.localtime(now):%Y/%m}/{uuid4()}"
    # Before it is written: what stops half-way has a file too.
    written.append(name)
    saved = snapshot_storage().save(name, File(cast("IO[bytes]", hashing), name=name))
    if saved != name:
        written.append(saved)
    if snapshot_storage().size(saved) != hashing.counted:
        raise OSError(f"Filen {saved} blev inte hel i lagringen.")
    return SnapshotFile.objects.create(
        snapshot=snapshot,
        kind=kind,
        viewport=viewport,
        position=position,
        name=saved,
        original_name=original_name[:200],
        content_type=content_type,
        size=hashing.counted,
        sha256=hashing.sha256,
        width=width,
        height=height,
        written_at=now,
        made_from=made_from,
    )


def read(file: SnapshotFile) -> Iterator[bytes]:
    """Yield the file's bytes in blocks. Raises FileNotFoundError when it is not in the storage."""
    with snapshot_storage().open(file.name, "rb") as opened:
        while block := opened.read(BLOCK):
            yield block


def read_anew(file: SnapshotFile) -> Iterator[memoryview]:
    """Yield the file's bytes in pieces, each there until the next one is asked for. Raises as `read`.

    All pieces lie in the same memory, in turn: a file is hashed about a third faster than in new blocks.
    """
    piece = memoryview(bytearray(PIECE))
    with snapshot_storage().open(file.name, "rb") as opened:
        # A storage of another make may have files that cannot do this.
        if not hasattr(opened, "readinto"):
            yield from (memoryview(block) for block in iter(partial(opened.read, BLOCK), b""))
            return
        while counted := opened.readinto(piece):
            yield piece[:counted]


def _remove_those_without_rows(names: list[str]) -> None:
    # An error after the commit ends up here too: what has its row is kept.
    there = set(SnapshotFile.objects.filter(name__in=names).values_list("name", flat=True)) if names else set()
    for name in names:
        if name in there:
            continue
        try:
            snapshot_storage().delete(name)
        except Exception:  # the check of the storage finds it; the error that brought us here is what matters
            logger.exception("Filen %s kunde inte tas bort ur lagringen.", name)


class _Hashing:
    """A file that counts and hashes what is read from it. Read again from the beginning it begins again."""

    closed = False

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._begin()

    def _begin(self) -> None:
        self._digest = hashlib.sha256()
        self.counted = 0

    @property
    def sha256(self) -> str:
        """The fingerprint of what was read, as hexadecimal digits."""
        return self._digest.hexdigest()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        block = self._source.read(size)
        self._digest.update(block)
        self.counted += len(block)
        return block

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Go back to the beginning; nothing else would be hashed once and whole."""
        if offset or whence != SEEK_SET:
            raise OSError("Filen läses från början till slut.")
        self._begin()
        return self._source.seek(0)

    def seekable(self) -> bool:
        """Tell storages that would look for the end first that they cannot."""
        return False

    def tell(self) -> int:
        """Return how much was read."""
        return self.counted
