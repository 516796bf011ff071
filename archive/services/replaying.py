"""After a restore from backup: what was disposed of goes again, and no number is given twice (R16, R18).

The ledger outside the database says what the backup does not know of. Each line is put back when what it tells of is
done; interrupted, it goes on where it was.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connections, transaction
from django.utils import timezone

from accounts.models import User
from archive.enums import Direction, LedgerKind
from archive.ledger import Line
from archive.models import Document, Matter, Numbering, Series
from archive.retention import record_type
from archive.services import ledger
from archive.services.disposal_files import STORAGE, names_of, remove
from archive.services.numbers import designation, last_number, raise_number

REPLAYED: Final = "Makulerad (återläsning)"
LOST: Final = "Numret gavs efter den säkerhetskopia som lästes tillbaka. Vad som bar det är förlorat."


@dataclass
class Replayed:
    """What was done again."""

    lines: int = 0
    objects: int = 0
    files: int = 0
    numbers: int = 0


def replay(*, using: str, now: datetime) -> Replayed:
    """Do again what the ledger tells of and the database by that alias, its owner's, has lost.

    Raises LedgerError where the ledger's chain is broken, and then does nothing.
    """
    done = Replayed()
    for line in ledger.missing_lines():
        if line.kind == LedgerKind.NUMBER:
            with transaction.atomic():
                done.numbers += _cancel_numbers(line, now)
                ledger.take_back(line)
        else:
            # First: once the line is put back, nobody would look for the files of what came back.
            done.files += _remove(_files_of(line))
            with transaction.atomic(using=using):
                ledger.take_back(line, using=using)
                with connections[using].cursor() as cursor:
                    cursor.execute("SELECT dispose_again(%s)", [line.entry])
                    done.objects += bool(cursor.fetchone()[0])
        done.lines += 1
    return done


def _cancel_numbers(line: Line, now: datetime) -> int:
    """Take every number up to the line's, each as makulerad: what bore it is lost with the backup."""
    if "matter" in line.content:
        return _cancel_documents(line, now)
    series = Series.objects.select_for_update().filter(pk=UUID(line.content["series"])).first()
    if series is None:
        return 0
    year, last, taken = line.content["year"], line.content["last"], 0
    known = Numbering.objects.filter(series=series, year=year).values_list("last", flat=True).first() or 0
    while known < last:
        known = raise_number(series, year)
        matter = Matter(
            board=series.board,
            series=series,
            year=year,
            number=known,
            designation=designation(series, year, known),
            opened_on=timezone.localdate(now),
            subject=REPLAYED,
            public_subject=REPLAYED,
            cancelled_at=now,
            cancelled_why=LOST,
        )
        matter.record(by=User.objects.system(), now=now, reason=REPLAYED)
        taken += 1
    return taken


def _cancel_documents(line: Line, now: datetime) -> int:
    matter = Matter.objects.select_for_update(of=("self",)).filter(pk=UUID(line.content["matter"])).first()
    if matter is None:  # it is lost itself, and its number is taken
        return 0
    known = last_number(matter)
    for number in range(known + 1, line.content["last"] + 1):
        lost = Document(
            matter=matter,
            number=number,
            direction=Direction.DRAWN_UP,
            dated_on=timezone.localdate(now),
            registered_at=now,
            subject=REPLAYED,
            public_subject=REPLAYED,
            cancelled_at=now,
            cancelled_why=LOST,
        )
        lost.record(by=User.objects.system(), now=now, reason=REPLAYED)
    return max(0, int(line.content["last"]) - known)


def _files_of(line: Line) -> list[str]:
    found, key = record_type(line.content["record_type"]), UUID(line.content["object"])
    return names_of(found, [key]).get(key, []) if found else []


def _remove(names: list[str]) -> int:
    for name in names:
        remove(STORAGE, name)
    return len(names)
