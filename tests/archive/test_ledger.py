"""The ledger outside the database: complete, chained, and the portal's door when the database is older (R18)."""

import json
from functools import partial

import pytest
from django.db import DatabaseError, transaction

from archive.enums import LedgerKind
from archive.ledger import Ledger, LedgerError
from archive.models import LedgerEntry
from archive.services import ledger as service
from archive.services.ledger import BehindError
from laholm_sociala.gate import CLOSED, Gate
from tests.archive.factories import SeriesFactory, matter, registrar_of
from tests.clock import NOW
from tests.race import race


@pytest.fixture(autouse=True)
def path(settings, tmp_path):
    settings.DISPOSAL_LEDGER = tmp_path / "elsewhere" / "ledger.jsonl"
    return settings.DISPOSAL_LEDGER


def note(number=1, **options):
    service.note(LedgerKind.NUMBER, {"last": number}, now=NOW, **options)


def contents(path):
    return [line.content for line in Ledger(path).lines()]


# The file


def test_each_line_carries_the_one_before(path):
    ledger = Ledger(path)
    with ledger.locked() as file:
        first, second = file.append(None, [("a", "number", "nu", {"ö": 1}), ("b", "number", "nu", {})])
    with ledger.locked() as file:
        (third,) = file.append(second, [("c", "number", "nu", {})])
    assert list(ledger.lines()) == [first, second, third]
    assert (first.sequence, second.previous, third.previous) == (1, first.sha256, second.sha256)
    assert ledger.last() == third
    assert ledger.after(2) == [second, third]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: [lines[0].replace("1", "7", 1), *lines[1:]],
        lambda lines: [lines[0], lines[2]],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [json.dumps(json.loads(lines[0])), *lines[1:]],
        lambda lines: ["inte json", *lines[1:]],
    ],
    ids=["changed", "taken away", "moved", "written otherwise", "not a line"],
)
def test_a_broken_chain_is_found(path, spoil):
    with Ledger(path).locked() as file:
        file.append(None, [(str(number), "number", "nu", {}) for number in range(3)])
    path.write_text("\n".join(spoil(path.read_text().splitlines())) + "\n")
    with pytest.raises(LedgerError):
        list(Ledger(path).lines())


def test_half_a_line_was_never_told_of(path):
    ledger = Ledger(path)
    with ledger.locked() as file:
        (first,) = file.append(None, [("a", "number", "nu", {})])
    with path.open("a") as file:
        file.write('{"half": ')
    assert ledger.last() == first
    assert list(ledger.lines()) == [first]
    with ledger.locked() as file:
        (second,) = file.append(first, [("b", "number", "nu", {})])
    assert list(ledger.lines()) == [first, second]


def test_a_line_longer_than_what_is_read_at_once(path):
    ledger = Ledger(path)
    with ledger.locked() as file:
        lines = file.append(None, [(str(number), "number", "nu", {"x": "å" * 100_000}) for number in range(3)])
    assert ledger.after(2) == lines[1:]
    assert ledger.last() == lines[2]


# What is written, and when


@pytest.mark.django_db
def test_a_number_in_the_diarium_is_noted_with_it(cast):
    board = SeriesFactory(board=cast.library.board).board
    opened = matter(board, by=registrar_of(board))
    (entry,) = LedgerEntry.objects.all()
    assert entry.content == {"series": str(opened.series_id), "year": 2026, "last": 1}
    assert entry.sequence is None


@pytest.mark.django_db(transaction=True)
def test_is_written_when_the_change_is_committed_and_never_before(cast, path):
    board = SeriesFactory(board=cast.library.board).board
    registrar = registrar_of(board)
    with transaction.atomic():
        matter(board, by=registrar)
        assert not path.exists()
    assert [content["last"] for content in contents(path)] == [1]
    with transaction.atomic():
        matter(board, by=registrar)
        transaction.set_rollback(True)
    assert [content["last"] for content in contents(path)] == [1]
    assert LedgerEntry.objects.get().sequence == 1


@pytest.mark.django_db
def test_what_waits_is_written_once():
    note(1, write=False)
    note(2, write=False)
    assert service.write_waiting() == 2
    assert service.write_waiting() == 0


@pytest.mark.django_db
def test_a_crash_before_the_file_is_written_loses_nothing(path):
    note(1, write=False)
    assert not path.exists()
    service.write_waiting()
    assert contents(path) == [{"last": 1}]


@pytest.mark.django_db
def test_a_crash_between_the_file_and_the_mark_writes_no_line_twice(monkeypatch, path):
    note(1, write=False)

    def die(lines):
        if lines:
            raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(service, "_mark", die)
        with pytest.raises(SystemExit):
            service.write_waiting()
    note(2, write=False)
    service.write_waiting()
    assert contents(path) == [{"last": 1}, {"last": 2}]
    assert list(LedgerEntry.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2]


@pytest.mark.django_db
def test_a_full_disk_stops_nobody(monkeypatch, caplog, path):
    path.parent.mkdir()
    path.mkdir()
    note(1, write=False)
    service.write_after_commit()
    assert "Raderna väntar i databasen" in caplog.text
    path.rmdir()
    assert service.write_waiting() == 1


@pytest.mark.django_db(transaction=True)
def test_processes_take_turns(path):
    @transaction.atomic
    def one(number):
        note(number)

    race(*(partial(one, number) for number in range(6)))
    assert sorted(content["last"] for content in contents(path)) == list(range(6))
    assert not LedgerEntry.objects.filter(sequence__isnull=True).exists()


@pytest.mark.django_db
def test_postgresql_keeps_the_entries():
    note(1, write=False)
    service.write_waiting()
    for change in (
        lambda: LedgerEntry.objects.all().delete(),
        lambda: LedgerEntry.objects.update(sequence=9),
        lambda: LedgerEntry.objects.update(content={}),
    ):
        with pytest.raises(DatabaseError, match="bevaras som de är"), transaction.atomic():
            change()


# The door


@pytest.fixture
def restored(db):
    """Note one line that the database keeps and two that a restore takes away."""
    note(1, write=False)
    service.write_waiting()
    with transaction.atomic():
        note(2, write=False)
        note(3, write=False)
        service.write_waiting()
        transaction.set_rollback(True)


def answer(clock=lambda: 0.0):
    told = []
    gate = Gate(lambda environ, start: [b"portalen"], clock)
    return gate, lambda: b"".join(gate({}, lambda status, headers: told.append(status))), told


@pytest.fixture
def _keep_connection(monkeypatch):
    # The test's own transaction is on it.
    monkeypatch.setattr("laholm_sociala.gate.connection.close", lambda: None)


@pytest.mark.django_db
@pytest.mark.usefixtures("_keep_connection")
def test_the_portal_opens_when_nothing_is_missing(path):
    note(1, write=False)
    _gate, ask, _told = answer()
    assert ask() == b"portalen"
    assert contents(path) == [{"last": 1}]


@pytest.mark.usefixtures("restored", "_keep_connection")
def test_the_portal_stays_closed_while_the_database_is_older(caplog):
    with pytest.raises(BehindError, match="2 rader saknas"):
        service.require_whole()
    _gate, ask, told = answer()
    assert (ask(), told) == (CLOSED.encode(), ["503 Service Unavailable"])
    assert "replay_disposals" in caplog.text


@pytest.mark.usefixtures("restored")
def test_nothing_more_is_written_while_the_database_is_older(path):
    note(4, write=False)
    with pytest.raises(BehindError):
        service.write_waiting()
    assert len(contents(path)) == 3


@pytest.mark.usefixtures("restored", "_keep_connection")
def test_a_restore_under_a_portal_that_runs_closes_it(monkeypatch):
    now = [0.0]
    with monkeypatch.context() as patch:
        patch.setattr(service, "require_whole", lambda: None)
        _gate, ask, _told = answer(lambda: now[0])
        assert ask() == b"portalen"
    assert ask() == b"portalen"
    now[0] = 61.0
    assert ask() == CLOSED.encode()


@pytest.mark.usefixtures("restored")
def test_lines_that_were_lost_can_be_put_back():
    lost = service.missing_lines()
    assert sorted(line.content["last"] for line in lost) == [2, 3]
    for line in lost:
        service.take_back(line)
    service.require_whole()
    note(4, write=False)
    assert service.write_waiting() == 1


@pytest.mark.django_db
def test_a_ledger_that_is_shorter_than_the_database_closes_the_portal(path):
    note(1, write=False)
    service.write_waiting()
    path.unlink()
    with pytest.raises(BehindError, match="saknar rader"):
        service.require_whole()


@pytest.mark.django_db
def test_asks_little_however_long_the_ledger_is(django_assert_num_queries):
    for number in range(5):
        note(number, write=False)
        service.write_waiting()
    with django_assert_num_queries(1):
        service.require_whole()
