"""A demo whose var/postgres was removed starts over; nothing else opens a portal to an older database (R18)."""

import pytest

from archive.enums import LedgerKind
from archive.services import ledger
from laholm_sociala.demo import municipality
from laholm_sociala.demo.start_over import put_aside_what_is_left
from tests.clock import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    """The demo's folder, with what a database that is gone has left there."""
    settings.DISPOSAL_LEDGER = tmp_path / "gallringsliggare.jsonl"
    ledger.note(LedgerKind.NUMBER, {"last": 1}, now=NOW, write=False)
    ledger.write_waiting()
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "bild").touch()
    return tmp_path


@pytest.fixture
def _new_database(monkeypatch):
    from archive.models import LedgerEntry

    monkeypatch.setattr(LedgerEntry, "objects", LedgerEntry.objects.none())


@pytest.mark.usefixtures("folder", "_new_database")
def test_what_the_old_database_left_is_put_aside(folder):
    aside = put_aside_what_is_left(folder, NOW)
    assert aside == folder / f"tidigare-{NOW:%Y%m%d-%H%M%S}"
    assert sorted(path.name for path in aside.iterdir()) == ["gallringsliggare.jsonl", "snapshots"]
    assert (aside / "snapshots" / "bild").exists()
    assert (aside / "gallringsliggare.jsonl").read_text(encoding="utf-8").count("\n") == 1
    assert not (folder / "gallringsliggare.jsonl").exists()


def test_a_database_that_knows_of_the_ledger_keeps_it(folder):
    assert put_aside_what_is_left(folder, NOW) is None
    ledger.require_whole()


@pytest.mark.usefixtures("folder", "_new_database")
def test_a_filled_database_without_its_ledger_entries_stays_closed(folder, monkeypatch):
    """It was read back from a backup: not even the demo looks away from that."""
    monkeypatch.setattr(municipality, "is_filled", lambda: True)
    assert put_aside_what_is_left(folder, NOW) is None


@pytest.mark.usefixtures("_new_database")
def test_what_holds_nothing_is_left_where_it_is(tmp_path):
    (tmp_path / "gallringsliggare.jsonl").touch()
    (tmp_path / "snapshots").mkdir()
    assert put_aside_what_is_left(tmp_path, NOW) is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gallringsliggare.jsonl", "snapshots"]


@pytest.mark.usefixtures("_new_database")
def test_nothing_left_is_nothing_done(tmp_path):
    assert put_aside_what_is_left(tmp_path, NOW) is None
    assert list(tmp_path.iterdir()) == []
