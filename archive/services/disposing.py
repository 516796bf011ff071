"""Carrying out a gallring: one object a transaction, whole or not at all, and the files after it (R18).

Whatever stops it, it goes on where it was: an object is settled in the very transaction that removes it, and a file
is on a durable list from then until it is seen to be gone.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.apps import apps
from django.core.files.storage import storages
from django.db import Error, connection, transaction

from archive.enums import DisposalChoice, DisposalStatus, ItemStatus, LedgerKind
from archive.models import DisposalFile, DisposalItem, DisposalRun, Tombstone
from archive.retention import RecordType, record_type
from archive.services import ledger
from archive.services.disposal_run import lock_run
from archive.services.due import DUE, standing
from archive.services.retention_dates import disposes, in_force
from laholm_sociala.common.errors import RefusedError

FILES: Final = "filer"
STORAGE: Final = "snapshots"
BATCH: Final = 100


def carry_out(run_id: UUID, *, clock: Callable[[], datetime]) -> bool:
    """Settle what waits in the list until nothing does or somebody pauses it; return whether all is settled.

    Begin it first. Raises OSError when a file cannot be removed; called again it goes on.
    """
    while True:
        run = DisposalRun.objects.get(pk=run_id)
        if run.status != DisposalStatus.EXECUTING:
            return False
        waiting = DisposalItem.objects.filter(run=run, status=ItemStatus.WAITING).order_by("id")
        batch = list(waiting.values_list("pk", flat=True)[:BATCH])
        for item_id in batch:
            if not settle(item_id, now=clock()):
                return False
        finish(run, now=clock())
        if not batch:
            return True


def finish(run: DisposalRun, *, now: datetime) -> None:
    """Do what follows the commits: the ledger's lines, and the files."""
    ledger.write_waiting()
    remove_files(run, now=now)


def settle(item_id: UUID, *, now: datetime) -> bool:
    """Dispose of one object on the list, keep it, or say why it may not go. Return False once the gallring is paused.

    Settled is settled: called again it does nothing.
    """
    try:
        with transaction.atomic():
            return _settle(item_id, now)
    except Error as refusal:
        # Something points at it that no handlingstyp knows of: it stays whole, and the protocol says so.
        return _withhold_what_the_database_refused(item_id, refusal, now)


def remove_files(run: DisposalRun, *, now: datetime) -> None:
    """Remove the stored files of what is disposed of, and see that each is gone. Raises OSError for one that is not."""
    for file in DisposalFile.objects.filter(item__run=run, removed_at__isnull=True).iterator(chunk_size=500):
        storage = storages[file.storage]
        storage.delete(file.name)
        if storage.exists(file.name):
            raise OSError(f"En fil finns kvar i lagringen {file.storage} efter gallringen.")
        file.removed_at = now
        file.save(update_fields=["removed_at"])


def _settle(item_id: UUID, now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lock_what_holds()")
    item = (
        DisposalItem.objects.select_for_update(of=("self",)).select_related("run__board", "run__plan").get(pk=item_id)
    )
    run = item.run
    if DisposalRun.objects.select_for_update(no_key=True).get(pk=run.pk).status != DisposalStatus.EXECUTING:
        return False
    if item.status != ItemStatus.WAITING:
        return True
    if item.choice == DisposalChoice.KEEP:
        _close(item, ItemStatus.KEPT, item.choice_reason[:250], now)
        return True
    kind = record_type(item.record_type)
    if kind is None:
        _close(item, ItemStatus.WITHHELD, "Handlingstypen finns inte längre.", now)
        return True
    if not _is_there(item, kind):
        _close(item, ItemStatus.DESTROYED, "Gick med det som det hör till.", now)
        return True
    if refusal := _why_not(item, kind):
        _close(item, ItemStatus.WITHHELD, refusal[:250], now)
        return True
    _dispose(item, kind, now)
    return True


def _is_there(item: DisposalItem, kind: RecordType) -> bool:
    """Lock the object, and return whether it is there. The portal itself may lock no row of an append-only table."""
    with connection.cursor() as cursor:
        table, key = kind.model._meta.db_table, kind.model._meta.pk.column
        cursor.execute("SELECT lock_object(%s, %s, %s)", [table, key, item.object_id])
        return bool(cursor.fetchone()[0])


def _why_not(item: DisposalItem, kind: RecordType) -> str:
    """Return why the object may not go after all, by the rules and gallringsstopp as they are now; else nothing."""
    board, as_of = item.run.board, item.run.as_of
    governing = in_force(board, as_of)
    if not disposes(kind, governing.rule(kind)):
        return "Nämndens plan säger inte längre att det får gallras."
    stands = standing(kind, board, as_of, governing).filter(pk=item.object_id).first()
    if stands is None or stands.state != DUE:
        held = ", ".join(stands.held_by) if stands is not None else ""
        return f"Gallringsstopp: {held}." if held else "Det har inte längre nått sin frist."
    return ""


def _dispose(item: DisposalItem, kind: RecordType, now: datetime) -> None:
    files = _files_of(item, kind)
    DisposalFile.objects.bulk_create(files)
    with connection.cursor() as cursor:
        cursor.execute("SELECT dispose_rows(%s)", [item.pk])
        counts = cursor.fetchone()[0]
    tombstone = Tombstone(
        item=item,
        record_type=item.record_type,
        kind=item.kind,
        object_id=item.object_id,
        plan_version=item.run.plan.version,
        rule=item.reason,
        decision=item.run.plan.decision_in_words[:250],
        due_on=item.due_on,
        disposed_at=now,
        counts={**json.loads(counts), **({FILES: len(files)} if files else {})},
    )
    tombstone.save(force_insert=True)
    content = {
        "tombstone": str(tombstone.pk),
        "record_type": item.record_type,
        "kind": item.kind,
        "object": str(item.object_id),
        "run": str(item.run_id),
        "board": str(item.run.board_id),
        "plan_version": tombstone.plan_version,
        "rule": tombstone.rule,
        "decision": tombstone.decision,
        "due_on": str(item.due_on),
        "disposed_at": now.isoformat(),
        "counts": tombstone.counts,
    }
    ledger.note(LedgerKind.TOMBSTONE, content, now=now, write=False)
    _close(item, ItemStatus.DESTROYED, "", now)


def _files_of(item: DisposalItem, kind: RecordType) -> list[DisposalFile]:
    names: set[str] = set()
    for part in kind.parts:
        for field in part.files:
            rows = apps.get_model(part.model)._base_manager.filter(**{part.record: item.object_id})
            names.update(str(name) for name in rows.values_list(field, flat=True) if name)
    return [DisposalFile(item=item, storage=STORAGE, name=name) for name in sorted(names)]


def _close(item: DisposalItem, status: ItemStatus, outcome: str, now: datetime) -> None:
    item.status, item.outcome, item.settled_at = status, outcome, now
    item.save(update_fields=["status", "outcome", "settled_at"])


@transaction.atomic
def _withhold_what_the_database_refused(item_id: UUID, refusal: Error, now: datetime) -> bool:
    state = getattr(refusal.__cause__, "sqlstate", "") or ""
    if not state.startswith("23"):
        raise refusal
    item = DisposalItem.objects.select_for_update().get(pk=item_id)
    if item.status == ItemStatus.WAITING:
        _close(item, ItemStatus.WITHHELD, "Något annat i portalen hänvisar till det.", now)
    return True


def require_settled(run_id: UUID) -> DisposalRun:
    """Return the gallring, locked, once all of its list is settled and every file is gone; else raise RefusedError."""
    run = lock_run(run_id)
    waits = run.items.filter(status=ItemStatus.WAITING).exists()
    if waits or DisposalFile.objects.filter(item__run=run, removed_at__isnull=True).exists():
        raise RefusedError("Gallringen är inte genomförd till slut.")
    return run
