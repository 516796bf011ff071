"""What the ledger outside the database is told, and whether the database has all that stands in it (R18).

An entry is committed with what it tells of, and written to the file right after. Between the two the process may die:
then it is written the next time anybody writes, at the latest when the portal starts.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from archive.enums import LedgerKind
from archive.ledger import Ledger, LedgerError, Line
from archive.models import LedgerEntry

logger = logging.getLogger(__name__)

MARK: Final = """
UPDATE archive_ledgerentry AS noted SET sequence = written.sequence, line_sha256 = written.sha256
FROM unnest(%s::uuid[], %s::bigint[], %s::text[]) AS written(entry, sequence, sha256)
WHERE noted.id = written.entry AND noted.sequence IS NULL
"""
# A mark that a crash takes away is made again from the file: nobody who registers waits for a disk once more for it.
NOT_LASTING: Final = "SELECT set_config('synchronous_commit', 'off', true);"


class BehindError(LedgerError):
    """The database lacks what stands in the ledger: it was restored from a backup, or the ledger is not its own."""


def note(kind: LedgerKind, content: Mapping[str, Any], *, now: datetime, write: bool = True) -> None:
    """Note something for the ledger, in the transaction at hand; it is written once that is committed.

    `write=False` leaves the writing to the caller's own `write_waiting`.
    """
    note_all(kind, [content], now=now)
    if write:
        transaction.on_commit(write_after_commit)


def note_all(kind: LedgerKind, contents: Iterable[Mapping[str, Any]], *, now: datetime) -> None:
    """Note many things for the ledger, in the transaction at hand. The caller writes them, by `write_waiting`."""
    LedgerEntry.objects.bulk_create(LedgerEntry(kind=kind, content=dict(one), noted_at=now) for one in contents)


def write_after_commit() -> None:
    """Write what waits. A failure is logged: what is committed stands, and is written next time."""
    try:
        write_waiting()
    except (OSError, LedgerError):
        logger.exception("Gallringsliggaren kunde inte skrivas. Raderna väntar i databasen.")


def write_waiting() -> int:
    """Write every committed entry that waits, and return how many.

    Raises BehindError while the database lacks what stands in the ledger, OSError when the file cannot be written.
    """
    with ledger().locked() as file:
        last, lines = _what_is_written()
        _take_up(lines)
        last = lines[-1] if lines else last
        waiting = list(LedgerEntry.objects.filter(sequence__isnull=True))
        if not waiting:
            return 0
        rows = [(str(entry.pk), entry.kind, entry.noted_at.isoformat(), entry.content) for entry in waiting]
        _mark(file.append(last, rows))
    return len(waiting)


def require_whole() -> None:
    """Raise BehindError, with a sentence, while the database lacks what stands in the ledger or the ledger is short."""
    _last, lines = _what_is_written()
    _require_known(lines)


def missing_lines() -> list[Line]:
    """Return the lines that the database lacks, oldest first. Raises LedgerError where the chain is broken."""
    known = {str(key) for key in LedgerEntry.objects.values_list("pk", flat=True)}
    return [line for line in ledger().lines() if line.entry not in known]


def take_back(line: Line, *, using: str = "default") -> None:
    """Put back an entry that the database has lost, as it stands in the ledger."""
    LedgerEntry.objects.using(using).create(
        pk=line.entry,
        kind=line.kind,
        content=line.content,
        noted_at=datetime.fromisoformat(line.at),
        sequence=line.sequence,
        line_sha256=line.sha256,
    )


def ledger() -> Ledger:
    """Return the ledger of the settings."""
    return Ledger(settings.DISPOSAL_LEDGER)


def _what_is_written() -> tuple[Line | None, list[Line]]:
    """Return the last line that both know of, and those after it. Raises BehindError where they cannot be joined."""
    marked = LedgerEntry.objects.filter(sequence__isnull=False).order_by("-sequence").first()
    if marked is None or marked.sequence is None:
        return None, ledger().after(0)
    lines = ledger().after(marked.sequence)
    if not lines or lines[0].sequence != marked.sequence or lines[0].sha256 != marked.line_sha256:
        raise BehindError(
            f"Gallringsliggaren {settings.DISPOSAL_LEDGER} saknar rader som databasen har. Ställ tillbaka rätt fil."
        )
    return lines[0], lines[1:]


def _take_up(lines: list[Line]) -> None:
    """Mark lines that were written just before a crash."""
    _require_known(lines)
    _mark(lines)


def _require_known(lines: list[Line]) -> None:
    keys = [line.entry for line in lines]
    known = LedgerEntry.objects.filter(pk__in=keys).count() if keys else 0
    if known < len(lines):
        raise BehindError(_behind(len(lines) - known))


def _mark(lines: list[Line]) -> None:
    if not lines:
        return
    columns = [[getattr(line, name) for line in lines] for name in ("entry", "sequence", "sha256")]
    with connection.cursor() as cursor:
        # The caller's own transaction is as lasting as ever.
        cursor.execute(MARK if connection.in_atomic_block else NOT_LASTING + MARK, columns)


def _behind(number: int) -> str:
    return (
        f"Databasen är äldre än gallringsliggaren: {number} rader saknas i den. Kör manage.py replay_disposals, så "
        "att det som är gallrat inte visas igen."
    )
