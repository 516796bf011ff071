"""Files with accounts that exist today: uploaded, checked, read in, all of it or nothing; and then completed (R06)."""

import hashlib
import logging
from collections import Counter
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.enums import AccountStatus, ImportStatus
from accounts.importing.compare import Comparison, Row, RowKind
from accounts.importing.files import FileError, sheets_of
from accounts.importing.headings import Table, table_of
from accounts.importing.progress import Progress
from accounts.models import Account, AccountImport, Assignment, User
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.history import copy_with_history

IMPORT: Final = "accounts.register_application"
LONGEST_NAME: Final = 200
MOST_UNREAD: Final = 20
ONE_AT_A_TIME: Final = int.from_bytes(hashlib.sha256(b"accounts.import").digest()[:8], signed=True)
ORDER: Final = {kind.value: place for place, kind in enumerate(RowKind)}
CHANGED_SINCE: Final = (
    "Registret har ändrats sedan filen kontrollerades, så inget är inläst. Läs igenom raderna igen och läs in."
)
FAILED: Final = (
    "Något gick fel, och inget är inläst. Ladda upp filen igen. Händer det på nytt, säg till den som sköter portalen."
)

logger = logging.getLogger(__name__)


@transaction.atomic
def upload(*, file_name: str, content: bytes, by: User, now: datetime) -> AccountImport:
    """Keep the file and have the worker check it. Raises PermissionDenied for anyone but kommunikationsenheten."""
    from accounts.tasks import check_import  # tasks import the services

    if not by.may(IMPORT):
        raise PermissionDenied
    made = AccountImport.objects.create(
        file_name=file_name[-LONGEST_NAME:],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        uploaded_at=now,
    )
    check_import.defer(import_id=str(made.pk))
    return made


def check(import_id: UUID | str, *, now: datetime) -> None:
    """Read the file against the register and store what each row would do. Nothing in the register changes.

    Idempotent: a file that is checked already is left as it is.
    """
    checked = AccountImport.objects.get(pk=import_id)
    if checked.status == ImportStatus.CHECKING:
        _store_report(checked, expected=ImportStatus.CHECKING, now=now)


@transaction.atomic
def start(import_id: UUID, *, by: User, now: datetime) -> AccountImport:
    """Let the worker read in a file that has been checked. One file at a time.

    Raises PermissionDenied for anyone but kommunikationsenheten, RefusedError when the file is not ready, or when it
    or another one is being read in.
    """
    from accounts.tasks import apply_import  # tasks import the services

    if not by.may(IMPORT):
        raise PermissionDenied
    # Locked alone: a joined `applied_by` would be the one from before the wait for the lock.
    started = AccountImport.objects.select_for_update(no_key=True).get(pk=import_id)
    if started.status != ImportStatus.READY:
        raise RefusedError(_why_not(started))
    if not _to_do(started.counts):
        raise RefusedError("Allt i filen finns redan i registret. Det finns inget att läsa in.")
    started.status, started.applied_by, started.rows_done, started.problem = ImportStatus.APPLYING, by, 0, ""
    try:
        with transaction.atomic():
            started.save(update_fields=["status", "applied_by", "rows_done", "problem"])
    except IntegrityError as error:
        raise RefusedError("En annan fil läses in just nu. Vänta tills den är klar och försök igen.") from error
    apply_import.defer(import_id=str(started.pk))
    return started


def apply(import_id: UUID | str, *, now: datetime) -> None:
    """Read the file in, in one transaction, if every row still does what the person was shown.

    Otherwise nothing is read in: the new outcome is stored, and the person told to look again. Idempotent: a file
    that is read in already is left as it is.
    """
    try:
        _apply(import_id, now=now)
    except (_ChangedSinceError, IntegrityError) as error:
        logger.info("Import %s: %r", import_id, error)
        current = AccountImport.objects.defer("report").get(pk=import_id)
        _store_report(current, expected=ImportStatus.APPLYING, now=now, problem=CHANGED_SINCE)


@transaction.atomic
def give_up(import_id: UUID | str) -> None:
    """Say on the import that something went wrong that nobody foresaw."""
    AccountImport.objects.filter(pk=import_id, status__in=(ImportStatus.CHECKING, ImportStatus.APPLYING)).update(
        status=ImportStatus.REFUSED, problem=FAILED
    )


class _ChangedSinceError(Exception):
    """A row no longer does what it did when the file was checked."""


@transaction.atomic
def _apply(import_id: UUID | str, *, now: datetime) -> None:
    with connection.cursor() as cursor:
        # Not the import's own row: progress is written to it meanwhile, on another connection.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    current = AccountImport.objects.defer("report").select_related("applied_by").get(pk=import_id)
    if current.status != ImportStatus.APPLYING:
        return
    comparison = Comparison(_table(current), today=timezone.localdate(now), lock=True)
    with Progress(import_id) as progress:
        done = 0
        for batch in comparison.batches():
            if any(row.kind == RowKind.ERROR for row in batch):
                raise _ChangedSinceError(f"rad {next(row.read.row for row in batch if row.kind == RowKind.ERROR)}")
            _write(batch, current, now=now)
            done += len(batch)
            progress.reached(done)
    if comparison.fingerprint != current.outcome_sha256:
        raise _ChangedSinceError("utfallet")
    current.status, current.applied_at = ImportStatus.DONE, now
    current.rows_done = current.rows_total
    current.save(update_fields=["status", "applied_at", "rows_done"])


def _store_report(current: AccountImport, *, expected: ImportStatus, now: datetime, problem: str = "") -> None:
    """Compare every row with the register and store the outcome, unless the import has moved on meanwhile."""
    found: dict[str, object] = {}
    try:
        table = _table(current)
        with Progress(current.pk) as progress:
            found = _report(table, progress, now=now)
    except FileError as error:
        found = {"status": ImportStatus.REFUSED, "problem": str(error), "report": [], "counts": {}}
    if problem and found["status"] == ImportStatus.READY:
        found["problem"] = problem
    with transaction.atomic():
        # The row's own lock: the door that reads it in may be opened by someone at this moment.
        if AccountImport.objects.select_for_update().filter(pk=current.pk, status=expected).exists():
            AccountImport.objects.filter(pk=current.pk).update(**found)


def _table(current: AccountImport) -> Table:
    return table_of(sheets_of(bytes(current.content)))


def _report(table: Table, progress: Progress, *, now: datetime) -> dict[str, object]:
    total = sum(1 for _row in table.rows())
    if not total:
        raise FileError("Filen har rubriker men inga konton under dem. Fyll i minst en rad och ladda upp igen.")
    progress.of(total)
    comparison = Comparison(table, today=timezone.localdate(now))
    report: list[dict[str, object]] = []
    for batch in comparison.batches():
        report.extend(row.report() for row in batch)
        progress.reached(len(report))
    counts = Counter(str(row["kind"]) for row in report)
    counts["noted"] = sum(1 for row in report if "notes" in row and row["kind"] in {RowKind.NEW, RowKind.CHANGED})
    return {
        "status": ImportStatus.REFUSED if counts[RowKind.ERROR] else ImportStatus.READY,
        "problem": "",
        "report": sorted(report, key=lambda row: (ORDER[str(row["kind"])], "notes" not in row)),
        "counts": counts,
        "unread_columns": [words[:200] for words in table.ignored[:MOST_UNREAD]],
        "outcome_sha256": comparison.fingerprint,
        "rows_total": total,
        "rows_done": total,
    }


def _write(batch: list[Row], current: AccountImport, *, now: datetime) -> None:
    assert current.applied_by is not None  # noqa: S101  the database sees to it
    by, reason = current.applied_by, f"Inläst från fil {current.file_name}"
    today = timezone.localdate(now)
    new = [(row, _account(row, current, now=now)) for row in batch if row.kind == RowKind.NEW]
    copy_with_history([account for _row, account in new], by=by, now=now, reason=reason)
    assignments = [
        Assignment(account=account, user=person, duty=duty, from_date=today)
        for row, account in [*new, *((row, row.account) for row in batch if row.kind == RowKind.CHANGED)]
        if account is not None and account.status != AccountStatus.CLOSED
        for duty, person in row.people.items()
    ]
    copy_with_history(assignments, by=by, now=now, reason=reason)
    for row in batch:
        if row.kind == RowKind.CHANGED and row.account is not None and row.values:
            _change(row.account, row.values).record(by=by, now=now, reason=reason)


def _account(row: Row, current: AccountImport, *, now: datetime) -> Account:
    read = row.read
    assert read.address is not None  # noqa: S101  a row without one is an error, and goes no further
    assert read.unit is not None  # noqa: S101
    status = read.status or AccountStatus.ACTIVE
    since = None if status == AccountStatus.PLANNED else read.in_use_since or timezone.localdate(now)
    return Account(
        platform=read.platform,
        name=read.name,
        handle=read.address.handle,
        web_address=read.address.url,
        canonical_key=read.address.key,
        unit=read.unit,
        board_id=read.unit.board_id,
        status=status,
        summary=read.summary,
        purpose=read.purpose,
        audience=read.audience,
        topics=read.topics,
        uses=read.uses,
        legal_ground=read.legal_ground,
        imported_from=current,
        registered_at=now,
        in_use_since=since,
    )


def _change(account: Account, values: dict[str, object]) -> Account:
    for name, value in values.items():
        setattr(account, name, value)
    account.board_id = account.unit.board_id
    return account


def _to_do(counts: dict[str, int]) -> int:
    return counts.get(RowKind.NEW, 0) + counts.get(RowKind.CHANGED, 0)


def _why_not(current: AccountImport) -> str:
    who = current.applied_by.presented_as if current.applied_by else "Någon"
    sentences: dict[str, str] = {
        ImportStatus.CHECKING: "Filen kontrolleras fortfarande. Vänta en stund.",
        ImportStatus.REFUSED: "Filen har fel att rätta. Rätta dem och ladda upp den igen.",
        ImportStatus.APPLYING: f"{who} läser redan in filen.",
        ImportStatus.DONE: f"{who} har redan läst in filen.",
    }
    return sentences[current.status]
