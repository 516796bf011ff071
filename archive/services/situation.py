"""How one record stands: which rule it has, when it becomes due and what holds it (R17, R18)."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Case, CharField, Model, Value, When

from accounts.models import Board
from archive.models import RetentionPlan, RetentionRule
from archive.retention import RecordType, types_of
from archive.services.due import NO_PLAN, NO_RULE, stood
from archive.services.retention_dates import InForce, disposes, in_force

# Stands for the record's key in the statement that is kept.
_THE_RECORD: Final = UUID("00000000-0000-4000-8000-00000000feed")


@dataclass(frozen=True)
class Situation:
    """How a record stands. `due_on` is None where it is not known, or never."""

    record_type: RecordType
    plan: RetentionPlan | None
    rule: RetentionRule | None
    reason: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    waits: bool = False
    held_by: list[str] = field(default_factory=list)


def situation(record: Model, board: Board, as_of: date) -> Situation | None:
    """Return how the record stands at the board on a day, in at most four queries; None where it is no handlingstyp."""
    one = _type_of(record)
    if one is None:
        return None
    governing = in_force(board, as_of)
    rule = governing.rule(one)
    if governing.plan is None or rule is None or not disposes(one, rule):
        return Situation(one, governing.plan, rule, _why_not(one, governing, rule))
    statement, given = _asked_of_one(one.code, one.kind, board.pk, as_of, _Frozen(one, board, governing))
    with connection.cursor() as cursor:
        cursor.execute(statement, [record.pk if value == _THE_RECORD else value for value in given])
        row = cursor.fetchone()
    starts_on, due_on, waits, held_by = row or (None, None, False, [])
    return Situation(one, governing.plan, rule, "", starts_on, due_on, waits, held_by)


def _why_not(one: RecordType, governing: InForce, rule: RetentionRule | None) -> str:
    if one.clears_itself or one.preserved_because:
        return one.clears_itself or one.preserved_because
    if governing.plan is None:
        return NO_PLAN
    return NO_RULE if rule is None else rule.motivation


def _type_of(record: Model) -> RecordType | None:
    types = types_of(record._meta.label_lower)
    if len(types) < 2:
        return types[0] if types else None
    code = Case(*(When(one.condition(), then=Value(one.code)) for one in types), output_field=CharField())
    found = type(record)._base_manager.filter(pk=record.pk).values_list(code, flat=True).first()
    return next((one for one in types if one.code == found), None)


class _Frozen:
    """What the statement is put together from; the same for as long as the same decided plans govern the board."""

    def __init__(self, one: RecordType, board: Board, governing: InForce) -> None:
        self.one, self.board, self.governing = one, board, governing
        self.plans = tuple(plan.pk for plan in governing.plans)

    def __hash__(self) -> int:
        return hash((self.one.code, self.plans))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and (self.one.code, self.plans) == (other.one.code, other.plans)


@lru_cache(maxsize=64)
def _asked_of_one(code: str, kind: str, board: UUID, as_of: date, frozen: _Frozen) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that asks how a record of the type stands, and its parameters.

    Kept: a decided plan never changes, and to put the statement together takes far longer than to answer it.
    """
    objects = stood([frozen.one], frozen.board, as_of, frozen.governing).filter(pk=_THE_RECORD).order_by()
    asked = objects.values_list("starts_on", "due_on", "waits", "held_by")
    return asked.query.get_compiler(connection=connection).as_sql()
