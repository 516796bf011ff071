"""Ärenden and handlingar are registered, corrected and cancelled; never deleted, never renumbered (R15, R16, R22)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Board, User
from archive.enums import MatterStatus
from archive.models import REGISTER, Document, DocumentView, Matter
from archive.readings import tell_of_reading
from archive.services.entries import (
    Entry,
    Opening,
    enter_document,
    enter_matter,
    matter_numbered,
    refuse_other_boards,
)
from laholm_sociala.common.errors import RefusedError


@transaction.atomic
def open_matter(board: Board, opening: Opening, *, by: User, now: datetime) -> Matter:
    """Open an ärende in the board's diarium and give it the next number of its series.

    Raises PermissionDenied for those who do not register for the board, RefusedError as `enter_matter`.
    """
    _require_registrar(by, board)
    return enter_matter(board, opening, by=by, now=now)


@transaction.atomic
def open_or_find_matter(board: Board, opening: Opening, *, by: User, now: datetime) -> Matter:
    """Return the board's ärende by the number that was typed, where the portal knows it; otherwise open it.

    For a handling that is one more in an ärende of the existing diarium. Raises as `open_matter`.
    """
    _require_registrar(by, board)
    if opening.existing_designation.strip() and (there := matter_numbered(board, opening.existing_designation)):
        return there
    return enter_matter(board, opening, by=by, now=now)


@transaction.atomic
def register_document(matter_id: UUID, entry: Entry, *, by: User, now: datetime) -> Document:
    """Register a handling in an ärende: once for each `source_ref`.

    Raises PermissionDenied for those who do not register for the board, RefusedError as `enter_document`.
    """
    return enter_document(lock_matter(matter_id, by=by), entry, by=by, now=now)


@transaction.atomic
def correct_matter(matter_id: UUID, *, reason: str, by: User, now: datetime, **changes: Any) -> Matter:
    """Correct an ärende's words or case officer; the old value stays in its history.

    `changes` are among subject, public_subject, case_officer and account. Raises PermissionDenied for those who do not
    register for the board, RefusedError without a reason, and for a case officer or an account of another board's.
    """
    matter = lock_matter(matter_id, by=by)
    new = {name: value for name, value in changes.items() if value != getattr(matter, name, None)}
    refuse_other_boards(matter.board, new.get("case_officer"), new.get("account"))
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
    if not by.may(REGISTER, board):
        raise PermissionDenied


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
