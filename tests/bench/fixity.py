"""Reading the snapshots' files anew: against a plain loop that reads and hashes the same, in memory that stays flat."""

import hashlib
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive.enums import SnapshotFileKind, SnapshotReason
from archive.services.fixity import check_storage
from archive.services.keeping import BLOCK, keep, keeping_files
from archive.services.snapshots import request_snapshot
from tests.bench.report import Demand, Line
from tests.bench.timing import in_turn
from tests.cast import gather_cast
from tests.database import TestDatabase
from tests.factories import AccountFactory

MEGABYTE: Final = 1024 * 1024
# At least 0.8 of the plain loop's speed.
LIMIT: Final = 1 / 0.8
FILES: Final = 120
# What reading a large file may take more than reading a small one.
FLAT: Final = 4 * MEGABYTE


def measure_fixity() -> tuple[list[Line], list[Demand]]:
    """Measure files of one megabyte and of eight, and the memory that one of 64 takes."""
    return [_against_plain_loop(FILES, MEGABYTE), _against_plain_loop(FILES // 6, 8 * MEGABYTE)], [_flat_memory()]


def _against_plain_loop(number: int, size: int) -> Line:
    with _kept(number, size) as folder:
        paths = [path for path in folder.rglob("*") if path.is_file()]

        def check() -> None:
            found = check_storage(clock=timezone.now, everything=True)
            if (found.read, found.faults) != (number, 0):
                raise AssertionError(found)

        with CaptureQueriesContext(connection) as asked:
            check()
        times = in_turn({"check": check, "loop": lambda: [_hash(path) for path in paths]})
    what = f"Läsa om {number} filer på {size // MEGABYTE} MB mot en slinga"
    return Line(what, "", f"{len(asked)} (0)", times.ratio("check", "loop"), LIMIT)


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while block := opened.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _flat_memory() -> Demand:
    peaks = {}
    for size in (MEGABYTE, 64 * MEGABYTE):
        with _kept(1, size):
            check_storage(clock=timezone.now, everything=True)
            tracemalloc.start()
            check_storage(clock=timezone.now, everything=True)
            _now, peaks[size] = tracemalloc.get_traced_memory()
            tracemalloc.stop()
    small, large = peaks.values()
    found = f"{small / MEGABYTE:.1f} och {large / MEGABYTE:.1f} MB".replace(".", ",")
    return Demand("Minne när en fil på 1 och på 64 MB läses", found, large - small <= FLAT)


@contextmanager
def _kept(number: int, size: int) -> Iterator[Path]:
    """Keep so many files of that size, in a folder and a database of their own."""
    database = TestDatabase("benchfixity")
    with TemporaryDirectory() as folder:
        here = {**settings.STORAGES["snapshots"], "OPTIONS": {"location": folder}}
        with override_settings(STORAGES={**settings.STORAGES, "snapshots": here}):
            database.create()
            try:
                _keep(number, size)
                yield Path(folder)
            finally:
                database.destroy()


def _keep(number: int, size: int) -> None:
    now, by = timezone.now(), gather_cast().librarian
    account = AccountFactory(active=True, unit=by.unit, responsible=by)
    snapshot = request_snapshot(account.pk, reason=SnapshotReason.YEARLY, by=by, now=now)
    random = Random(number)
    with keeping_files():
        for position in range(number):
            keep(
                random.randbytes(size),
                snapshot=snapshot,
                kind=SnapshotFileKind.UPLOAD,
                content_type="image/png",
                position=position,
                now=now,
            )
