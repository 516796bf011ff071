"""How far a gallring reaches: every table that goes with an object, as SQL that PostgreSQL carries out (R18).

Built from the registry of handlingstyper, and written by `manage.py migrate` as the tables' owner: the portal's own
role reads it and cannot widen it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction

from archive.models import DisposalReach
from archive.retention import RecordType, record_types
from laholm_sociala.common.history import TrackedModel, history_model


@dataclass(frozen=True)
class Way:
    """Rows of a table that go, or are locked or unlinked first. The object's key is $1 in the SQL."""

    table_name: str
    key_column: str
    object_column: str
    condition: str
    statement: str


def ways(record_type: RecordType) -> list[Way]:
    """Return all that goes with an object of the type, in the order in which it goes."""
    return [*_locks(record_type), *_unlinks(record_type), *_deletions(record_type)]


def reach() -> Iterator[tuple[str, int, Way]]:
    """Yield the ways of every handlingstyp, each with its code and place."""
    for record_type in record_types():
        for position, way in enumerate(ways(record_type)):
            yield record_type.code, position, way


def _locks(record_type: RecordType) -> Iterator[Way]:
    # A history row follows a change of its record: while that is locked none can come.
    for model, condition, _column in _rows(record_type):
        if issubclass(model, TrackedModel):
            lock = f"SELECT FROM {_quoted(model._meta.db_table)} WHERE {condition} FOR UPDATE"
            yield Way(model._meta.db_table, str(model._meta.pk.column), "", condition, lock)


def _unlinks(record_type: RecordType) -> Iterator[Way]:
    for label, field_name in record_type.unlinks:
        model = apps.get_model(label)
        table, column = model._meta.db_table, str(model._meta.get_field(field_name).column)
        condition = f"{_quoted(column)} = $1"
        unlink = f"UPDATE {_quoted(table)} SET {_quoted(column)} = NULL WHERE {condition}"  # noqa: S608  our names
        yield Way(table, str(model._meta.pk.column), "", condition, unlink)


def _deletions(record_type: RecordType) -> Iterator[Way]:
    for model, condition, column in _rows(record_type):
        # History first: it is found by its record, which must then still be there.
        if issubclass(model, TrackedModel):
            yield _of_history(model, condition, column)
        yield _deletion(model._meta.db_table, str(model._meta.pk.column), column, condition)


def _rows(record_type: RecordType) -> Iterator[tuple[type[models.Model], str, str]]:
    """Yield each model with the SQL that finds its rows, and the column that points straight at the object."""
    for part in record_type.parts:
        model = apps.get_model(part.model)
        way = part.record.split("__")
        field = model._meta.get_field(way[0])
        column = str(field.column) if len(way) == 1 and not isinstance(field, ArrayField) else ""
        yield model, _condition(model, way), column
    if not record_type.is_diary_entry:
        key = str(record_type.model._meta.pk.column)
        yield record_type.model, f"{_quoted(key)} = $1", key


def _condition(model: type[models.Model], way: list[str]) -> str:
    field = cast("models.Field[Any, Any]", model._meta.get_field(way[0]))
    column = _quoted(str(field.column))
    if isinstance(field, ArrayField):
        return f"{column} @> ARRAY[$1]::uuid[]"
    if len(way) == 1:
        return f"{column} = $1"
    other = cast("type[models.Model]", field.related_model)
    inner = _condition(other, way[1:])
    key, table = _quoted(str(other._meta.pk.column)), _quoted(other._meta.db_table)
    return f"{column} IN (SELECT {key} FROM {table} WHERE {inner})"  # noqa: S608  names of our own tables


def _of_history(model: type[models.Model], condition: str, column: str) -> Way:
    past = history_model(model)
    key = str(model._meta.pk.column)
    same = f"SELECT {_quoted(key)} FROM {_quoted(model._meta.db_table)} WHERE {condition}"  # noqa: S608  as above
    # As an array, so that PostgreSQL goes by the index on either side of the OR.
    found = f"{_quoted(key)} = ANY(ARRAY({same}))"
    if column and any(field.column == column for field in past._meta.concrete_fields):
        found = f"{_quoted(column)} = $1 OR {found}"
    else:
        column = ""
    return _deletion(past._meta.db_table, str(past._meta.pk.column), column, found)


def _deletion(table: str, key: str, column: str, condition: str) -> Way:
    return Way(table, key, column, condition, f"DELETE FROM {_quoted(table)} WHERE {condition}")  # noqa: S608  as above


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def write_reach(*, using: str) -> None:
    """Write what goes with each handlingstyp, as the database carries it out. As the tables' owner."""
    rows = [DisposalReach(record_type=code, position=place, **way.__dict__) for code, place, way in reach()]
    with transaction.atomic(using=using):
        DisposalReach.objects.using(using).all().delete()
        DisposalReach.objects.using(using).bulk_create(rows)
