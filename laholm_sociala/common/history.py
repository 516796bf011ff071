"""Who changed what, when and why: the history that every record with a duty carries (R07).

A tracked model is saved through `record`, which takes the actor, the clock and the reason. A plain `save` without
them raises, as do the queryset methods that would write past the history.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import connection, models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from laholm_sociala.common.guards import append_only

REASON_LENGTH = 1000


class UntrackedChangeError(TypeError):
    """A tracked record was about to change without history."""


class KeptHistoryManager(HistoryManager):
    """The library's manager, made once: by itself it makes a new class each time a record's history is reached."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type[models.QuerySet], class_name: str | None = None) -> type:
        """Return the manager with the queryset's methods."""
        return super().from_queryset(queryset_class, class_name)


class History(HistoricalRecords):
    """History whose actor, reason and time are never null, and whose rows PostgreSQL keeps as they are."""

    def __init__(self, *, excluded_fields: Sequence[str] = ()) -> None:
        super().__init__(
            history_change_reason_field=models.CharField("anledning", max_length=REASON_LENGTH),
            excluded_fields=list(excluded_fields),
            history_manager=KeptHistoryManager,
        )

    def _get_history_change_reason_field(self) -> models.Field:
        return self.history_change_reason_field

    def _get_history_user_fields(self) -> dict[str, models.Field]:
        # PROTECT: the library's own SET_NULL is an UPDATE on history, and would forget who did it.
        actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
        return {"history_user": actor}

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """Return the library's options with the guards and the rule that a reason has words."""
        reason_given = models.CheckConstraint(
            condition=~models.Q(history_change_reason=""),
            name=f"{model._meta.db_table}_history_reason_given",
        )
        return {
            **super().get_meta_options(model),
            "indexes": [models.Index(fields=["id", "history_date"], name=f"{model._meta.model_name}_history")],
            "constraints": [reason_given],
            "triggers": append_only(),
        }

    def create_historical_record(self, instance: models.Model, history_type: str, using: str | None = None) -> None:
        """Write one history row, as "+" where the record's story begins."""
        kind = getattr(instance, "_history_kind", history_type)
        super().create_historical_record(instance, kind, using)


class TrackedQuerySet(models.QuerySet):
    """Refuses the methods that change rows and write no history."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Raise: `update` writes no history row."""
        raise UntrackedChangeError(f"update() på {self.model.__name__} skriver ingen historik. Använd record().")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise: `bulk_update` writes no history row."""
        raise UntrackedChangeError(
            f"bulk_update() på {self.model.__name__} skriver ingen historik. Använd change_with_history()."
        )

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise: `bulk_create` writes no history row."""
        raise UntrackedChangeError(
            f"bulk_create() på {self.model.__name__} skriver ingen historik. Använd copy_with_history()."
        )

    def delete(self) -> NoReturn:
        """Raise: a record goes only by a decision."""
        raise UntrackedChangeError(f"delete() på {self.model.__name__} saknar den som gör det och varför.")

    delete.queryset_only = True  # type: ignore[attr-defined]


class TrackedModel(models.Model):
    """A record with history. Saved by `record` alone."""

    # Fields that change in the course of things and say nothing about the record (a password's hash, the last sign-in).
    untracked_fields: ClassVar[frozenset[str]] = frozenset()

    objects = TrackedQuerySet.as_manager()

    class Meta:
        abstract = True

    def record(self, *, by: models.Model, now: datetime, reason: str) -> None:
        """Save the record and one history row, both or neither.

        `by` is a user (the system user for jobs), `now` an aware time, `reason` a Swedish sentence that a person
        reads under Historik.
        """
        with self._tracked(by=by, now=now, reason=reason):
            self.save()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save as a part of `record`, or fields that have no history; raise UntrackedChangeError otherwise."""
        update_fields = kwargs.get("update_fields")
        if update_fields is not None and set(update_fields) <= self.untracked_fields:
            self.skip_history_when_saving = True
            try:
                super().save(*args, **kwargs)
            finally:
                del self.skip_history_when_saving
            return
        if not hasattr(self, "_history_user"):
            raise UntrackedChangeError(f"{type(self).__name__} sparas med record(by=…, now=…, reason=…).")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise: see `erase`."""
        raise UntrackedChangeError(f"{type(self).__name__} tas bort med erase(by=…, now=…, reason=…).")

    def erase(self, *, by: models.Model, now: datetime, reason: str) -> None:
        """Delete the row and keep its history, with a last history row that says who ended it and why."""
        with self._tracked(by=by, now=now, reason=reason):
            super().delete()

    @contextmanager
    def _tracked(self, *, by: models.Model, now: datetime, reason: str) -> Iterator[None]:
        if not reason.strip():
            raise UntrackedChangeError("En ändring behöver en anledning.")
        self._history_user, self._history_date, self._change_reason = by, now, reason[:REASON_LENGTH]
        try:
            yield
        finally:
            del self._history_user, self._history_date, self._change_reason


def history_model(model: type[models.Model]) -> type[models.Model]:
    """Return the model of a tracked model's history rows."""
    manager = getattr(model, getattr(model._meta, "simple_history_manager_attribute"))  # noqa: B009  no stub knows it
    return manager.model


def copy_with_history(instances: Iterable[TrackedModel], *, by: models.Model, now: datetime, reason: str) -> int:
    """Insert many new records of one model, and their history, with COPY; return how many.

    For import and seed. Primary keys must be set. Raises UntrackedChangeError when the reason is empty; the
    database's own rules (constraints, unique keys) hold as for any insert.
    """
    rows = list(instances)
    if not rows:
        return 0
    if not reason.strip():
        raise UntrackedChangeError("En ändring behöver en anledning.")
    model = type(rows[0])
    past = history_model(model)
    _copy(model, rows, {})
    # `pk` of the actor, not the actor: COPY writes columns, and a history row's are the record's own and these four.
    extra = {
        "history_user_id": by.pk,
        "history_date": now,
        "history_change_reason": reason[:REASON_LENGTH],
        "history_type": "+",
    }
    _copy(past, rows, extra)
    return len(rows)


def change_with_history(
    instances: Iterable[TrackedModel], *, fields: Sequence[str], by: models.Model, now: datetime, reason: str
) -> int:
    """Write some fields of many records of one model, and their history, in two statements; return how many.

    For what moves many at once, as a changed calendar does. The records are locked and changed by the caller; of
    them only `fields` are written, and the history rows are read from the table itself. Raises UntrackedChangeError
    when the reason is empty, or when a record is no longer there; the database's own rules hold as for any update.
    """
    rows = list(instances)
    if not rows:
        return 0
    if not reason.strip():
        raise UntrackedChangeError("En ändring behöver en anledning.")
    model = type(rows[0])
    keys = [row.pk for row in rows]
    written = [model._meta.get_field(name) for name in fields]
    with connection.cursor() as cursor:
        cursor.execute(*_update_from_arrays(model, rows, written))
        if cursor.rowcount != len(rows):
            raise UntrackedChangeError(f"{model.__name__}: {cursor.rowcount} av {len(rows)} finns kvar att ändra.")
        cursor.execute(*history_from_table(model, keys, kind="~", by=by, now=now, reason=reason))
    return len(rows)


def history_from_table(
    model: type[models.Model], keys: list[object], *, kind: str, by: models.Model, now: datetime, reason: str
) -> tuple[str, list]:
    """Return one INSERT of a history row for each record as it stands then, and its values. `kind`: "+" or "~"."""
    statement, asked = _copy_to_history(model)
    extra = {
        "history_user_id": by.pk,
        "history_date": now,
        "history_change_reason": reason[:REASON_LENGTH],
        "history_type": kind,
    }
    return statement, [*(extra[name] for name in asked), keys]


def _update_from_arrays(model: type[models.Model], rows: list[TrackedModel], written: list[Any]) -> tuple[str, list]:
    """Return one UPDATE that takes the new values as an array a column, and the arrays."""
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), model._meta.pk
    columns = [key, *written]
    arrays = ", ".join(f"%s::{column.db_type(connection)}[]" for column in columns)
    names = ", ".join(quote(str(column.column)) for column in columns)
    changes = ", ".join(f"{quote(column.column)} = new.{quote(column.column)}" for column in written)
    same = f"{table}.{quote(str(key.column))} = new.{quote(str(key.column))}"
    values = [[column.get_db_prep_save(getattr(row, column.attname), connection) for row in rows] for column in columns]
    # Only names of our own tables and columns stand in the text; every value is handed over beside it.
    return f"UPDATE {table} SET {changes} FROM unnest({arrays}) AS new({names}) WHERE {same}", values  # noqa: S608


@cache
def _copy_to_history(model: type[models.Model]) -> tuple[str, tuple[str, ...]]:
    """Return the INSERT, and the names of what it asks for before the keys."""
    quote = connection.ops.quote_name
    past = history_model(model)
    asked = ("history_user_id", "history_date", "history_change_reason", "history_type")
    kept = [
        quote(str(field.column))
        for field in past._meta.concrete_fields
        if not field.generated and field.attname not in {"history_id", *asked}
    ]
    columns = ", ".join([*kept, *map(quote, asked)])
    read = ", ".join([*kept, *["%s"] * len(asked)])
    key = model._meta.pk
    where = f"{quote(str(key.column))} = ANY(%s::{key.db_type(connection)}[])"
    found = f"SELECT {read} FROM {quote(model._meta.db_table)} WHERE {where}"  # noqa: S608  names of our own, as above
    return f"INSERT INTO {quote(past._meta.db_table)} ({columns}) {found}", asked


def _copy(model: type[models.Model], rows: list[TrackedModel], extra: dict[str, object]) -> None:
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and not (field.primary_key and field.name == "history_id")
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    # Django does not look inside a COPY: without this a broken rule would not be its IntegrityError.
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([_value(field, row, extra) for field in fields])


def _value(field: models.Field, row: TrackedModel, extra: dict[str, object]) -> object:
    value = extra[field.attname] if field.attname in extra else getattr(row, field.attname)
    return field.get_db_prep_save(value, connection)
