"""A board with something to deliver to the e-archive, and a leverans of it at each step."""

import zipfile
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any, Final
from uuid import UUID

from accounts.models import Board
from archive.enums import Direction, RuleAction, StartsFrom
from archive.models import (
    DisposalRun,
    Document,
    Matter,
    RetentionPlan,
    Series,
    Snapshot,
    SnapshotFile,
    Transfer,
    TransferReading,
)
from archive.retention import record_type
from archive.services import transfer_packing, transfers
from archive.services.diary import close_matter, register_document
from archive.services.due import due_objects
from archive.services.entries import File
from archive.services.keeping import read
from archive.services.retention_plan import Terms
from archive.services.transfer_packing import read_package
from tests.archive.factories import SeriesFactory, archivist_of, decided_plan, entry, matter, registrar_of
from tests.archive.snapshots import uploaded
from tests.clock import NOW, TODAY
from tests.moderation.factories import library_account

LAST_YEAR: Final = NOW - timedelta(days=400)
THROUGH: Final = date(2025, 12, 31)
NUMBER: Final = "999999-9999"
PDF: Final = b"%PDF-1.7 brev"
# What is delivered may go here as soon as the e-archive has receipted it.
AFTER_DELIVERY: Final = Terms(RuleAction.AFTER_YEARS, 0, StartsFrom.TRANSFERRED)


def closed_matter(board: Board, *, now: datetime = LAST_YEAR, close: bool = True, **attributes: Any) -> Matter:
    """Return an ärende with a letter that may be secret, closed the same day."""
    registrar = registrar_of(board)
    opened = matter(board, by=registrar, now=now)
    letter = {"files": [File("Brev från åsa.pdf", "application/pdf", PDF)], "provisions": ["OSL 21 kap. 1 §"]}
    register_document(opened.pk, entry(dated_on=now.date(), **{**letter, **attributes}), by=registrar, now=now)
    return close_matter(opened.pk, by=registrar, now=now) if close else opened


def snapshot_of(cast: Any, *, taken_at: datetime = LAST_YEAR) -> Snapshot:
    """Return a good snapshot of the library's page, sent today."""
    return uploaded(library_account(cast), by=cast.librarian, taken_at=taken_at)


def details_of(board: Board) -> None:
    """Write what the e-archive knows the board by."""
    about = {"organisation_number": NUMBER, "receiver": "Kommunarkivets e-arkiv", "agreement": "KA 2026-000007"}
    transfers.write_details(board, **about, by=archivist_of(board), now=NOW)


def ready(board: Board, **rules: Terms) -> Board:
    """Return the board with a series, a decided plan, an ended ärende, and what the e-archive knows it by."""
    if not Series.objects.filter(board=board).exists():
        SeriesFactory(board=board)
    decided_plan(board, valid_from=TODAY - timedelta(days=30), **rules)
    details_of(board)
    closed_matter(board)
    return board


def drafted(board: Board, *, now: datetime = NOW, **how: Any) -> Transfer:
    """Return a leverans that is being prepared."""
    about = {"through": THROUGH, "as_bag": False, **how}
    return transfers.prepare(board, **about, by=archivist_of(board), now=now)


def asked(board: Board, *, now: datetime = NOW, **how: Any) -> Transfer:
    """Return a leverans that waits for the worker."""
    transfer = drafted(board, now=now, **how)
    return transfers.ask_to_pack(transfer.pk, by=transfer.prepared_by, now=now)


def packed(board: Board, *, now: datetime = NOW, **how: Any) -> Transfer:
    """Return a leverans that is packed."""
    transfer = asked(board, now=now, **how)
    transfer_packing.pack(transfer.pk, clock=lambda: now)
    return Transfer.objects.get(pk=transfer.pk)


def taken_home(transfer: Transfer, *, now: datetime = NOW) -> Transfer:
    """Return the leverans once its package has been taken home."""
    TransferReading.objects.create(transfer=transfer, user=transfer.prepared_by, at=now)
    return transfer


def handed_over(board: Board, *, now: datetime = NOW, **how: Any) -> Transfer:
    """Return a leverans that the e-archive has got."""
    transfer = taken_home(packed(board, now=now, **how), now=now)
    return transfers.hand_over(transfer.pk, on=now.date(), by=transfer.prepared_by, now=now)


def receipt_for(board: Board, *, now: datetime = NOW, **attributes: Any) -> Document:
    """Return the e-archive's receipt, registered as a handling that came in."""
    registrar = registrar_of(board)
    about = {"direction": Direction.INCOMING, "subject": "Kvittens från e-arkivet", "correspondent": "Kommunarkivet"}
    written = entry(**{**about, "dated_on": now.date(), **attributes})
    return register_document(matter(board, by=registrar, now=now).pk, written, by=registrar, now=now)


def receipted(board: Board, *, now: datetime = NOW, **how: Any) -> Transfer:
    """Return a leverans that the e-archive has answered for."""
    transfer = handed_over(board, now=now, **how)
    number = str(receipt_for(board, now=now))
    return transfers.note_receipt(transfer.pk, number=number, by=transfer.prepared_by, now=now)


def draft_run(board: Board) -> DisposalRun:
    """Return a gallring that is being prepared, with nothing on its list."""
    plan = RetentionPlan.objects.filter(board=board).in_force(TODAY).first()
    run = DisposalRun(board=board, plan=plan, as_of=TODAY, prepared_by=archivist_of(board), prepared_at=NOW)
    run.record(by=run.prepared_by, now=NOW, reason="Gallringen förbereddes")
    return run


def contents(transfer: Transfer) -> bytes:
    """Return the package's bytes."""
    with read_package(transfer.package) as opened:
        return opened.read()


def files(transfer: Transfer) -> dict[str, bytes]:
    """Return the package's files, by their place in its folder."""
    with zipfile.ZipFile(BytesIO(contents(transfer))) as opened:
        return {name.partition("/")[2]: opened.read(name) for name in opened.namelist()}


def listed(transfer: Transfer) -> list[str]:
    """Return the handlingstyper on the leverans, one for each object."""
    return sorted(transfer.items.values_list("record_type", flat=True))


def due_now(board: Board, code: str) -> list[UUID]:
    """Return what may go today of the handlingstyp."""
    return list(due_objects(record_type(code), board, TODAY).values_list("pk", flat=True))


def receipt(transfer: Transfer, *, now: datetime, left_out: frozenset[str] = frozenset()) -> None:
    """Take a leverans all the way."""
    by = transfer.prepared_by
    transfers.ask_to_pack(transfer.pk, left_out=left_out, by=by, now=now)
    transfer_packing.pack(transfer.pk, clock=lambda: now)
    transfers.hand_over(taken_home(transfer, now=now).pk, on=TODAY, by=by, now=now)
    transfers.note_receipt(transfer.pk, number=str(receipt_for(transfer.board)), by=by, now=now)


def next_after(board: Board, **how: Any) -> Transfer:
    """Return the leverans that is prepared when one has been receipted."""
    receipt(drafted(board), now=NOW, **how)
    return drafted(board)


def snapshot_bytes(file: SnapshotFile) -> bytes:
    """Return the file's bytes."""
    return b"".join(read(file))
