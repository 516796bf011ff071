"""What a gallring takes with it and what is kept this time: the choices of the one who prepares it (R18).

A choice in a list that was sent takes it back, and a decision on it falls.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from archive.enums import DisposalChoice
from archive.models import DisposalItem, DisposalRun
from archive.models.disposal import LISTED_ANEW
from archive.services.disposal_list import list_due, refuse_day_ahead, required_plan
from archive.services.disposal_run import lock_to_edit, submit
from archive.services.retention_dates import in_force
from laholm_sociala.common.errors import RefusedError


@transaction.atomic
def keep(
    run_id: UUID, items: Iterable[UUID] = (), *, record_type: str = "", reason: str, by: User, now: datetime
) -> int:
    """Choose that some objects, or all of a handlingstyp, are kept this time, for a reason; return how many.

    Raises PermissionDenied for those who do not prepare the board's gallring; RefusedError without a reason, when
    nothing is chosen, or once it is being carried out.
    """
    run = lock_to_edit(run_id, by=by, now=now)
    if not reason.strip():
        raise RefusedError("Skriv varför de behålls.", field="reason")
    return _chosen(run, items, record_type).update(choice=DisposalChoice.KEEP, choice_reason=reason.strip())


@transaction.atomic
def dispose(run_id: UUID, items: Iterable[UUID] = (), *, record_type: str = "", by: User, now: datetime) -> int:
    """Choose that some objects, or all of a handlingstyp, are disposed of after all; return how many. As `keep`."""
    run = lock_to_edit(run_id, by=by, now=now)
    return _chosen(run, items, record_type).update(choice=DisposalChoice.DESTROY, choice_reason="")


@transaction.atomic
def leave_out(run_id: UUID, record_types: Iterable[str], *, by: User, now: datetime) -> DisposalRun:
    """Take whole handlingstyper off the list. Raises as `keep`."""
    run = lock_to_edit(run_id, by=by, now=now)
    DisposalItem.objects.filter(run=run, record_type__in=list(record_types)).delete()
    return run


@transaction.atomic
def send(run_id: UUID, left_out: Iterable[str], *, by: User, now: datetime) -> DisposalRun:
    """Leave some handlingstyper out and send the rest to arkivansvarig, both or neither. Raises as `submit`."""
    left_out = list(left_out)
    if left_out:
        leave_out(run_id, left_out, by=by, now=now)
    return submit(run_id, by=by, now=now)


@transaction.atomic
def list_anew(run_id: UUID, as_of: date, *, by: User, now: datetime) -> DisposalRun:
    """List what is due as of a day in Stockholm by the plan that governs now; what was chosen to be kept still is.

    Raises as `keep`, and RefusedError where the day lies ahead, no plan is decided, or nothing is due.
    """
    run = lock_to_edit(run_id, by=by, now=now)
    refuse_day_ahead(as_of, now)
    governing = in_force(run.board, timezone.localdate(now))
    own = DisposalItem.objects.filter(run=run)
    kept = list(own.filter(choice=DisposalChoice.KEEP).values_list("kind", "object_id", "choice_reason"))
    own.delete()
    run.plan, run.as_of = required_plan(governing), as_of
    run.record(by=by, now=now, reason=LISTED_ANEW)
    list_due(run, governing)
    for reason in {reason for _kind, _key, reason in kept}:
        for kind in {kind for kind, _key, said in kept if said == reason}:
            keys = [key for one, key, said in kept if (one, said) == (kind, reason)]
            own.filter(kind=kind, object_id__in=keys).update(choice=DisposalChoice.KEEP, choice_reason=reason)
    return run


def _chosen(run: DisposalRun, items: Iterable[UUID], record_type: str) -> QuerySet[DisposalItem]:
    own = DisposalItem.objects.filter(run=run)
    chosen = own.filter(record_type=record_type) if record_type else own.filter(pk__in=list(items))
    if not chosen.exists():
        raise RefusedError("Markera minst en.")
    return chosen
