"""Who else within the board may read a handling that may be secret, and who has read (OSL ch. 8 §§ 1–2; R15)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Board, User
from archive.models import Document, DocumentAccess, DocumentView, HandoverView, TransferReading
from archive.services.diary import lock_document
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.swedish import STOCKHOLM

# Longer than this nobody foresees that a person needs it.
LONGEST: Final = timedelta(days=366)


@dataclass(frozen=True)
class Reading:
    """That a person was shown something of the diarium; `about` tells what, never what it says."""

    at: datetime
    user: User
    what: str
    about: str


@transaction.atomic
def grant_access(
    document_id: UUID, *, user: User, reason: str, last_on: date, by: User, now: datetime
) -> DocumentAccess:
    """Let one more person within the board read the handling, for a reason and until a day, that day included (R15).

    Raises PermissionDenied for others than the board's registrators; RefusedError for people of other boards, for
    those who may read it already, without a reason, for a day that is past or too far off, and where nothing may be
    secret.
    """
    document, today = lock_document(document_id, by=by), timezone.localdate(now)
    if not document.is_restricted:
        raise RefusedError("Handlingen är inte markerad som att den kan vara sekretess.")
    if not user.is_active or user.unit is None or user.unit.board_id != document.matter.board_id:
        raise RefusedError("Välj någon inom samma nämnd. Sekretess gäller också mellan nämnder.", field="user")
    if Document.objects.readable_by(user, today).filter(pk=document_id).exists():
        raise RefusedError(f"{user.short_name} får redan läsa handlingen.", field="user")
    if not reason.strip():
        raise RefusedError("Skriv varför personen behöver läsa handlingen.", field="reason")
    if not today <= last_on <= today + LONGEST:
        raise RefusedError("Välj en dag från och med i dag, högst ett år fram.", field="last_on")
    for over in document.access.select_for_update(of=("self",)).filter(user=user, ended_at__isnull=True):
        over.ended_at = now
        over.record(by=by, now=now, reason="Tiden hade gått ut")
    access = DocumentAccess(document=document, user=user, granted_at=now, last_on=last_on)
    access.record(by=by, now=now, reason=reason.strip())
    return access


@transaction.atomic
def end_access(access_id: UUID, *, by: User, now: datetime) -> DocumentAccess:
    """Let a person no longer read the handling, from now.

    Raises PermissionDenied for others than the board's registrators, RefusedError when it is ended already.
    """
    lock_document(DocumentAccess.objects.values_list("document", flat=True).get(pk=access_id), by=by)
    access = DocumentAccess.objects.select_for_update(of=("self",)).select_related("user__unit").get(pk=access_id)
    if access.ended_at is not None:
        raise RefusedError(f"{access.user.short_name} får redan inte läsa handlingen längre.")
    access.ended_at = now
    access.record(by=by, now=now, reason="Behöver inte läsa handlingen längre")
    return access


def granted(document: Document, on: date) -> QuerySet[DocumentAccess]:
    """Return those who were let in one by one and still are, the newest first."""
    return document.access.on(on).select_related("user__unit")


def readings(board: Board, month: date) -> list[Reading]:
    """Return who read what of the board's diarium in the month that begins on the day, the latest first."""
    return sorted(_readings(board, month), key=lambda reading: reading.at, reverse=True)


def has_read(user: User, board: Board, month: date) -> bool:
    """Tell whether the person read anything of the board's diarium in the month."""
    within = {"user": user, "at__range": _bounds(month)}
    ways = (
        DocumentView.objects.filter(document__matter__board=board, **within),
        HandoverView.objects.filter(handover__board=board, **within),
        TransferReading.objects.filter(transfer__board=board, **within),
    )
    return any(way.exists() for way in ways)


def _readings(board: Board, month: date) -> Iterator[Reading]:
    of_documents = DocumentView.objects.filter(document__matter__board=board, at__range=_bounds(month))
    for view in of_documents.select_related("user__unit", "document__matter"):
        yield Reading(view.at, view.user, "handlingen", str(view.document))
    of_handovers = HandoverView.objects.filter(handover__board=board, at__range=_bounds(month))
    for seen in of_handovers.select_related("user__unit", "handover"):
        sent_on = timezone.localdate(seen.handover.handed_over_at, STOCKHOLM)
        yield Reading(seen.at, seen.user, "det som väntade på registratorn", f"Skickat {sent_on}")
    of_packages = TransferReading.objects.filter(transfer__board=board, at__range=_bounds(month))
    for taken in of_packages.select_related("user__unit", "transfer"):
        yield Reading(taken.at, taken.user, "ett paket till e-arkivet", str(taken.transfer))


def _bounds(month: date) -> tuple[datetime, datetime]:
    """The month's first and last moment in Swedish time."""
    following = (month + timedelta(days=32)).replace(day=1)
    first, after = (datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM) for day in (month, following))
    return first, after - timedelta(microseconds=1)
