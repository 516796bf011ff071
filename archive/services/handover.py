"""Handing something to a board's registrator, in the transaction of what gave rise to it (R15, R16, R22)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from accounts.models import Account, Board, User
from archive.models import Handover, HandoverContent, HandoverFile, HandoverView
from archive.readings import tell_of_reading


@dataclass(frozen=True)
class HandedFile:
    """A file that goes along, as it came."""

    file_name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Material:
    """What is handed over. `source_ref` says where it comes from, "case:<uuid>"; `subject` is without names.

    `account`: what it is about, which must be the board's.
    """

    board: Board
    source_ref: str
    subject: str
    received_on: date
    account: Account | None = None
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
        account=material.account,
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


def note_view(handover: Handover, *, by: User, now: datetime) -> None:
    """Write down that a person is shown a handover that may be secret; of others nothing is written (R15).

    Call it before the answer is made: it is committed when it returns, so that nothing is shown that is not written
    down. Inside another transaction it raises RuntimeError.
    """
    if handover.is_restricted:
        with transaction.atomic(durable=True):
            HandoverView.objects.create(handover=handover, user=by, at=now)
            tell_of_reading(handover.board_id, by=by, now=now)
