"""Numbers under concurrency: real threads, real rollbacks, a writer killed in the middle."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from archive.models import Document, Matter
from archive.services import diary, entries
from archive.services.diary_check import faults
from tests.archive.factories import document, entry, matter
from tests.clock import NOW
from tests.race import meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, EACH = 4, 10


def register_many(board, registrar, start):
    start.wait()
    try:
        for attempt in range(EACH):
            with transaction.atomic():
                document(board, by=registrar)
                transaction.set_rollback(attempt % 5 == 4)
    finally:
        connections.close_all()


def all_at_once(board, registrar):
    start = threading.Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as threads:
        for done in [threads.submit(register_many, board, registrar, start) for _ in range(THREADS)]:
            done.result(60)


def test_no_gap_with_rollbacks_and_many_writers(cast, registrar):
    all_at_once(cast.culture_board, registrar)
    kept = THREADS * EACH * 4 // 5
    assert sorted(Matter.objects.values_list("number", flat=True)) == list(range(1, kept + 1))
    assert list(faults()) == []


def test_a_sequence_in_its_place_leaves_gaps(cast, registrar, owner, monkeypatch):
    owner.execute("CREATE SEQUENCE careless; GRANT USAGE ON SEQUENCE careless TO PUBLIC")
    owner.commit()

    def careless(series, *, now):
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('careless')")
            return now.year, cursor.fetchone()[0]

    monkeypatch.setattr(entries, "next_number", careless)
    all_at_once(cast.culture_board, registrar)
    found = sorted(Matter.objects.values_list("number", flat=True))
    assert found != list(range(1, len(found) + 1))


def test_two_handlingar_in_one_matter_get_two_numbers(cast, registrar, monkeypatch):
    made = matter(cast.culture_board, by=registrar)
    meet_at(monkeypatch, entries, "last_number")
    register = lambda: diary.register_document(made.pk, entry(), by=registrar, now=NOW)  # noqa: E731
    assert sorted(found.number for found in winners(race(register, register))) == [1, 2]


def test_without_the_lock_one_would_fail(cast, registrar, monkeypatch):
    made = matter(cast.culture_board, by=registrar)
    meet_at(monkeypatch, entries, "last_number", afterwards=True)
    take_the_lock_away(monkeypatch)
    register = lambda: diary.register_document(made.pk, entry(), by=registrar, now=NOW)  # noqa: E731
    assert len(winners(race(register, register))) == 1


def test_the_same_source_at_once_becomes_one_handling(cast, registrar, monkeypatch):
    made = matter(cast.culture_board, by=registrar)
    meet_at(monkeypatch, entries, "_registered")
    register = lambda: diary.register_document(made.pk, entry(source_ref="case:1"), by=registrar, now=NOW)  # noqa: E731
    assert len({found.pk for found in winners(race(register, register))}) == 1
    assert Document.objects.count() == 1


def test_writer_killed_between_number_and_document_leaves_nothing(cast, registrar, settings):
    matter(cast.culture_board, by=registrar)
    kill_between_number_and_document(cast.culture_board, registrar, settings, together="transaction.atomic()")
    assert str(document(cast.culture_board, by=registrar)) == "KUN-SM 2026-000002-1"
    assert list(faults()) == []
    assert Matter.objects.filter(documents=None).count() == 1


def test_without_the_one_transaction_it_leaves_a_matter_without_handling(cast, registrar, settings):
    kill_between_number_and_document(cast.culture_board, registrar, settings, together="nullcontext()")
    assert str(Matter.objects.get(documents=None)) == "KUN-SM 2026-000001"
    assert str(document(cast.culture_board, by=registrar)) == "KUN-SM 2026-000002-1"


def test_a_number_committed_before_its_record_leaves_a_gap_that_is_found(cast, registrar, settings):
    kill_between_number_and_document(cast.culture_board, registrar, settings, together="nullcontext()", at="record")
    assert not Matter.objects.exists()
    assert list(faults()) == ["KUN-SM 2026-000001 saknas"]


# As the page for a new handling registers it: the ärende with its number, then the handling. `at`: killed before the
# ärende itself is written, with its number taken, or before its handling is.
KILLED = """
import os, sys
from contextlib import nullcontext
from pathlib import Path
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
settings.DISPOSAL_LEDGER = Path(os.environ["TEST_LEDGER"])
import django
django.setup()
from django.db import transaction
from django.utils import timezone
from accounts.models import Board, User
from archive.models import Series
from archive.services import diary, entries
from archive.services.numbers import next_number

def stop_here(*arguments, **named):
    print("numbered", flush=True)
    sys.stdin.read()

board, by = Board.objects.get(pk=os.environ["TEST_BOARD"]), User.objects.get(pk=os.environ["TEST_USER"])
who = {{"by": by, "now": timezone.now()}}
with {together}:
    if "{at}" == "record":
        with transaction.atomic():
            next_number(Series.objects.get(board=board), now=who["now"])
        stop_here()
    opened = diary.open_matter(board, entries.Opening("Synpunkt"), **who)
    stop_here()
"""


def kill_between_number_and_document(board, registrar, settings, *, together, at="document"):
    environment = {
        "TEST_DATABASE": settings.DATABASES["default"]["NAME"],
        "TEST_LEDGER": str(settings.DISPOSAL_LEDGER),
        "TEST_BOARD": str(board.pk),
        "TEST_USER": str(registrar.pk),
    }
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED.format(together=together, at=at)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **environment},
        text=True,
    )
    assert child.stdout.readline() == "numbered\n"
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=20)
