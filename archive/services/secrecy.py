"""Sekretessmarkeringar on what is registered: a warning that comes or goes, and no decision (OSL ch. 5 § 5; R15)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from archive.models import Document, SecrecyMark
from archive.services.diary import lock_document
from archive.services.entries import write_marks
from laholm_sociala.common.errors import RefusedError


@transaction.atomic
def mark_document(document_id: UUID, *, provisions: Sequence[str], by: User, now: datetime) -> Document:
    """Note that the handling may be secret by the provisions, today (R15). From now on each reading is written down.

    Raises PermissionDenied for those who do not register for the board; RefusedError without a provision, for one that
    is noted already, and where the handling is cancelled.
    """
    document = lock_document(document_id, by=by)
    if document.cancelled_at is not None:
        raise RefusedError("Handlingen är makulerad och ändras inte mer.")
    named = list(dict.fromkeys(filter(None, (provision.strip() for provision in provisions))))
    if not named:
        raise RefusedError("Välj en bestämmelse, eller skriv en annan.", field="other_provision")
    if there := document.marks.in_force().filter(provision__in=named).first():
        raise RefusedError(f"{there.provision} är redan antecknad.", field="other_provision")
    if not document.is_restricted:
        document.is_restricted = True
        document.record(by=by, now=now, reason="Kan vara sekretess")
    write_marks(document, named, by=by, now=now)
    return document


@transaction.atomic
def lift_mark(mark_id: UUID, *, reason: str, by: User, now: datetime) -> SecrecyMark:
    """Take a mark away, for a reason; it stays in the history. With the last one the handling is read as others are.

    Raises PermissionDenied for those who do not register for the board, RefusedError without a reason, when it is
    taken away already, and where the handling is cancelled.
    """
    document = lock_document(SecrecyMark.objects.values_list("document", flat=True).get(pk=mark_id), by=by)
    mark: SecrecyMark = SecrecyMark.objects.select_for_update(of=("self",)).get(pk=mark_id)
    if document.cancelled_at is not None:
        raise RefusedError("Handlingen är makulerad och ändras inte mer.")
    if mark.lifted_on is not None:
        raise RefusedError("Markeringen är redan borttagen.")
    if not reason.strip():
        raise RefusedError("Skriv varför.", field="reason")
    mark.lifted_on, mark.lifted_why = timezone.localdate(now), reason.strip()
    mark.record(by=by, now=now, reason=f"Markeringen togs bort: {reason.strip()}")
    if not document.marks.in_force().exists():
        document.is_restricted = False
        document.record(by=by, now=now, reason="Den sista sekretessmarkeringen togs bort")
    return mark
