"""The list of a gallring: what is due at the board as of a day, each object with its reason (R17, R18)."""

from datetime import date, datetime
from itertools import islice
from typing import Final

from django.utils import timezone

from archive.models import DisposalItem, DisposalRun, RetentionPlan
from archive.services.due import DueObject, all_due
from archive.services.retention_dates import InForce
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.swedish import whole_date

BATCH: Final = 2000
LONGER_BEFORE: Final = "Planen före hade längre tid, och den gäller det som är äldre än planen."


def refuse_day_ahead(as_of: date, now: datetime) -> None:
    """Raise RefusedError for a day in Stockholm that has not come: what is due then is not known."""
    if as_of > timezone.localdate(now):
        raise RefusedError("Dagen kan inte ligga framåt i tiden.", field="as_of")


def required_plan(governing: InForce) -> RetentionPlan:
    """Return the plan that governs; raise RefusedError without one."""
    if governing.plan is None:
        raise RefusedError("Nämnden har ingen beslutad plan. Utan beslut gallras inget.")
    return governing.plan


def list_due(run: DisposalRun, governing: InForce) -> None:
    """Put what is due on the list. Raises RefusedError when nothing is."""
    due = all_due(run.board, run.as_of, governing)
    items = (_item(run, found) for found in due)
    listed = 0
    # A batch at a time: what is in memory is the same however long the list is.
    while batch := list(islice(items, BATCH)):
        listed += len(DisposalItem.objects.bulk_create(batch))
    if not listed:
        raise RefusedError("Inget har nått sin frist.")


def _item(run: DisposalRun, found: DueObject) -> DisposalItem:
    counted = f" Räknat från {whole_date(found.starts_on)}." if found.starts_on else ""
    if found.due_on != found.own_end:
        counted += f" {LONGER_BEFORE}"
    return DisposalItem(
        run=run,
        record_type=found.record_type.code,
        kind=found.record_type.kind,
        object_id=found.key,
        starts_on=found.starts_on,
        due_on=found.due_on,
        reason=f"{found.rule.in_words}.{counted}"[:250],
    )
