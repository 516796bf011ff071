"""What the portal holds of objects of any handlingstyp, read row by row as it stands, in batches (R07, R18)."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import BinaryField, F, Func

from archive.retention import RecordType
from archive.services.transfer_ready import follows
from laholm_sociala.common.history import TrackedModel, history_model

# Of a file that carries no fingerprint of its own: PostgreSQL computes it from the bytes.
DIGEST: Final = "_sha256"
EMPTY: Final = (None, "", False)


@dataclass(frozen=True)
class Row:
    """A row as it stands, by its columns and without the bytes of its files, with its history and what follows it.

    `way` is the lookup from it to the object that it follows; empty for the object itself.
    """

    model: type[models.Model]
    key: Any
    values: Mapping[str, Any]
    way: str = ""
    history: list[Mapping[str, Any]] = field(default_factory=list)
    parts: "list[Row]" = field(default_factory=list)

    def everything(self) -> "Iterator[Row]":
        """Yield the row itself, and all that follows it."""
        yield self
        for part in self.parts:
            yield from part.everything()


def read_objects(one: RecordType, keys: Collection[UUID]) -> dict[UUID, Row]:
    """Return the objects with what follows them, in a fixed number of queries; one that is gone is left out."""
    left_out = frozenset(one.delivery.left_out if one.delivery else ())
    found = dict(_rows(one.model, "pk", keys, left_out))
    for part in follows(one):
        for owner, row in _rows(apps.get_model(part.model), part.record, keys, left_out):
            if owner in found:
                found[owner].parts.append(row)
    return found


def fingerprint_of(row: Row) -> str:
    """Return the SHA-256 of all that stands in the row and what follows it: another when anything is written of it.

    Of values, not of words: that a person gets another title makes nobody's record another. What is empty does not
    count, so that a new column in a later version of the portal makes no record another either.
    """
    plain = json.dumps(_plain(row), default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def said_fields(model: type[models.Model]) -> list[models.Field]:
    """Return the fields of the model that are said in words: not its files, nor what PostgreSQL makes of others."""
    return [
        one
        for one in model._meta.concrete_fields
        if not (one.generated or (one.primary_key and not one.is_relation))
        and not isinstance(one, BinaryField | SearchVectorField)
    ]


def file_fields(model: type[models.Model], left_out: Collection[str] = ()) -> list[models.Field]:
    """Return the fields of the model whose bytes are files that follow."""
    label = model._meta.label_lower
    binary = [one for one in model._meta.concrete_fields if isinstance(one, BinaryField)]
    return [one for one in binary if f"{label}.{one.name}" not in left_out]


def _rows(
    model: type[models.Model], lookup: str, keys: Collection[UUID], left_out: Collection[str]
) -> Iterator[tuple[UUID, Row]]:
    way = "" if lookup == "pk" else lookup
    past = _history(model, lookup, keys) if issubclass(model, TrackedModel) else {}
    for owner, key, values in _values(model, lookup, keys, left_out):
        _owner, history = past.pop(key, (owner, []))
        yield owner, Row(model, key, values, way, history)
    # What was removed from a record that stands: its last words are still the record's.
    for key, (owner, history) in past.items() if way else ():
        last = {name: value for name, value in history[-1].items() if not name.startswith("history_")}
        yield owner, Row(model, key, last, way, history)


def _values(
    model: type[models.Model], lookup: str, keys: Collection[UUID], left_out: Collection[str]
) -> Iterator[tuple[UUID, Any, dict[str, Any]]]:
    names = [one.attname for one in said_fields(model)]
    known = {one.name for one in model._meta.concrete_fields}
    bare = file_fields(model, left_out) if "sha256" not in known else []
    digests = {f"{one.name}{DIGEST}": Func(F(one.name), function="sha256", output_field=BinaryField()) for one in bare}
    found = model._base_manager.filter(**{f"{lookup}__in": list(keys)}).annotate(_owner=F(lookup), **digests)
    for values in found.order_by(*(model._meta.ordering or ()), "pk").values("_owner", "pk", *names, *digests):
        owner, key = values.pop("_owner"), values.pop("pk")
        yield owner, key, values | {name: bytes(values[name]).hex() for name in digests}


def _history(
    model: type[models.Model], lookup: str, keys: Collection[UUID]
) -> dict[Any, tuple[UUID, list[Mapping[str, Any]]]]:
    """Return each record's history in time's order, by its key, with the object that it follows."""
    past: Any = history_model(model)
    way = "id" if lookup == "pk" else lookup
    names = [one.attname for one in past.tracked_fields]
    about = ("history_id", "history_date", "history_user_id", "history_change_reason", "history_type")
    found: dict[Any, tuple[UUID, list[Mapping[str, Any]]]] = {}
    rows = past._default_manager.filter(**{f"{way}__in": list(keys)}).annotate(_owner=F(way))
    for values in rows.order_by("history_date", "history_id").values("_owner", *names, *about):
        owner = values.pop("_owner")
        found.setdefault(values["id"], (owner, []))[1].append(values)
    return found


def _plain(row: Row) -> dict[str, Any]:
    parts: dict[str, list[Any]] = defaultdict(list)
    for part in sorted(row.parts, key=lambda part: str(part.key)):
        parts[part.model._meta.label_lower].append(_plain(part))
    return {
        "key": row.key,
        "values": {name: value for name, value in row.values.items() if value not in EMPTY and value not in ([], {})},
        "history": [line["history_id"] for line in row.history],
        "parts": parts,
    }
