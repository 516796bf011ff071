"""What was handed over becomes a handling in the diarium, with what it said and its files (R15, R16, R22)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from archive.enums import HandoverStatus
from archive.models import Document, Handover
from archive.services.diary import open_or_find_matter, register_document
from archive.services.entries import Entry, File, Opening
from laholm_sociala.common.errors import RefusedError


@transaction.atomic
def register_handover(
    handover_id: UUID, entry: Entry, *, matter_id: UUID | None, opening: Opening, by: User, now: datetime
) -> Document:
    """Register what was handed over: in the ärende named, in the one whose number was typed, or in a new one.

    It waits no longer. What it says, its files and the account it is about are taken from the handover, whatever the
    entry and the opening hold. Raises
    PermissionDenied for those who may not see it, RefusedError when it is registered already, and as
    `open_or_find_matter` and `register_document`.
    """
    handover: Handover = Handover.objects.select_for_update(of=("self",)).select_related("board").get(pk=handover_id)
    if not Handover.objects.visible_to(by, timezone.localdate(now)).filter(pk=handover_id).exists():
        raise PermissionDenied
    if handover.status == HandoverStatus.REGISTERED:
        raise RefusedError(f"Det är redan registrerat som {handover.designation}.")
    if matter_id is None:
        about = replace(opening, account=handover.own_account or opening.account)
        matter_id = open_or_find_matter(handover.board, about, by=by, now=now).pk
    document = register_document(matter_id, _with_what_was_handed_over(entry, handover), by=by, now=now)
    if document.matter.board_id != handover.board_id:
        raise RefusedError("Ärendet hör till en annan nämnd. Välj ett av nämndens egna.", field="place")
    handover.status, handover.designation = HandoverStatus.REGISTERED, str(document)
    handover.record(by=by, now=now, reason=f"Registrerades som {document}")
    return document


def _with_what_was_handed_over(entry: Entry, handover: Handover) -> Entry:
    files = [File(file.file_name, file.content_type, bytes(file.content)) for file in handover.files.all()]
    return replace(
        entry,
        source_ref=handover.source_ref,
        is_restricted=entry.is_restricted or handover.is_restricted,
        text=handover.content.text,
        details=handover.content.details,
        files=files,
    )
