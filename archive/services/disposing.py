"""Carrying out a gallring: each object whole or not at all, and the files after it (R18).

Whatever stops it, it goes on where it was: an object is settled in the very transaction that removes it, and a file
is on a durable list from then until it is seen to be gone. Some objects share a transaction, as asking whether each may
go costs far more than that it goes; where the database refuses one of them, each is settled by itself.
"""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import Error, connection, transaction

from archive.enums import DisposalChoice, DisposalStatus, ItemStatus, LedgerKind
from archive.models import DisposalFile, DisposalItem, DisposalReach, DisposalRun, Tombstone
from archive.retention import depth, record_type
from archive.services import ledger
from archive.services.disposal_checks import lock_objects, lock_what_holds, refusals
from archive.services.disposal_files import list_files, remove_files
from archive.services.disposal_run import lock_run
from laholm_sociala.common.errors import RefusedError

logger = logging.getLogger(__name__)
FILES: Final = "filer"
# So many objects go in one transaction: they, and what may hold them, are locked for about a second.
BATCH: Final = 200
# Others wait behind us while we wait for the one who is writing.
LONGEST_WAIT: Final = "10s"
WITH_ITS_RECORD: Final = "Gick med det som det hör till."
UNKNOWN_TYPE: Final = "Handlingstypen finns inte längre."
REFERRED_TO: Final = "Något annat i portalen hänvisar till det."

# What becomes of an item, and why.
Outcome = tuple[ItemStatus, str]


def carry_out(run_id: UUID, *, clock: Callable[[], datetime]) -> bool:
    """Settle what waits in the list until nothing does or somebody pauses it; return whether all is settled.

    Begin it first. Raises OSError when a file cannot be removed; called again it goes on.
    """
    run = DisposalRun.objects.get(pk=run_id)
    for batch in _batches(run):
        if not settle(run.pk, batch, now=clock()):
            return False
        finish(run, now=clock())
    finish(run, now=clock())
    return DisposalRun.objects.get(pk=run_id).status == DisposalStatus.EXECUTING


def finish(run: DisposalRun, *, now: datetime) -> None:
    """Do what follows the commits: the ledger's lines, and the files."""
    ledger.write_waiting()
    remove_files(run, now=now)


def settle(run_id: UUID, item_ids: Sequence[UUID], *, now: datetime) -> bool:
    """Dispose of objects of one handlingstyp on the list, keep them, or say why they may not go.

    Return False once the gallring is paused. Settled is settled: called again it does nothing.
    """
    try:
        with transaction.atomic():
            return _settle(run_id, item_ids, now)
    except Error as refusal:
        if not _is_a_reference(refusal):
            raise
    if len(item_ids) == 1:
        return _withhold(run_id, item_ids[0], now)
    return all(settle(run_id, [one], now=now) for one in item_ids)


def sweep_up(run_id: UUID) -> int:
    """Remove what was written in a history while its object went, by somebody who had begun before; return how many.

    Each history is locked for a moment, so that whoever is writing in it has finished. Raises OperationalError when
    somebody writes for longer than ten seconds; called again it goes on.
    """
    run = DisposalRun.objects.get(pk=run_id)
    if run.status != DisposalStatus.EXECUTING:
        return 0
    types = run.items.order_by().values("record_type").distinct()
    histories = DisposalReach.objects.filter(record_type__in=types, key_column="history_id").order_by("table_name")
    swept = 0
    for table in histories.values_list("table_name", flat=True).distinct():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_WAIT])
            cursor.execute("SELECT sweep_up(%s, %s)", [run.pk, table])
            swept += cursor.fetchone()[0]
    if swept:
        logger.warning("Gallringen %s städade upp %s rader som skrevs medan den pågick.", run.pk, swept)
    return swept


def require_settled(run_id: UUID) -> DisposalRun:
    """Return the gallring, locked, once all of its list is settled and every file is gone; else raise RefusedError."""
    run = lock_run(run_id)
    waits = run.items.filter(status=ItemStatus.WAITING).exists()
    if waits or DisposalFile.objects.filter(item__run=run, removed_at__isnull=True).exists():
        raise RefusedError("Gallringen är inte genomförd till slut.")
    return run


def _batches(run: DisposalRun) -> Iterator[list[UUID]]:
    """Yield what waits, a few of one handlingstyp at a time. Records first: what belongs to them goes with them."""
    waiting = DisposalItem.objects.filter(run=run, status=ItemStatus.WAITING).order_by("id")
    codes = waiting.order_by().values_list("record_type", flat=True).distinct()
    for code in sorted(codes, key=_place):
        of_type = waiting.filter(record_type=code).values_list("pk", flat=True)
        batch = list(of_type[:BATCH])
        while batch:
            yield batch
            batch = list(of_type.filter(pk__gt=batch[-1])[:BATCH])


def _place(code: str) -> tuple[int, str]:
    kind = record_type(code)
    return (depth(kind) if kind else 0), code


def _settle(run_id: UUID, item_ids: Sequence[UUID], now: datetime) -> bool:
    lock_what_holds()
    run = _lock(run_id)
    if run.status != DisposalStatus.EXECUTING:
        return False
    waiting = DisposalItem.objects.select_for_update().filter(run=run, pk__in=item_ids, status=ItemStatus.WAITING)
    items = list(waiting.order_by("id"))
    outcomes = _outcomes(run, items, now)
    going = [item for item in items if item.pk not in outcomes]
    _dispose(run, going, now)
    _close(items, outcomes, now)
    return True


def _lock(run_id: UUID) -> DisposalRun:
    locked = DisposalRun.objects.select_for_update(no_key=True, of=("self",)).select_related("board", "plan")
    return locked.get(pk=run_id)


def _outcomes(run: DisposalRun, items: Sequence[DisposalItem], now: datetime) -> dict[UUID, Outcome]:
    """Return what becomes of those that do not go."""
    kept = [item for item in items if item.choice == DisposalChoice.KEEP]
    chosen = [item for item in items if item.choice == DisposalChoice.DESTROY]
    outcomes: dict[UUID, Outcome] = {item.pk: (ItemStatus.KEPT, item.choice_reason[:250]) for item in kept}
    if not chosen:
        return outcomes
    kind = record_type(chosen[0].record_type)
    if kind is None:
        return outcomes | {item.pk: (ItemStatus.WITHHELD, UNKNOWN_TYPE) for item in chosen}
    there = lock_objects(kind, [item.object_id for item in chosen])
    outcomes |= {item.pk: (ItemStatus.DESTROYED, WITH_ITS_RECORD) for item in chosen if item.object_id not in there}
    refused = refusals(run, kind, there, now=now) if there else {}
    withheld = [item for item in chosen if item.object_id in refused]
    return outcomes | {item.pk: (ItemStatus.WITHHELD, refused[item.object_id][:250]) for item in withheld}


def _dispose(run: DisposalRun, items: Sequence[DisposalItem], now: datetime) -> None:
    if not items:
        return
    kind = record_type(items[0].record_type)
    files = list_files(kind, items) if kind else {}
    counts = _remove(items)
    stones = []
    for item in items:
        number = files.get(item.object_id, 0)
        stones.append(_tombstone(run, item, {**counts[item.pk], **({FILES: number} if number else {})}, now))
    Tombstone.objects.bulk_create(stones)
    ledger.note_all(LedgerKind.TOMBSTONE, [_told(run, stone) for stone in stones], now=now)


def _remove(items: Sequence[DisposalItem]) -> dict[UUID, dict[str, int]]:
    """Remove the rows, and return how many of each table went with each item."""
    with connection.cursor() as cursor:
        keys = [item.pk for item in items]
        cursor.execute("SELECT item, dispose_rows(item) FROM unnest(%s::uuid[]) AS item", [keys])
        return {key: json.loads(counts) for key, counts in cursor.fetchall()}


def _tombstone(run: DisposalRun, item: DisposalItem, counts: dict[str, int], now: datetime) -> Tombstone:
    return Tombstone(
        # By its key: the two would refer to each other in a ring, and Python lets those of many batches lie.
        item_id=item.pk,
        record_type=item.record_type,
        kind=item.kind,
        object_id=item.object_id,
        plan_version=run.plan.version,
        rule=item.reason,
        decision=run.plan.decision_in_words[:250],
        due_on=item.due_on,
        disposed_at=now,
        counts=counts,
    )


def _told(run: DisposalRun, stone: Tombstone) -> dict[str, Any]:
    """Return what the ledger is told of it."""
    return {
        "tombstone": str(stone.pk),
        "record_type": stone.record_type,
        "kind": stone.kind,
        "object": str(stone.object_id),
        "run": str(run.pk),
        "board": str(run.board_id),
        "plan_version": stone.plan_version,
        "rule": stone.rule,
        "decision": stone.decision,
        "due_on": str(stone.due_on),
        "disposed_at": stone.disposed_at.isoformat(),
        "counts": stone.counts,
    }


def _close(items: Sequence[DisposalItem], outcomes: dict[UUID, Outcome], now: datetime) -> None:
    """Write what became of each, in one statement for each way to end."""
    by_outcome: dict[Outcome, list[UUID]] = {}
    for item in items:
        by_outcome.setdefault(outcomes.get(item.pk, (ItemStatus.DESTROYED, "")), []).append(item.pk)
    for (status, outcome), keys in by_outcome.items():
        DisposalItem.objects.filter(pk__in=keys).update(status=status, outcome=outcome, settled_at=now)


def _is_a_reference(refusal: Error) -> bool:
    """Whether something points at the object that no handlingstyp knows of, so that the database keeps it whole."""
    return (getattr(refusal.__cause__, "sqlstate", "") or "").startswith("23")


@transaction.atomic
def _withhold(run_id: UUID, item_id: UUID, now: datetime) -> bool:
    run = _lock(run_id)
    item = DisposalItem.objects.select_for_update().get(pk=item_id)
    if run.status == DisposalStatus.EXECUTING and item.status == ItemStatus.WAITING:
        _close([item], {item.pk: (ItemStatus.WITHHELD, REFERRED_TO)}, now)
    return True
