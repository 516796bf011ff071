"""New rows written in few trips to PostgreSQL, each by an INSERT of its own, as Django would write it.

For what many send at once: a record with its history, its content and its first line is otherwise a trip a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models

from laholm_sociala.common.history import TrackedModel, UntrackedChangeError, history_from_table


@dataclass(frozen=True)
class Beginning:
    """The history row by which a new record's story begins, as `TrackedModel.record` would write it.

    `by` is a user, `now` an aware time, `reason` a Swedish sentence that a person reads under Historik.
    """

    record: TrackedModel
    by: models.Model
    now: datetime
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise UntrackedChangeError("En ändring behöver en anledning.")


def write_new(*rows: models.Model | Beginning) -> None:
    """Insert the new rows one after the other, within the caller's transaction, in one trip.

    A tracked record goes before its `Beginning`. Keys that PostgreSQL gives are not read back. The database's own rules
    hold as for any insert.
    """
    _write([_begin(row) if isinstance(row, Beginning) else _insert(row) for row in rows])
    for row in rows:
        if isinstance(row, models.Model):
            _is_there(row)


def write_unless_there(record: models.Model) -> bool:
    """Insert the new record, and tell whether it was; not where a unique rule says that there is one like it.

    Waits for whoever is writing one like it at the moment. A tracked record's `beginning` is written afterwards.
    """
    statement, values = _insert(record)
    is_new = _write([(f"{statement} ON CONFLICT DO NOTHING", values)]) == 1
    if is_new:
        _is_there(record)
    return is_new


def _write(statements: Sequence[tuple[str, list[Any]]]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "; ".join(statement for statement, _values in statements),
            [value for _statement, values in statements for value in values],
        )
        written: int = cursor.rowcount
    return written


def _insert(record: models.Model) -> tuple[str, list[Any]]:
    statement, fields = _insert_into(type(record))
    return statement, [field.get_db_prep_save(field.pre_save(record, add=True), connection) for field in fields]


def _begin(row: Beginning) -> tuple[str, list[Any]]:
    record = row.record
    return history_from_table(type(record), [record.pk], kind="+", by=row.by, now=row.now, reason=row.reason)


def _is_there(record: models.Model) -> None:
    record._state.adding, record._state.db = False, connection.alias


@cache
def _insert_into(model: type[models.Model]) -> tuple[str, tuple[models.Field, ...]]:
    """Return the model's INSERT, and the fields whose values it takes: all but those that PostgreSQL fills in."""
    fields = tuple(
        field
        for field in model._meta.concrete_fields
        if not field.generated and not isinstance(field, models.AutoField)
    )
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join("%s" for _field in fields)
    # Only names of our own tables and columns stand in the text; every value is handed over beside it.
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", fields  # noqa: S608
