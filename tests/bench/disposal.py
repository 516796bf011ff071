"""Carrying out a gallring of 10 000 posts against a plain loop that removes the same rows, its memory, and what is due.

The plain loop is what anyone would write: one transaction a post that locks it and deletes from each table, as the
tables' owner with every guard switched off, and then unlinks the files of what it removed. It writes no tombstone, no
ledger and no protocol, and asks nothing. The posts' copies stand in the database with their bytes; the board's
snapshots, one to each ten posts, have their files in the storage.
"""

import gc
import os
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, connections, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import Board
from archive.enums import DisposalStatus
from archive.models import DisposalRun, Snapshot, snapshot_storage
from archive.retention import RecordType, record_type
from archive.services import disposal_protocol, disposal_run, disposing
from archive.services.due import due
from archive.services.reach import ways
from moderation.models import Case
from tests.bench.disposal_volumes import approved, fill, lay_out_files
from tests.bench.report import Demand, Line, thousands
from tests.bench.timing import Ratio
from tests.clock import NOW, TODAY
from tests.database import TestDatabase, session, use_database

FEW: Final = 1_000
MANY: Final = 10_000
OBJECTS: Final = 200_000
LIMIT: Final = 2.0
MOST_MEMORY: Final = 1.2
ROUNDS: Final = 2
CODES: Final = ("case_personal_attack", "snapshot")


def measure_disposal(few: int = FEW, many: int = MANY, objects: int = OBJECTS) -> tuple[list[Line], list[Demand]]:
    """Return the run against the plain loop, its memory, and the queries that it takes to know what is due."""
    with databases(few, many) as (small, large):
        ratio = _against_a_plain_loop(large)
        memory = _memory(small, large, few, many)
    what = f"Gallra {thousands(many)} inlägg mot en slinga som tar bort samma rader och filer"
    return [Line(what, "", "", ratio, LIMIT)], [memory, _same_number_of_queries(few, objects)]


@contextmanager
def databases(*sizes: int) -> Iterator[list[TestDatabase]]:
    """Make a database with a decided gallring of each size; drop them afterwards. Ledger and storage are their own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        here = {**settings.STORAGES["snapshots"], "OPTIONS": {"location": str(folder / "snapshots")}}
        own = {"DISPOSAL_LEDGER": folder / "ledger.jsonl", "STORAGES": {**settings.STORAGES, "snapshots": here}}
        stack.enter_context(override_settings(**own))
        made = []
        for size in sizes:
            database = TestDatabase(f"benchdisposal{size}")
            stack.callback(database.destroy)
            database.create()
            approved(fill(size))
            use_database(database.home)
            made.append(database)
        yield made


@contextmanager
def a_copy_of(database: TestDatabase, name: str) -> Iterator[None]:
    """Use a copy of the database, with a ledger that knows of nothing and every file in its place."""
    copy = TestDatabase(name)
    settings.DISPOSAL_LEDGER.unlink(missing_ok=True)
    copy.create_as(database)
    lay_out_files()
    try:
        yield
    finally:
        copy.destroy()


def _against_a_plain_loop(database: TestDatabase) -> Ratio:
    rounds = []
    for number in range(ROUNDS):
        seconds: dict[str, float] = {}
        works: list[tuple[str, Callable[[], float]]] = [("ours", _carry_out), ("plain", _plain_loop)]
        for name, work in works if number % 2 else reversed(works):
            with a_copy_of(database, f"bench{name}"):
                seconds[name] = work()
        rounds.append(seconds["ours"] / seconds["plain"])
    return Ratio(tuple(rounds))


def _carry_out() -> float:
    """Carry the gallring out, from its beginning to its protocol; return the seconds."""
    run = DisposalRun.objects.get()
    start = perf_counter()
    disposal_run.begin(run.pk, now=NOW)
    disposing.carry_out(run.pk, clock=lambda: NOW)
    run = disposal_protocol.conclude(run.pk, now=NOW)
    seconds = perf_counter() - start
    if run.status != DisposalStatus.DONE or _something_is_left():
        raise RuntimeError("Allt gallrades inte: måttet jämför inte samma arbete.")
    return seconds


def _plain_loop() -> float:
    """Remove the same rows and files, post by post; return the seconds."""
    works = [(kind, _statements(kind)) for code in CODES if (kind := record_type(code))]
    keys = [(kind, statements, _keys(kind)) for kind, statements in works]
    start = perf_counter()
    for kind, statements, found in keys:
        lock = f"SELECT FROM {kind.model._meta.db_table} WHERE id = %s FOR UPDATE"
        for key in found:
            for name in _remove(key, lock, statements):
                os.unlink(name)  # noqa: PTH108  the floor takes the shortest way
    seconds = perf_counter() - start
    if _something_is_left():
        raise RuntimeError("Allt togs inte bort: måttet jämför inte samma arbete.")
    return seconds


def _statements(kind: RecordType) -> list[str]:
    deletions = [way for way in ways(kind) if way.statement.startswith("DELETE")]
    with session("owner") as owner:
        for way in deletions:
            owner.execute(f"ALTER TABLE {way.table_name} DISABLE TRIGGER USER")
    return [way.statement.replace("$1", "%(key)s") for way in deletions]


def _keys(kind: RecordType) -> list[UUID]:
    return list(kind.model._base_manager.order_by("pk").values_list("pk", flat=True))


def _remove(key: UUID, lock: str, statements: list[str]) -> list[str]:
    """Remove the rows, and return where the files are that went with them."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(lock, [key])
        cursor.execute("SELECT name FROM archive_snapshotfile WHERE snapshot_id = %s", [key])
        names = [snapshot_storage().path(name) for (name,) in cursor.fetchall()]
        for statement in statements:
            cursor.execute(statement, {"key": key})
    return names


def _something_is_left() -> bool:
    rows = Case.objects.exists() or Snapshot.objects.exists()
    return rows or any(path.is_file() for path in Path(snapshot_storage().location).rglob("*"))


def _memory(small: TestDatabase, large: TestDatabase, few: int, many: int) -> Demand:
    peaks = []
    for database in (small, large):
        with a_copy_of(database, "benchmemory"):
            gc.collect()
            tracemalloc.start()
            _carry_out()
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    grown = peaks[1] / peaks[0]
    found = f"{peaks[0] / 1e6:.1f} MB vid {thousands(few)}, {peaks[1] / 1e6:.1f} MB vid {thousands(many)}, {grown:.2f}"
    return Demand("Gallring, minne", found.replace(".", ","), grown <= MOST_MEMORY)


def _same_number_of_queries(few: int, many: int) -> Demand:
    numbers, seconds = [], 0.0
    for size in (few, many):
        database = TestDatabase(f"benchdue{size}")
        try:
            database.create()
            board = fill(size, whole=False)
            start = perf_counter()
            numbers.append(_queries(board, size))
            seconds = perf_counter() - start
        finally:
            database.destroy()
    found = f"{numbers[0]} frågor vid {thousands(few)}, {numbers[1]} vid {thousands(many)} ({seconds:.1f} s)"
    return Demand("Vad som kan gallras, lika många frågor", found, numbers[0] == numbers[1])


def _queries(board: Board, size: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        found = due(board, TODAY)
    if found.total_due < size:
        raise RuntimeError(f"Bara {found.total_due} av {size} kan gallras: måttet räknar inte samma sak.")
    return len(captured)
