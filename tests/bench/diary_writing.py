"""Registering: against one plain row in a transaction of its own, and by several at once without a gap."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.db import connection, connections, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Board, User
from archive.models import Matter
from archive.services.diary import register_document
from archive.services.diary_check import faults
from laholm_sociala.cluster.binaries import find_binaries
from laholm_sociala.cluster.project import var_folder
from laholm_sociala.cluster.server import Cluster
from laholm_sociala.common.models import Mail
from tests.archive.factories import SeriesFactory, document, entry, matter, registrar_of
from tests.bench.report import Demand, Line
from tests.bench.timing import in_turn
from tests.cast import gather_cast
from tests.database import ALIASES, TestDatabase

LIMIT: Final = 6.0
WRITES_EACH: Final = 25
# One in so many is rolled back: it must not leave a hole behind.
ROLLED_BACK: Final = 5


def register_against_insert() -> Line:
    """Return how many times as long as one plain row in a transaction of its own a registered handling takes."""
    with on_disk(), _diary() as (board, by):
        now = timezone.now()
        opened, said = matter(board, by=by), entry(dated_on=timezone.localdate(now))

        def register() -> None:
            register_document(opened.pk, said, by=by, now=now)

        def insert() -> None:
            with transaction.atomic():
                Mail.objects.create(to=[], message_id=uuid4(), created_at=now, subject=said.subject, text=said.text)

        asked = f"{_statements(register)} ({_statements(insert)})"
        times = in_turn({"register": register, "insert": insert})
    return Line("Registrera en handling mot en rad", "", asked, times.ratio("register", "insert"), LIMIT)


def no_gap(writers: int) -> Demand:
    """Tell whether so many who register at once, some of them in vain, get numbers in a row."""
    with _diary() as (board, by):
        start = threading.Barrier(writers)
        with ThreadPoolExecutor(writers) as threads:
            for done in [threads.submit(_write, board, by, start) for _ in range(writers)]:
                done.result()
        numbers = sorted(Matter.objects.values_list("number", flat=True))
        kept = writers * WRITES_EACH * (ROLLED_BACK - 1) // ROLLED_BACK
        wrong = list(faults())
    holds = numbers == list(range(1, kept + 1)) and not wrong
    return Demand(f"{writers} som registrerar samtidigt", f"{len(numbers)} ärenden, {len(wrong)} fel", holds)


def _write(board: Board, by: User, start: threading.Barrier) -> None:
    try:
        start.wait()
        for number in range(WRITES_EACH):
            with transaction.atomic():
                document(board, by=by)
                transaction.set_rollback(number % ROLLED_BACK == 0)
    finally:
        connections.close_all()


def _statements(work: Callable[[], None]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


@contextmanager
def on_disk() -> Iterator[None]:
    """Use a server that keeps what is committed, as in service: the tests' own forgets it when the power goes."""
    cluster = Cluster(var_folder() / "postgres-bench", find_binaries())
    cluster.start()
    places = [place for alias in ALIASES for place in (settings.DATABASES[alias], connections[alias].settings_dict)]
    before = [(place, place["HOST"]) for place in places]
    connections.close_all()
    try:
        for place in places:
            place["HOST"] = str(cluster.socket_folder)
        yield
    finally:
        connections.close_all()
        for place, host in before:
            place["HOST"] = host
        cluster.stop()


@contextmanager
def _diary() -> Iterator[tuple[Board, User]]:
    """Make a diarium with its registrator, and a ledger that knows of no other."""
    with TemporaryDirectory() as folder, override_settings(DISPOSAL_LEDGER=Path(folder) / "ledger.jsonl"):
        yield from _in_a_database_of_its_own()


def _in_a_database_of_its_own() -> Iterator[tuple[Board, User]]:
    database = TestDatabase("benchregister")
    database.create()
    try:
        with transaction.atomic():
            board = gather_cast().culture_board
            SeriesFactory(board=board)
            registrar = registrar_of(board)
        yield board, registrar
    finally:
        database.destroy()
