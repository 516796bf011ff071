"""Kommunarkivarien advises on a gallring before it is carried out (R18)."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from archive.enums import DisposalStatus
from archive.models import VIEW_DISPOSAL, DisposalAdvice
from archive.services.disposal_run import lock_run
from laholm_sociala.common.errors import RefusedError

ADVISED: tuple[DisposalStatus, ...] = (DisposalStatus.DRAFT, DisposalStatus.SUBMITTED, DisposalStatus.APPROVED)


@transaction.atomic
def advise(run_id: UUID, text: str, *, by: User, now: datetime) -> DisposalAdvice:
    """Write down advice on a gallring. It changes nothing else.

    Raises PermissionDenied for those who do not look after the whole municipality's gallring; RefusedError without
    words, or once it is being carried out.
    """
    run = lock_run(run_id)
    if not by.may(VIEW_DISPOSAL):
        raise PermissionDenied
    if run.status not in ADVISED:
        raise RefusedError("Gallringen genomförs redan.")
    if not text.strip():
        raise RefusedError("Skriv ditt råd.", field="text")
    return DisposalAdvice.objects.create(run=run, text=text.strip(), given_by=by, given_at=now)
