"""The stored files of what is disposed of: on a durable list until each is seen to be gone (R18)."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID

from django.apps import apps
from django.core.files.storage import storages

from archive.models import DisposalFile, DisposalItem, DisposalRun
from archive.retention import RecordType

STORAGE: Final = "snapshots"
BATCH: Final = 500


def names_of(kind: RecordType, keys: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Return the names in the storage of what goes with the objects, by the object's key."""
    names: dict[UUID, set[str]] = {key: set() for key in keys}
    for part in kind.parts:
        for field in part.files:
            rows = apps.get_model(part.model)._base_manager.filter(**{f"{part.record}__in": list(names)})
            for key, name in rows.values_list(part.record, field):
                if name:
                    names[key].add(str(name))
    return {key: sorted(found) for key, found in names.items() if found}


def list_files(kind: RecordType, items: Iterable[DisposalItem]) -> dict[UUID, int]:
    """Put the objects' files on the list, in the transaction that removes the rows; return how many, by the key."""
    by_object = {item.object_id: item for item in items}
    names = names_of(kind, by_object)
    DisposalFile.objects.bulk_create(
        DisposalFile(item=by_object[key], storage=STORAGE, name=name) for key, found in names.items() for name in found
    )
    return {key: len(found) for key, found in names.items()}


def remove_files(run: DisposalRun, *, now: datetime) -> None:
    """Remove what is on the gallring's list, and see that each is gone. Raises OSError for one that is not."""
    waiting = _waiting(run)
    while batch := list(islice(waiting, BATCH)):
        for file in batch:
            remove(file.storage, file.name)
        DisposalFile.objects.filter(pk__in=[file.pk for file in batch]).update(removed_at=now)


def remove(alias: str, name: str) -> None:
    """Remove a file from a storage; one that is gone already is gone. Raises OSError when it is still there after."""
    storage = storages[alias]
    storage.delete(name)
    if storage.exists(name):
        raise OSError(f"En fil finns kvar i lagringen {alias} efter gallringen.")


def _waiting(run: DisposalRun) -> Iterator[DisposalFile]:
    return DisposalFile.objects.filter(item__run=run, removed_at__isnull=True).iterator(chunk_size=BATCH)
