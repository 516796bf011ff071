"""The register as a spreadsheet: exactly the accounts that the search found, in its order."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts import compliance
from accounts.enums import Duty
from accounts.models import Account, Assignment

HEADINGS: Final = (
    "Konto",
    "Kanal",
    "Webbadress",
    "Användarnamn",
    "Verksamhet",
    "Nämnd",
    "Läge",
    "Ansvarig",
    "Ersättare",
    "Används till",
    "Laglig grund",
    "I bruk sedan",
    "Registrerat",
    "Saknas",
)
BATCH: Final = 500
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# A cell that begins so is a formula to Excel and its like, whoever wrote it.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(accounts: QuerySet, *, now: datetime) -> Iterator[str]:
    """Yield the file's lines: semicolons and a byte order mark, as Excel in Sweden reads å ä ö right."""
    yield "\ufeff"
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    for row in _with_headings(accounts, now):
        writer.writerow([harmless(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def as_excel(accounts: QuerySet, *, now: datetime) -> IO[bytes]:
    """Return the workbook, written row by row so that memory stays flat. Every cell is text, none a formula."""
    from openpyxl import Workbook  # only those who ask for Excel pay for it

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Konton")
    for row in _with_headings(accounts, now):
        sheet.append([harmless(cell) for cell in row])
    file = SpooledTemporaryFile(max_size=4 * 1024 * 1024)  # noqa: SIM115  the response closes it
    workbook.save(file)
    file.seek(0)
    return file


def harmless(cell: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula, and without what none can hold."""
    cell = CONTROL.sub("", cell)
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _with_headings(accounts: QuerySet, now: datetime) -> Iterator[tuple[str, ...]]:
    yield HEADINGS
    today = timezone.localdate(now)
    current = Prefetch(
        "assignments", Assignment.objects.on(today).select_related("user__unit"), to_attr="current_assignments"
    )
    rows = accounts.select_related("platform", "unit", "board").prefetch_related(current).iterator(chunk_size=BATCH)
    for batch in _batches(rows):
        lacks = compliance.findings([account.pk for account in batch], now=now)
        for account in batch:
            yield _row(account, lacks.get(account.pk, []))


def _batches(accounts: Iterable[Account]) -> Iterator[list[Account]]:
    batch: list[Account] = []
    for account in accounts:
        batch.append(account)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _row(account: Account, lacks: list[compliance.Check]) -> tuple[str, ...]:
    people = {assignment.duty: assignment.user.presented_as for assignment in account.current_assignments}
    return (
        account.name,
        account.platform.name,
        account.web_address,
        account.handle,
        str(account.unit),
        str(account.board),
        account.get_status_display(),
        people.get(Duty.RESPONSIBLE, ""),
        people.get(Duty.SUBSTITUTE, ""),
        ", ".join(account.uses_in_words),
        account.get_legal_ground_display(),
        account.in_use_since.isoformat() if account.in_use_since else "",
        timezone.localtime(account.registered_at).date().isoformat(),
        ", ".join(found.title for found in lacks),
    )
