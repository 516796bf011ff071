"""Numbers without a gap, per series and year (R16). Given in the very transaction of the record that bears them."""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from archive.enums import LedgerKind, NumberForm
from archive.models import Document, LedgerEntry, Matter, Numbering, Series
from archive.services import ledger
from laholm_sociala.common.swedish import STOCKHOLM

# One statement: the row is locked until the transaction ends, and a rollback gives the number back.
NEXT = """
INSERT INTO {table} AS numbering (series_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (series_id, year) DO UPDATE SET last = numbering.last + 1
RETURNING last
"""


def next_number(series: Series, *, now: datetime) -> tuple[int, int]:
    """Return the year, by Stockholm's date, and the next number of the series in it.

    Ask for it late in a transaction: others who register in the series wait until that ends.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A number outside a transaction would be lost with the record that was to bear it.")
    year = timezone.localdate(now, STOCKHOLM).year
    last = raise_number(series, year)
    # Outside the database, so that a number is never given twice after a restore from backup.
    ledger.note(LedgerKind.NUMBER, {"series": str(series.pk), "year": year, "last": last}, now=now)
    return year, last


def raise_number(series: Series, year: int) -> int:
    """Raise the last number of the series and year by one, and return it."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT.format(table=Numbering._meta.db_table), [series.pk, year])
        (last,) = cursor.fetchone()
    return last


def last_number(matter: Matter) -> int:
    """Return the number of the last handling in the ärende, or 0 where there is none."""
    last = matter.documents.order_by("-number").values_list("number", flat=True).first()
    return last or 0


def of_document(document: Document, *, now: datetime) -> LedgerEntry:
    """Return what the ledger is to be told of a handling's number, for the caller to write with the handling.

    It is written to the file by the next one who writes there: to wait for a disk for each would make registering slow.
    """
    content = {"matter": str(document.matter_id), "last": document.number}
    return LedgerEntry(kind=LedgerKind.NUMBER, content=content, noted_at=now)


def designation(series: Series, year: int, number: int) -> str:
    """Return the number as it is written, by the series' own form: KS-SM 2026-000123, or KS-SM 2026-123."""
    digits = 6 if series.number_form == NumberForm.SIX_DIGITS else 1
    return f"{series.prefix} {year}-{number:0{digits}}"
