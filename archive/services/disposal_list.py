"""The list of a gallring: what is due at the board as of a day, each object with its reason (R17, R18)."""

from datetime import date, datetime
from itertools import islice
from typing import Final
from uuid import UUID

from django.utils import timezone

from archive.models import DisposalItem, DisposalRun, RetentionPlan
from archive.retention import RecordType, record_types
from archive.services.due import due_objects
from archive.services.retention_dates import InForce, disposes, end_by
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
    listed = 0
    for record_type in record_types():
        rule = governing.rule(record_type)
        if rule is None or not disposes(record_type, rule):
            continue
        objects = due_objects(record_type, run.board, run.as_of, governing).order_by()
        objects = objects.annotate(own_end=end_by(record_type, rule))
        rows = objects.values_list("pk", "starts_on", "due_on", "own_end").iterator(chunk_size=BATCH)
        items = (_item(run, record_type, rule.in_words, *row) for row in rows)
        # A batch at a time: what is in memory is the same however long the list is.
        while batch := list(islice(items, BATCH)):
            listed += len(DisposalItem.objects.bulk_create(batch))
    if not listed:
        raise RefusedError("Inget har nått sin frist.")


def _item(
    run: DisposalRun,
    record_type: RecordType,
    rule: str,
    key: UUID,
    starts_on: date | None,
    due_on: date,
    own_end: date | None,
) -> DisposalItem:
    counted = f" Räknat från {whole_date(starts_on)}." if starts_on else ""
    if due_on != own_end:
        counted += f" {LONGER_BEFORE}"
    return DisposalItem(
        run=run,
        record_type=record_type.code,
        kind=record_type.kind,
        object_id=key,
        starts_on=starts_on,
        due_on=due_on,
        reason=f"{rule}.{counted}"[:250],
    )
