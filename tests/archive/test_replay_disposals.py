"""`manage.py replay_disposals`: a restore from backup brings nothing back that was disposed of (R16, R18)."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django.management.commands import procrastinate

from archive.models import LedgerEntry, Matter
from archive.services import disposing, ledger, replaying
from archive.services.ledger import BehindError
from archive.services.replaying import REPLAYED
from archive.services.sweeping import sweep
from moderation.models import Case
from tests.archive.disposals import begun, old_case, plan_for
from tests.archive.factories import SeriesFactory, document, matter, registrar_of
from tests.clock import NOW
from tests.moderation.factories import library_account

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
CANARY = "kanariefågel-d7e1"


@pytest.fixture(autouse=True)
def path(settings, tmp_path):
    settings.DISPOSAL_LEDGER = tmp_path / "ledger.jsonl"
    settings.SWEPT_FOLDERS = []
    return settings.DISPOSAL_LEDGER


@pytest.fixture
def restored(cast, path):
    """A post that was disposed of, and an ärende that was opened, in a database that knows of neither any longer."""
    board = cast.culture_board
    case = old_case(library_account(cast), text=CANARY)
    plan_for(board)
    SeriesFactory(board=board)
    registrar = registrar_of(board)
    ledger.write_waiting()
    with transaction.atomic():
        disposing.carry_out(begun(board).pk, clock=lambda: NOW)
        matter(board, by=registrar)
        matter(board, by=registrar)
        ledger.write_waiting()
        transaction.set_rollback(True)
    assert Case.objects.filter(pk=case.pk).exists()
    return case


def test_without_it_the_portal_stays_closed(restored):
    with pytest.raises(BehindError):
        ledger.require_whole()


def test_what_was_disposed_of_goes_again(restored, capsys):
    call_command("replay_disposals")
    assert list(sweep(CANARY)) == []
    assert not Case.objects.filter(pk=restored.pk).exists()
    assert "2 diarienummer makulerades (återläsning)" in capsys.readouterr().out
    ledger.require_whole()


def test_no_number_is_given_twice(restored, cast):
    call_command("replay_disposals")
    lost = Matter.objects.filter(subject=REPLAYED).order_by("number")
    assert [(str(one), one.is_cancelled) for one in lost] == [
        ("KUN-SM 2026-000001", True),
        ("KUN-SM 2026-000002", True),
    ]
    assert str(matter(cast.culture_board, by=registrar_of(cast.culture_board))) == "KUN-SM 2026-000003"


def test_nor_the_number_of_a_handling(cast):
    """In an ärende that the backup knows of; one that it does not know of is lost with its handlingar."""
    registrar = registrar_of(SeriesFactory(board=cast.culture_board).board)
    opened = document(cast.culture_board, by=registrar).matter
    ledger.write_waiting()
    with transaction.atomic():
        document(cast.culture_board, by=registrar, into=opened)
        document(cast.culture_board, by=registrar)
        ledger.write_waiting()
        transaction.set_rollback(True)
    call_command("replay_disposals")
    assert [(one.number, one.subject, bool(one.cancelled_at)) for one in opened.documents.order_by("number")[1:]] == [
        (2, REPLAYED, True)
    ]
    assert str(document(cast.culture_board, by=registrar, into=opened)).endswith("-3")
    ledger.require_whole()


def test_stopped_at_the_files_it_begins_there_again(restored, monkeypatch):
    """A line that is put back is never looked at again: its files must be gone by then."""

    def full(names):
        raise OSError("Disken svarar inte")

    with monkeypatch.context() as patch:
        patch.setattr(replaying, "_remove", full)
        with pytest.raises(OSError, match="svarar inte"):
            call_command("replay_disposals")
    with pytest.raises(BehindError):
        ledger.require_whole()
    call_command("replay_disposals")
    assert not Case.objects.filter(pk=restored.pk).exists()
    ledger.require_whole()


def test_nor_does_the_worker_start(restored):
    with pytest.raises(CommandError, match="Arbetaren startar inte"):
        call_command("procrastinate", "worker")


@pytest.mark.parametrize("command", ["worker", "healthchecks"])
def test_the_worker_starts_once_the_database_is_whole(path, monkeypatch, command):
    started = []
    monkeypatch.setattr(procrastinate.Command, "handle", lambda self, **options: started.append(options["command"]))
    call_command("procrastinate", command)
    assert started == [command]


def test_again_it_does_nothing(restored, capsys):
    call_command("replay_disposals")
    capsys.readouterr()
    call_command("replay_disposals")
    assert capsys.readouterr().out.startswith("0 rader")


def test_a_broken_ledger_stops_it(restored, path):
    path.write_text(path.read_text().replace('"number"', '"nummer"', 1))
    with pytest.raises(CommandError, match="bruten"):
        call_command("replay_disposals")
    assert Case.objects.filter(pk=restored.pk).exists()


def test_the_portal_itself_cannot_say_that_something_was_disposed_of(restored):
    call_command("replay_disposals")
    entry = LedgerEntry.objects.filter(kind="tombstone").first()
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("SELECT dispose_again(%s)", [entry.pk])
