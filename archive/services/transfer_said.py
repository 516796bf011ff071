"""What is said of an object in the package: as JSON, as a page to read, and as a list of short rows (R07)."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db.models import DateField, Field
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst

from accounts.export import harmless
from accounts.models import Board
from archive.retention import RecordType, record_type
from archive.services.transfer_names import noon
from archive.services.transfer_rows import Row, file_fields, read_objects, said_fields
from archive.services.transfer_words import Words, heading_of, term_of
from laholm_sociala.common.pdf import Data, render_pdf
from laholm_sociala.common.swedish import STOCKHOLM

# The keys of what belongs to an object and is delivered with it, by its handlingstyp.
Nested = Mapping[str, Sequence[UUID]]
NOTHING: Final[Nested] = {}
BATCH: Final = 500
# A longer answer than this is no reading matter: it stands in the JSON.
LONGEST: Final = 20_000
# What the portal counts and compares by, and a mail's second form: in the JSON too, and nothing to read.
NOT_ON_PAGE: Final = frozenset({"version", "case_version", "same_key", "source_key", "outcome_sha256", "html"})
IN_JSON: Final = "Står i handling.json."


@dataclass(frozen=True)
class Section:
    """A part of the page: what it is, what it says, and what has happened to it."""

    heading: str
    facts: Sequence[tuple[str, str]]
    changes: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


def as_json(code: str, key: UUID, nested: Nested = NOTHING) -> Iterator[bytes]:
    """Yield all that is said of the object, with its history and what belongs to it."""
    row, words = _read(code, key, nested)
    yield _as_bytes(_type(code), row, words)


def as_pdf(code: str, key: UUID, nested: Nested = NOTHING) -> Iterator[bytes]:
    """Yield the same as a page that a person reads, as PDF/A."""
    one = _type(code)
    row, words = _read(code, key, nested)
    dated = {"_board": one.board(), "_created": Cast(one.created(), DateField())}
    found = one.model._base_manager.filter(pk=key).annotate(**dated)
    board, created = found.values_list("_board", "_created").get()
    context = {
        "board": Board.objects.get(pk=board),
        "name": one.name,
        "heading": heading_of(row),
        "created": created,
        "key": str(key),
        "sections": [_section(part, words) for part in row.everything()],
    }
    data = Data("handling.json", _as_bytes(one, row, words), noon(created))
    yield render_pdf(render_to_string("archive/pdf/record.html", context), data=[data])


def list_as_json(code: str, keys: Sequence[UUID]) -> Iterator[bytes]:
    """Yield the objects as one list, a line each."""
    yield b"[\n"
    before = b""
    for row, words in _batches(code, keys):
        yield before + json.dumps({"id": str(row.key), **_facts(row, words)}, ensure_ascii=False).encode()
        before = b",\n"
    yield b"\n]\n"


def list_as_csv(code: str, keys: Sequence[UUID]) -> Iterator[bytes]:
    """Yield the objects as a table: semicolons and a byte order mark, as Excel in Sweden reads it."""
    model = _type(code).model
    yield b"\xef\xbb\xbf" + _line(["id", *(term_of(one) for one in said_fields(model))])
    for row, words in _batches(code, keys):
        yield _line([str(row.key), *(words.in_words(one, row.values[one.attname]) for one in said_fields(model))])


def files_of(row: Row, left_out: Mapping[str, str]) -> Iterator[tuple[Row, Field, str]]:
    """Yield each file of the row and of what follows it: where it stands, and its own name."""
    for one in row.everything():
        for file in file_fields(one.model, left_out):
            given = one.values.get("file_name") or one.values.get("name")
            yield one, file, given or f"{heading_of(one)}.{'pdf' if file.name == 'pdf' else 'bin'}"


def read_whole(code: str, keys: Sequence[UUID], nested: Mapping[UUID, Nested]) -> dict[UUID, Row]:
    """Return the objects with what follows them and, last, what belongs to them and is delivered with them."""
    found = read_objects(_type(code), keys)
    owners: dict[str, dict[UUID, UUID]] = {}
    for key in found:
        for inner, theirs in nested.get(key, NOTHING).items():
            owners.setdefault(inner, {}).update(dict.fromkeys(theirs, key))
    for inner, by_key in owners.items():
        # Straight or further out: either way the page says it once, at the top.
        way = (_type(inner).part_of or ("", ""))[1]
        for key, row in read_objects(_type(inner), list(by_key)).items():
            found[by_key[key]].parts.append(replace(row, way=way))
    return found


def _read(code: str, key: UUID, nested: Nested) -> tuple[Row, Words]:
    row = read_whole(code, [key], {key: nested})[key]
    return row, Words([row])


def _as_bytes(one: RecordType, row: Row, words: Words) -> bytes:
    said = {"handlingstyp": one.name, **_said(row, words)}
    return json.dumps(said, ensure_ascii=False, indent=2).encode() + b"\n"


def _type(code: str) -> RecordType:
    found = record_type(code)
    if found is None:  # what is on a leverans was in the registry when it was listed
        raise LookupError(code)
    return found


def _batches(code: str, keys: Sequence[UUID]) -> Iterator[tuple[Row, Words]]:
    waiting = iter(keys)
    while batch := list(islice(waiting, BATCH)):
        found = read_objects(_type(code), batch)
        words = Words(found.values())
        yield from ((found[key], words) for key in batch if key in found)


def _said(row: Row, words: Words) -> dict[str, Any]:
    said: dict[str, Any] = {"slag": heading_of(row), "id": str(row.key), "uppgifter": _facts(row, words)}
    if row.history:
        said["historik"] = [_change(line, words) for line in words.changes(row)]
    if row.parts:
        said["delar"] = [_said(part, words) for part in row.parts]
    return said


def _facts(row: Row, words: Words) -> dict[str, Any]:
    return {term_of(one): words.as_json(one, value) for one, value in words.facts(row)}


def _change(line: Mapping[str, Any], words: Words) -> dict[str, Any]:
    changed = [
        {"uppgift": term_of(one), "från": words.as_json(one, old), "till": words.as_json(one, new)}
        for one, old, new in line["ändrat"]
    ]
    return {**line, "när": timezone.localtime(line["när"], STOCKHOLM).isoformat(), "ändrat": changed}


def _section(row: Row, words: Words) -> Section:
    shown = [(one, value) for one, value in words.facts(row) if one.name not in NOT_ON_PAGE]
    facts = [(capfirst(term_of(one)), words.in_words(one, value)) for one, value in shown]
    return Section(
        heading=heading_of(row),
        facts=[(term, said if len(said) <= LONGEST else IN_JSON) for term, said in facts if said],
        changes=[
            {**line, "ändrat": [_in_a_line(one, old, new, words) for one, old, new in line["ändrat"]]}
            for line in words.changes(row)
        ],
    )


def _in_a_line(one: Field, old: Any, new: Any, words: Words) -> str:
    before, now = words.in_words(one, old) or "tomt", words.in_words(one, new) or "tomt"
    return f"{capfirst(term_of(one))}: från {before} till {now}" if len(before) + len(now) <= LONGEST else IN_JSON


def _line(cells: Sequence[str]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return line.getvalue().encode()
