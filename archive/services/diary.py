"""Ärenden and handlingar are registered, corrected and cancelled; never deleted, never renumbered (R15, R16, R22)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Account, Board, User
from archive.enums import DiaryKind, Direction, MatterStatus
from archive.models import REGISTER, Document, DocumentContent, DocumentFile, DocumentView, Matter, SecrecyMark, Series
from archive.readings import tell_of_reading
from archive.services.numbers import designation, next_number
from laholm_sociala.common.errors import RefusedError


@dataclass(frozen=True)
class File:
    """A file to keep with a handling, as it came."""

    file_name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Entry:
    """What the law asks to be written of a handling (OSL ch. 5 § 2), and what it says."""

    direction: Direction
    dated_on: date
    subject: str
    correspondent: str = ""
    public_subject: str = ""
    public_correspondent: str = ""
    provisions: Sequence[str] = ()
    is_restricted: bool = False
    source_ref: str = ""
    text: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[File] = ()


@transaction.atomic
def open_matter(
    board: Board,
    *,
    subject: str,
    public_subject: str = "",
    case_officer: User | None = None,
    account: Account | None = None,
    existing_designation: str = "",
    by: User,
    now: datetime,
) -> Matter:
    """Open an ärende in the board's diarium and give it the next number of its series.

    `existing_designation` is the number of the board's existing diarium, typed in. Raises PermissionDenied for those
    who do not register for the board; RefusedError without an ärendemening, or where the board numbers elsewhere and
    no number is given.
    """
    _require_registrar(by, board)
    if not subject.strip():
        raise RefusedError("Skriv en ärendemening, utan namn.", field="subject")
    matter = Matter(
        board=board,
        opened_on=timezone.localdate(now),
        subject=subject.strip(),
        public_subject=public_subject.strip() or subject.strip(),
        case_officer=case_officer,
        account=account,
    )
    if existing_designation.strip():
        _take_existing_number(matter, existing_designation.strip())
    else:
        _give_number(matter, now)
    matter.record(by=by, now=now, reason="Ärendet öppnades")
    return matter


@transaction.atomic
def register_document(matter_id: UUID, entry: Entry, *, by: User, now: datetime) -> Document:
    """Register a handling in an ärende, with its content and files as they are now.

    Idempotent by `source_ref`: the same thing again gives the handling that is there. Raises PermissionDenied for
    those who do not register for the board; RefusedError where a statutory field is missing, the date lies ahead, or
    the ärende is closed or cancelled.
    """
    matter = lock_matter(matter_id, by=by)
    if entry.source_ref and (there := _registered(entry.source_ref)):
        return there
    if matter.is_cancelled or matter.status != MatterStatus.OPEN:
        raise RefusedError("Ärendet är avslutat. Öppna det igen, eller välj ett annat.", field="matter")
    _refuse_incomplete(entry, timezone.localdate(now))
    document = Document(
        matter=matter,
        number=_next_in(matter),
        direction=entry.direction,
        dated_on=entry.dated_on,
        registered_at=now,
        subject=entry.subject.strip(),
        public_subject=entry.public_subject.strip() or entry.subject.strip(),
        correspondent=entry.correspondent.strip(),
        public_correspondent=entry.public_correspondent.strip() or entry.correspondent.strip(),
        source_ref=entry.source_ref,
        is_restricted=entry.is_restricted or bool(entry.provisions),
    )
    document.record(by=by, now=now, reason="Handlingen registrerades")
    _freeze(document, entry)
    for provision in entry.provisions:
        _mark(document, provision, by=by, now=now)
    return document


@transaction.atomic
def correct_matter(matter_id: UUID, *, reason: str, by: User, now: datetime, **changes: Any) -> Matter:
    """Correct an ärende's words or case officer; the old value stays in its history.

    `changes` are among subject, public_subject, case_officer and account. Raises PermissionDenied for those who do not
    register for the board, RefusedError without a reason.
    """
    matter = lock_matter(matter_id, by=by)
    _apply(matter, changes, {"subject", "public_subject", "case_officer", "account"}, reason, by=by, now=now)
    return matter


@transaction.atomic
def correct_document(document_id: UUID, *, reason: str, by: User, now: datetime, **changes: Any) -> Document:
    """Correct what is written of a handling; the old value stays in its history. Raises as `correct_matter`."""
    document = lock_document(document_id, by=by)
    may_change = {
        "subject",
        "public_subject",
        "correspondent",
        "public_correspondent",
        "dated_on",
        "direction",
        "is_restricted",
    }
    _apply(document, changes, may_change, reason, by=by, now=now)
    return document


@transaction.atomic
def cancel_document(document_id: UUID, *, reason: str, by: User, now: datetime) -> Document:
    """Makulera a handling. Its number stays taken, and the row stays with the reason.

    Raises PermissionDenied for those who do not register for the board, RefusedError without a reason or a second time.
    """
    document = lock_document(document_id, by=by)
    _cancel(document, reason, by=by, now=now)
    return document


@transaction.atomic
def cancel_matter(matter_id: UUID, *, reason: str, by: User, now: datetime) -> Matter:
    """Makulera an ärende whose handlingar are all cancelled. Raises as `cancel_document`, and while others stand."""
    matter = lock_matter(matter_id, by=by)
    if matter.documents.filter(cancelled_at__isnull=True).exists():
        raise RefusedError("Ärendet har handlingar. Makulera dem först, var och en med sitt skäl.")
    _cancel(matter, reason, by=by, now=now)
    return matter


@transaction.atomic
def close_matter(matter_id: UUID, *, by: User, now: datetime) -> Matter:
    """Close an ärende. Raises PermissionDenied for those who do not register for the board."""
    matter = lock_matter(matter_id, by=by)
    if matter.status == MatterStatus.CLOSED:
        raise RefusedError("Ärendet är redan avslutat.")
    matter.status, matter.closed_on = MatterStatus.CLOSED, timezone.localdate(now)
    matter.record(by=by, now=now, reason="Ärendet avslutades")
    return matter


@transaction.atomic
def reopen_matter(matter_id: UUID, *, reason: str, by: User, now: datetime) -> Matter:
    """Open a closed ärende again, with a reason. Raises PermissionDenied for those who may not register there."""
    matter = lock_matter(matter_id, by=by)
    if matter.status == MatterStatus.OPEN:
        raise RefusedError("Ärendet är redan öppet.")
    _require_reason(reason)
    matter.status, matter.closed_on = MatterStatus.OPEN, None
    matter.record(by=by, now=now, reason=f"Öppnades igen: {reason.strip()}")
    return matter


def note_document_view(document: Document, *, by: User, now: datetime) -> None:
    """Write down that a person is shown a handling that may be secret; of others nothing is written (R15).

    Call it before the answer is made: it is committed when it returns. Inside another transaction it raises
    RuntimeError.
    """
    if document.is_restricted:
        with transaction.atomic(durable=True):
            DocumentView.objects.create(document=document, user=by, at=now)
            tell_of_reading(document.matter.board_id, by=by, now=now)


def lock_matter(matter_id: UUID, *, by: User) -> Matter:
    """Return the ärende, locked, to one who registers for its board; raise PermissionDenied for others."""
    matter = Matter.objects.select_for_update(of=("self",)).select_related("board", "series").get(pk=matter_id)
    _require_registrar(by, matter.board)
    return matter


def lock_document(document_id: UUID, *, by: User) -> Document:
    """Return the handling, locked, to one who registers for its board; raise PermissionDenied for others."""
    locked = Document.objects.select_for_update(of=("self",)).select_related("matter__board")
    document = locked.get(pk=document_id)
    _require_registrar(by, document.matter.board)
    return document


def _require_registrar(by: User, board: Board) -> None:
    # The portal itself registers what it draws up: the protocol of a gallring.
    if by != User.objects.system() and not by.may(REGISTER, board):
        raise PermissionDenied


def _take_existing_number(matter: Matter, number: str) -> None:
    if Matter.objects.filter(board=matter.board, designation=number).exists():
        raise RefusedError("Det ärendet finns redan här. Välj det i listan.", field="existing_designation")
    if Series.objects.filter(prefix=number.split(" ", maxsplit=1)[0]).exists():
        raise RefusedError(
            "Det är ett nummer i portalens egen serie. Välj ärendet i listan.", field="existing_designation"
        )
    matter.designation = number


def _give_number(matter: Matter, now: datetime) -> None:
    # Locked, so that nobody gives the series another prefix between its name and its number.
    in_use = Series.objects.select_for_update(of=("self",), no_key=True).in_use()
    series = in_use.filter(board=matter.board).first()
    if series is None or series.kind == DiaryKind.EXISTING:
        raise RefusedError("Skriv ärendets nummer i nämndens diarium.", field="existing_designation")
    matter.series = series
    matter.year, matter.number = next_number(series, now=now)
    matter.designation = designation(series, matter.year, matter.number)


def _registered(source_ref: str) -> Document | None:
    same = Document.objects.filter(source_ref=source_ref, cancelled_at__isnull=True)
    return same.select_related("matter").first()


def _refuse_incomplete(entry: Entry, today: date) -> None:
    if not entry.subject.strip():
        raise RefusedError("Skriv vad handlingen rör, utan namn.", field="subject")
    if entry.direction != Direction.DRAWN_UP and not entry.correspondent.strip():
        raise RefusedError("Skriv vem handlingen kommer från eller går till.", field="correspondent")
    if entry.dated_on > today:
        raise RefusedError("Dagen kan inte ligga framåt i tiden.", field="dated_on")


def _next_in(matter: Matter) -> int:
    # The matter is locked and no handling is ever deleted, so counting is numbering.
    return matter.documents.count() + 1


def _freeze(document: Document, entry: Entry) -> None:
    DocumentContent.objects.create(document=document, text=entry.text, details=dict(entry.details))
    for file in entry.files:
        DocumentFile.objects.create(
            document=document,
            file_name=file.file_name[-200:],
            content_type=file.content_type,
            content=file.content,
            size=len(file.content),
            sha256=hashlib.sha256(file.content).hexdigest(),
        )


def _mark(document: Document, provision: str, *, by: User, now: datetime) -> None:
    mark = SecrecyMark(
        document=document,
        provision=provision.strip(),
        marked_on=timezone.localdate(now),
        board=document.matter.board,
        marked_by=by,
    )
    mark.record(by=by, now=now, reason="Sekretessmarkering antecknades")


def _apply(
    record: Matter | Document, changes: Mapping[str, Any], allowed: set[str], reason: str, *, by: User, now: datetime
) -> None:
    if unknown := set(changes) - allowed:
        raise TypeError(f"cannot be corrected: {', '.join(sorted(unknown))}")
    _require_reason(reason)
    if record.cancelled_at is not None:
        raise RefusedError("Det är makulerat och rättas inte mer.")
    for name, value in changes.items():
        setattr(record, name, value)
    record.record(by=by, now=now, reason=f"Rättades: {reason.strip()}")


def _cancel(record: Matter | Document, reason: str, *, by: User, now: datetime) -> None:
    _require_reason(reason)
    if record.cancelled_at is not None:
        raise RefusedError("Det är redan makulerat.")
    record.cancelled_at, record.cancelled_why = now, reason.strip()
    record.record(by=by, now=now, reason=f"Makulerades: {reason.strip()}")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise RefusedError("Skriv varför.", field="reason")
