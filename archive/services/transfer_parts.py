"""The parts of a leverans as they stand now, with their fingerprints: what is packed, and what changed since (R18)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from django.db.models import Exists, OuterRef, Q

from archive.enums import TransferStatus
from archive.models import Document, Forwarding, Matter, SecrecyMark, Snapshot, Transfer, TransferItem
from archive.package.contents import Aggregation, Record, fingerprint
from archive.retention import any_of, record_type
from archive.services.transfer_contents import (
    aggregations_of_accounts,
    aggregations_of_matters,
    folders_of_accounts,
    in_places,
    records_of_documents,
    records_of_snapshots,
    snapshots_of_accounts,
)
from archive.services.transfer_list import DOCUMENT, KINDS, MATTER, OWN_FORM, SNAPSHOT, deliverable
from archive.services.transfer_ready import written_since
from archive.services.transfer_records import accounts_of, pack_objects, prints_of_kind
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
    keys: dict[str, list[UUID]] = {}
    for code, key in transfer.items.taken_along().order_by("record_type", "id").values_list("record_type", "object_id"):
        keys.setdefault(code, []).append(key)
    matters = aggregations_of_matters(keys.get(MATTER, []), keys.get(DOCUMENT, []))
    snapshots = snapshots_of_accounts(keys.get(SNAPSHOT, []))
    # In the registry's order: an account's own row comes first of what is said of it.
    others = {one.code: keys[one.code] for one in deliverable() if one.code in keys and one.code not in OWN_FORM}
    packed = pack_objects(others, folders_of_accounts(accounts_of(others)))
    prints = packed.fingerprints | _prints_of_matters(matters)
    documents = set(keys.get(DOCUMENT, []))
    for aggregation in matters:
        prints |= {(KINDS[DOCUMENT], one.key): fingerprint(one) for one in aggregation.records if one.key in documents}
    for account, records in snapshots.items():
        prints |= {(KINDS[SNAPSHOT], one.key): _print_of_snapshot(one) for one in records}
        packed.of_accounts[account] += records
    accounts = aggregations_of_accounts(packed.of_accounts)
    return Parts([*matters, *accounts, *_of_types(transfer, packed.of_types)], prints)


def _of_types(transfer: Transfer, records: Mapping[str, Sequence[Record]]) -> Iterator[Aggregation]:
    """What belongs to no account, a handlingstyp at a time."""
    for one in deliverable():
        if one.code in records:
            yield Aggregation(
                key=uuid5(transfer.board_id, one.code),
                designation=one.code,
                title=one.name,
                status="open",
                kind="handlingstyp",
                dates={"created": records[one.code][0].dates["created"]},
                records=in_places(records[one.code]),
            )


def fingerprints_now(kind: str, keys: Collection[UUID]) -> dict[UUID, str]:
    """Return the objects' fingerprints as they stand now, by their keys."""
    if kind == KINDS[MATTER]:
        found = _prints_of_matters(aggregations_of_matters(keys, ()))
        return {key: sha256 for (_kind, key), sha256 in found.items()}
    if kind == KINDS[SNAPSHOT]:
        return {key: _print_of_snapshot(one) for key, one in records_of_snapshots(keys).items()}
    if kind == KINDS[DOCUMENT]:
        return {key: fingerprint(one) for key, one in records_of_documents(keys).items()}
    return prints_of_kind(kind, list(keys))


def changed_since_packing(transfer: Transfer) -> list[Changed]:
    """Return what was written of since the package was made, and is not what was packed; a fixed number of queries.

    Of a leverans that is receipted, only what has not been delivered since as it stands now.
    """
    suspects = _written_of_since(transfer)
    changed: list[TransferItem] = []
    for kind in dict.fromkeys(item.kind for item in suspects):
        packed = {item.object_id: item for item in suspects if item.kind == kind}
        now = fingerprints_now(kind, packed.keys())
        other = {key for key, item in packed.items() if now.get(key) != item.sha256}
        if other and transfer.status == TransferStatus.RECEIVED:
            other &= changed_since_delivery(kind, other)
        changed += [item for key, item in packed.items() if key in other]
    return _labelled(changed)


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
    within_matter = {"document__matter": own}
    ways = [
        (MATTER, history_model(Matter)._default_manager.filter(id=own, **since)),
        (MATTER, history_model(Document)._default_manager.filter(**of_matter, **since)),
        (MATTER, history_model(SecrecyMark)._default_manager.filter(**within_matter, **since)),
        (MATTER, history_model(Forwarding)._default_manager.filter(**within_matter, **since)),
        (DOCUMENT, history_model(Document)._default_manager.filter(id=own, **since)),
        (DOCUMENT, history_model(SecrecyMark)._default_manager.filter(document=own, **since)),
        (DOCUMENT, history_model(Forwarding)._default_manager.filter(document=own, **since)),
        (SNAPSHOT, history_model(Snapshot)._default_manager.filter(id=own, **since)),
    ]
    condition = any_of(Q(Exists(past), record_type=code) for code, past in ways)
    held = set(transfer.items.taken_along().order_by().values_list("record_type", flat=True).distinct())
    for one in deliverable():
        if one.code in held and one.code not in OWN_FORM and transfer.packed_as_of:
            condition |= Q(record_type=one.code) & written_since(one, transfer.packed_as_of, own)
    return list(transfer.items.taken_along().filter(condition))


def _labelled(changed: Sequence[TransferItem]) -> list[Changed]:
    """Call each by its name, or by its handlingstyp where its name could tell what it says."""
    labels: dict[Key, str] = {}
    for code in dict.fromkeys(item.record_type for item in changed):
        if one := record_type(code):
            own = [item.object_id for item in changed if item.record_type == code]
            found = one.model._base_manager.select_related(*one.fetch).in_bulk(own)
            labels |= {(one.kind, key): one.label_of(record) for key, record in found.items()}
    return [
        Changed(item.kind, item.object_id, labels.get((item.kind, item.object_id), "Borttaget")) for item in changed
    ]
