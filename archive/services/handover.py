"""Handing something to a board's registrator, in the transaction of what gave rise to it (R15, R16, R22)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Board, User
from archive.enums import HandoverStatus
from archive.models import Handover, HandoverContent, HandoverFile, HandoverView
from laholm_sociala.common.errors import RefusedError


@dataclass(frozen=True)
class HandedFile:
    """A file that goes along, as it came."""

    file_name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Material:
    """What is handed over. `source_ref` says where it comes from, "case:<uuid>"; `subject` is without names."""

    board: Board
    source_ref: str
    subject: str
    received_on: date
    is_restricted: bool = False
    text: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[HandedFile] = ()


@transaction.atomic
def hand_over(material: Material, *, by: User, now: datetime) -> Handover:
    """Put the material in the inbox of the board's registrator, frozen as it is.

    Once: what was handed over by the same `source_ref` is returned as it stands. Who may hand it over is for the
    caller to check.
    """
    known = Handover.objects.filter(source_ref=material.source_ref).first()
    if known is not None:
        return known
    handover = Handover(
        board=material.board,
        source_ref=material.source_ref,
        subject=material.subject,
        is_restricted=material.is_restricted,
        received_on=material.received_on,
        handed_over_at=now,
        handed_over_by=by,
    )
    handover.record(by=by, now=now, reason="Skickat till registratorn")
    HandoverContent.objects.create(handover=handover, text=material.text, details=dict(material.details))
    for file in material.files:
        HandoverFile.objects.create(
            handover=handover,
            file_name=file.file_name[-200:],
            content_type=file.content_type,
            content=file.content,
            sha256=hashlib.sha256(file.content).hexdigest(),
        )
    return handover


@transaction.atomic
def note_number(handover_id: UUID, *, designation: str, by: User, now: datetime) -> Handover:
    """Write down the number that it was given in the diarium: it waits no longer (R16).

    Raises PermissionDenied for those who may not see it, RefusedError without a number or when it has one.
    """
    handover: Handover = Handover.objects.select_for_update().get(pk=handover_id)
    if not Handover.objects.visible_to(by, timezone.localdate(now)).filter(pk=handover_id).exists():
        raise PermissionDenied
    if handover.status == HandoverStatus.REGISTERED:
        raise RefusedError(f"Det är redan diariefört som {handover.designation}.")
    if not designation.strip():
        raise RefusedError("Skriv numret som det fick.", field="designation")
    handover.status, handover.designation = HandoverStatus.REGISTERED, designation.strip()
    handover.record(by=by, now=now, reason="Diariefördes")
    return handover


def note_view(handover: Handover, *, by: User, now: datetime) -> None:
    """Write down that a person is shown a handover that may be secret; of others nothing is written (R15).

    Call it before the answer is made: it is committed when it returns, so that nothing is shown that is not written
    down. Inside another transaction it raises RuntimeError.
    """
    if handover.is_restricted:
        with transaction.atomic(durable=True):
            HandoverView.objects.create(handover=handover, user=by, at=now)
