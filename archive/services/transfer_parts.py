"""The parts of a leverans as they stand now, with their fingerprints: what is packed, and what changed since (R18)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from archive.enums import TransferStatus
from archive.models import Document, Matter, SecrecyMark, Snapshot, Transfer, TransferItem
from archive.package.contents import Aggregation, Record, fingerprint
from archive.services.transfer_contents import (
    aggregations_of_accounts,
    aggregations_of_matters,
    records_of_documents,
    records_of_snapshots,
)
from archive.services.transfer_list import CODES, DOCUMENT, KINDS, MATTER, SNAPSHOT
from laholm_sociala.common.history import history_model

Key = tuple[str, UUID]


@dataclass(frozen=True)
class Parts:
    """What goes into the package, and the fingerprint of each object by its kind and key."""

    aggregations: Sequence[Aggregation]
    fingerprints: dict[Key, str]


@dataclass(frozen=True)
class Changed:
    """An object that is not what was packed."""

    kind: str
    object_id: UUID
    label: str


def parts_of(transfer: Transfer) -> Parts:
    """Return everything that the leverans is to hold, as it stands now."""
    keys = {
        code: set(transfer.items.taken_along().filter(record_type=code).values_list("object_id", flat=True))
        for code in CODES
    }
    matters = aggregations_of_matters(keys[MATTER], keys[DOCUMENT])
    accounts = aggregations_of_accounts(keys[SNAPSHOT])
    prints = _prints_of_matters(matters)
    for aggregation in matters:
        prints |= {
            (KINDS[DOCUMENT], one.key): fingerprint(one) for one in aggregation.records if one.key in keys[DOCUMENT]
        }
    for aggregation in accounts:
        prints |= {(KINDS[SNAPSHOT], one.key): _print_of_snapshot(one) for one in aggregation.records}
    return Parts([*matters, *accounts], prints)


def fingerprints_now(kind: str, keys: Collection[UUID]) -> dict[UUID, str]:
    """Return the objects' fingerprints as they stand now, by their keys."""
    if kind == KINDS[MATTER]:
        found = _prints_of_matters(aggregations_of_matters(keys, ()))
        return {key: sha256 for (_kind, key), sha256 in found.items()}
    if kind == KINDS[SNAPSHOT]:
        return {key: _print_of_snapshot(one) for key, one in records_of_snapshots(keys).items()}
    return {key: fingerprint(one) for key, one in records_of_documents(keys).items()}


def changed_since_packing(transfer: Transfer) -> list[Changed]:
    """Return what was written of since the package was made, and is not what was packed; a fixed number of queries.

    Of a leverans that is receipted, only what has not been delivered since as it stands now.
    """
    suspects = _written_of_since(transfer)
    changed = []
    for code in CODES:
        packed = {item.object_id: item.sha256 for item in suspects if item.record_type == code}
        now = fingerprints_now(KINDS[code], packed.keys()) if packed else {}
        other = [key for key, sha256 in packed.items() if now.get(key) != sha256]
        if other and transfer.status == TransferStatus.RECEIVED:
            still = changed_since_delivery(KINDS[code], other)
            other = [key for key in other if key in still]
        changed += other
    return _labelled(changed, suspects)


def changed_since_delivery(kind: str, keys: Collection[UUID]) -> set[UUID]:
    """Return the objects of which the e-archive has something else than what stands here now: they may not go (R18)."""
    receipted = Exists(Transfer.objects.receipted().filter(pk=OuterRef("transfer")))
    items = TransferItem.objects.filter(receipted, ~Q(sha256=""), kind=kind, object_id__in=keys)
    delivered: dict[UUID, set[str]] = {}
    for key, sha256 in items.values_list("object_id", "sha256"):
        delivered.setdefault(key, set()).add(sha256)
    now = fingerprints_now(kind, delivered.keys()) if delivered else {}
    return {key for key, prints in delivered.items() if now.get(key) not in prints}


def _prints_of_matters(matters: Iterable[Aggregation]) -> dict[Key, str]:
    """Of an ärende, what the diarium says: what its handlingar hold has fingerprints of its own, and may go first."""
    return {
        (KINDS[MATTER], one.key): fingerprint(
            replace(one, records=tuple(replace(record, says={}, originals=(), notes=()) for record in one.records))
        )
        for one in matters
    }


def _print_of_snapshot(one: Record) -> str:
    """Less its place in the package and what the account is called: another name for that is no other picture."""
    return fingerprint(replace(one, number=1, designation="", title=""))


def _written_of_since(transfer: Transfer) -> list[TransferItem]:
    since = {"history_date__gt": transfer.packed_as_of}
    own, of_matter = OuterRef("object_id"), {"matter": OuterRef("object_id")}
    ways = [
        (MATTER, history_model(Matter)._default_manager.filter(id=own, **since)),
        (MATTER, history_model(Document)._default_manager.filter(**of_matter, **since)),
        (DOCUMENT, history_model(Document)._default_manager.filter(id=own, **since)),
        (DOCUMENT, history_model(SecrecyMark)._default_manager.filter(document=own, **since)),
        (SNAPSHOT, history_model(Snapshot)._default_manager.filter(id=own, **since)),
    ]
    condition = Q(pk__in=[])
    for code, past in ways:
        condition |= Q(Exists(past), record_type=code)
    return list(transfer.items.taken_along().filter(condition))


def _labelled(changed: Collection[UUID], items: Iterable[TransferItem]) -> list[Changed]:
    kinds = {item.object_id: item.kind for item in items}
    labels: dict[UUID, str] = {}
    for model in (Matter, Document, Snapshot):
        related = {Document: ["matter"], Snapshot: ["account__platform"]}.get(model, [])
        found = model._default_manager.filter(pk__in=changed).select_related(*related)
        labels |= {one.pk: str(one) for one in found}
    return [Changed(kinds[key], key, labels.get(key, "Borttaget")) for key in changed]
