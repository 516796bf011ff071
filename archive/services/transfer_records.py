"""The objects of any handlingstyp as records of a package, each with the fingerprint of what it was (R07, R18).

What belongs to an account goes under the account, all other objects under their handlingstyp. What belongs to another
object on the leverans (a copy to its post) is packed with that; many short rows make one list. Read in batches: what is
in memory is where each object lies, never what it says.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from django.db.models import BooleanField, Case, DateField, F, Q, UUIDField, Value, When
from django.db.models.functions import Cast

from archive.package.contents import Original, Record, Restriction
from archive.retention import RecordType, everything_within, record_type, types_of, way_up
from archive.services.transfer_names import NO_PROVISION, drawn_up, file_name_of, later, media_type_of, noon
from archive.services.transfer_rows import DIGEST, Row, fingerprint_of
from archive.services.transfer_said import (
    NOTHING,
    Nested,
    as_json,
    as_pdf,
    files_of,
    list_as_csv,
    list_as_json,
    read_whole,
)
from archive.services.transfer_words import heading_of
from laholm_sociala.common.swedish import file_name_words

BATCH: Final = 500
KEPT: Final = "Sparades av portalen när handlingen kom in eller gjordes."

Key = tuple[str, UUID]


class About(NamedTuple):
    """Where an object lies: its days, its account, and whether it may be secret."""

    key: UUID
    created: date
    # None only of what is compared and no longer ended: a post that was opened again.
    ended: date | None
    account: UUID | None
    restricted: bool


@dataclass
class Packed:
    """The records by their account, those of no account by their handlingstyp, and all fingerprints."""

    of_accounts: dict[UUID, list[Record]] = field(default_factory=lambda: defaultdict(list))
    of_types: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    fingerprints: dict[Key, str] = field(default_factory=dict)

    def put(self, code: str, account: UUID | None, record: Record) -> None:
        """Put the record where it belongs."""
        (self.of_accounts[account] if account else self.of_types[code]).append(record)


def pack_objects(keys: Mapping[str, Sequence[UUID]], places: Mapping[UUID, str]) -> Packed:
    """Return the objects, given by their handlingstyp, as records. `places` are the accounts' folders, by their key."""
    packed, nested = Packed(), _nested(keys)
    # By handlingstyp too: a report and where it is to be answered share their key.
    inside = {(code, key) for theirs in nested.values() for code, belonging in theirs.items() for key in belonging}
    for code, all_of_them in keys.items():
        one = _type(code)
        own = [key for key in all_of_them if (code, key) not in inside]
        if one.delivery and one.delivery.is_list:
            _pack_list(packed, one, own, places)
        else:
            _pack_whole(packed, one, own, nested, places)
        packed.fingerprints |= {(one.kind, key): sha256 for key, sha256 in prints_of(one, all_of_them).items()}
    return packed


def prints_of(one: RecordType, keys: Sequence[UUID]) -> dict[UUID, str]:
    """Return the objects' fingerprints as they stand now."""
    return {
        key: fingerprint_of(row) for batch in _batches(keys) for key, row in read_whole(one.code, batch, {}).items()
    }


def prints_of_kind(kind: str, keys: Sequence[UUID]) -> dict[UUID, str]:
    """Return the same for the objects of a model, whichever of its handlingstyper they are."""
    return prints_of(types_of(kind)[0], keys)


def _nested(keys: Mapping[str, Sequence[UUID]]) -> dict[UUID, dict[str, list[UUID]]]:
    """Return what is packed within another object on the leverans: by that object's key, by handlingstyp."""
    there: dict[str, set[UUID]] = defaultdict(set)
    for code, own in keys.items():
        there[_type(code).kind].update(own)
    nested: dict[UUID, dict[str, list[UUID]]] = defaultdict(dict)
    for code, own in keys.items():
        part = _type(code)
        for key, owner in _owners(part, own, there).items():
            nested[owner].setdefault(code, []).append(key)
    return nested


def _owners(part: RecordType, keys: Sequence[UUID], there: Mapping[str, set[UUID]]) -> dict[UUID, UUID]:
    """Return the outermost object on the leverans that each lies within, where one does."""
    ways = {}
    for kind in there:
        whole = types_of(kind)[0]
        if part in everything_within(whole):
            ways[kind] = way_up(part, whole)
    found: dict[UUID, UUID] = {}
    # The longest way leads the furthest out.
    for kind, way in sorted(ways.items(), key=lambda one: one[1].count("__")):
        for batch in _batches(keys):
            rows = part.model._base_manager.filter(pk__in=batch).values_list("pk", way)
            found |= {key: owner for key, owner in rows if owner in there[kind]}
    return found


def _pack_whole(
    packed: Packed,
    one: RecordType,
    keys: Sequence[UUID],
    nested: Mapping[UUID, Nested],
    places: Mapping[UUID, str],
) -> None:
    for batch in _batches(keys):
        about = _about(one, batch)
        rows = read_whole(one.code, batch, nested)
        for each in sorted(about.values(), key=lambda each: (each.created, each.key)):
            if row := rows.get(each.key):
                folder = _folder(one, each.account, places, f"{each.created}-{str(each.key)[:8]}")
                record = _record(one, each, row, nested.get(each.key, NOTHING), folder)
                packed.put(one.code, each.account, record)


def _record(one: RecordType, about: About, row: Row, nested: Nested, folder: str) -> Record:
    at = noon(about.created)
    called = one.name if len(types_of(one.kind)) > 1 else heading_of(row)
    left_out = {name: why for code in (one.code, *nested) for name, why in _left_out(code).items()}
    originals = [_original(folder, place, about, *file) for place, file in enumerate(files_of(row, left_out), start=1)]
    words = (one.code, about.key, nested)
    originals.append(drawn_up(f"{folder}/handling.json", "application/json", at, later(as_json, *words)))
    originals.append(drawn_up(f"{folder}/handling.pdf", "application/pdf", at, later(as_pdf, *words)))
    return Record(
        key=about.key,
        designation=f"{one.code} {about.key}",
        title=f"{called} {about.created}",
        status="closed",
        number=1,
        dates={"created": at, "closed": noon(about.ended or about.created)},
        restrictions=(Restriction(NO_PROVISION, at),) if about.restricted else (),
        originals=tuple(originals),
    )


def _original(folder: str, place: int, about: About, row: Row, file: Any, name: str) -> Original:
    given = row.values.get("content_type") or ("application/pdf" if file.name == "pdf" else "")
    return Original(
        path=f"{folder}/{place:02}-{file_name_of(name)}",
        name=name,
        media_type=media_type_of(given),
        created_at=noon(about.created),
        origin=KEPT,
        read=later(_bytes_of, row.model, row.key, file.name),
        sha256=row.values.get("sha256") or row.values.get(f"{file.name}{DIGEST}"),
    )


def _pack_list(packed: Packed, one: RecordType, keys: Sequence[UUID], places: Mapping[UUID, str]) -> None:
    """Make one record of the rows of each account: in their order, however many."""
    lists: dict[UUID | None, list[About]] = defaultdict(list)
    for batch in _batches(keys):
        for about in _about(one, batch).values():
            lists[about.account].append(about)
    for account, rows in lists.items():
        rows.sort(key=lambda about: (about.created, about.key))
        first, last = rows[0], rows[-1]
        whose = account or first.key
        folder = _folder(one, account, places, f"{first.created}-{last.created}")
        ordered, at = [about.key for about in rows], noon(last.ended or last.created)
        record = Record(
            key=uuid5(whose, one.code),
            designation=f"{one.code} {whose}",
            title=f"{one.name} {first.created}–{last.created}",
            status="closed",
            number=1,
            dates={"created": noon(first.created), "closed": noon(max(about.ended or about.created for about in rows))},
            restrictions=(Restriction(NO_PROVISION, at),) if any(about.restricted for about in rows) else (),
            originals=(
                drawn_up(f"{folder}/lista.json", "application/json", at, later(list_as_json, one.code, ordered)),
                drawn_up(f"{folder}/lista.csv", "text/csv", at, later(list_as_csv, one.code, ordered)),
            ),
        )
        packed.put(one.code, account, record)


def _about(one: RecordType, keys: Sequence[UUID]) -> dict[UUID, About]:
    if one.delivery is None:
        return {}
    secret = one.delivery.restricted() if one.delivery.restricted else Q(pk__isnull=True)
    rows = one.model._base_manager.filter(pk__in=keys).annotate(
        _created=Cast(one.created(), DateField()),
        _ended=Cast(one.delivery.ended(), DateField()),
        _account=F(f"{one.account}") if one.account else Value(None, UUIDField()),
        _secret=Case(When(secret, then=Value(True)), default=Value(False), output_field=BooleanField()),
    )
    found = (About(*row) for row in rows.values_list("pk", "_created", "_ended", "_account", "_secret"))
    return {about.key: about for about in found}


def _folder(one: RecordType, account: UUID | None, places: Mapping[UUID, str], own: str) -> str:
    kind = file_name_words(one.name)
    return f"konton/{places[account]}/{kind}/{own}" if account else f"ovrigt/{kind}/{own}"


def _left_out(code: str) -> Mapping[str, str]:
    delivery = _type(code).delivery
    return delivery.left_out if delivery else {}


def _bytes_of(model: Any, key: Any, name: str) -> list[bytes]:
    return [bytes(model._base_manager.values_list(name, flat=True).get(pk=key))]


def _type(code: str) -> RecordType:
    found = record_type(code)
    if found is None:
        raise LookupError(code)
    return found


def _batches(keys: Sequence[UUID]) -> Iterator[list[UUID]]:
    waiting = iter(keys)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def accounts_of(keys: Mapping[str, Sequence[UUID]]) -> set[UUID]:
    """Return the accounts that objects, given by their handlingstyp, belong to."""
    found: set[UUID] = set()
    for code, own in keys.items():
        one = _type(code)
        for batch in _batches(own) if one.account else ():
            rows = one.model._base_manager.filter(pk__in=batch).values_list(one.account, flat=True)
            found.update(key for key in rows.distinct().order_by() if key)
    return found
