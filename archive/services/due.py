"""What is due for gallring at a board on a day, and why the rest is not (R17, R18).

All of it is computed in the database: the same number of queries however many objects there are. Nothing is due
without a decided plan; what has no known start never is; of an old and a new rule the longer time holds for what is
older than the new plan, unless the decision says otherwise; a gallringsstopp goes before everything.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from accounts.models import Board
from archive.enums import StartsFrom
from archive.models import RetentionPlan, RetentionRule
from archive.retention import RecordType, any_of, parts_within, record_types
from archive.services.retention_dates import InForce, dated, disposes, end_by_plan, in_force
from archive.services.what_holds import NAMES, held_by

# How an object stands.
DUE: Final = "due"
HELD: Final = "held"
LATER: Final = "later"
UNKNOWN: Final = "unknown"
WITHIN: Final = "within"

NO_PLAN: Final = "Nämnden har ingen beslutad plan. Utan beslut gallras inget."
NO_RULE: Final = "Nämndens plan säger inget om handlingstypen. Utan beslut gallras inget."


class Counts(NamedTuple):
    """How many objects of a type stand in each way, and how many of those that would be due are held by what."""

    number: dict[str, int] = {}
    holds: dict[str, int] = {}


class DueObject(NamedTuple):
    """An object that can be disposed of by the rule. `own_end` is its day by that rule alone, without earlier plans."""

    record_type: RecordType
    rule: RetentionRule
    key: UUID
    starts_on: date | None
    due_on: date
    own_end: date | None


@dataclass(frozen=True)
class TypeDue:
    """How the objects of one handlingstyp stand. `reason` is why none is due, where that is so of all."""

    record_type: RecordType
    rule: RetentionRule | None
    reason: str = ""
    due: int = 0
    held: int = 0
    later: int = 0
    unknown: int = 0
    within: int = 0
    # What holds, and how many of the objects that would be due: one may be held by several.
    holds: dict[str, int] = field(default_factory=dict)

    @property
    def is_decided(self) -> bool:
        """Whether a decision says what becomes of it."""
        return self.rule is not None

    @property
    def waits_for_word(self) -> bool:
        """Whether some of the objects can be due once a person asserts that they are no longer relevant."""
        return bool(self.unknown and self.rule and self.rule.starts_from == StartsFrom.ASSERTED)

    @property
    def total(self) -> int:
        """How many objects there are."""
        return self.due + self.held + self.later + self.unknown + self.within


@dataclass(frozen=True)
class BoardDue:
    """What is due at a board on a day, handlingstyp by handlingstyp."""

    board: Board
    as_of: date
    plan: RetentionPlan | None
    types: list[TypeDue]

    @property
    def total_due(self) -> int:
        """How many objects can be disposed of."""
        return sum(one.due for one in self.types)

    @property
    def total_held(self) -> int:
        """How many would be due if nothing held them."""
        return sum(one.held for one in self.types)


def due(board: Board, as_of: date, governing: InForce | None = None) -> BoardDue:
    """Return what is due at the board on a day, by Stockholm's calendar: two queries, and one for each model.

    By the plans of that day, unless others are given. Without a decided plan nothing is due. The counts of a type that
    is preserved or undecided are left at nought.
    """
    governing = governing or in_force(board, as_of)
    counted: dict[str, Counts] = {}
    for types in _by_model(one for one in record_types() if disposes(one, governing.rule(one))):
        counted.update(_count(types, board, as_of, governing))
    return BoardDue(board, as_of, governing.plan, [_of_type(one, governing, counted) for one in record_types()])


def standing(record_type: RecordType, board: Board, as_of: date, governing: InForce) -> QuerySet:
    """Return the type's objects at the board, each with `starts_on`, `due_on`, `state` and `held_by` (names).

    What no rule disposes of is not among them.
    """
    if not disposes(record_type, governing.rule(record_type)):
        return record_type.objects().none()
    objects = stood([record_type], board, as_of, governing)
    state = Case(
        When(due_on__isnull=True, then=Value(UNKNOWN)),
        When(due_on__gt=as_of, then=Value(LATER)),
        When(waits=True, then=Value(WITHIN)),
        When(~Q(held_by=[]), then=Value(HELD)),
        default=Value(DUE),
        output_field=CharField(),
    )
    return objects.annotate(state=state)


def due_objects(record_type: RecordType, board: Board, as_of: date, governing: InForce | None = None) -> QuerySet:
    """Return the objects that can be disposed of on the day, the longest due first, with `starts_on` and `due_on`."""
    governing = governing or in_force(board, as_of)
    if not disposes(record_type, governing.rule(record_type)):
        return record_type.objects().none()
    return standing(record_type, board, as_of, governing).filter(state=DUE).order_by("due_on", "pk")


def all_due(board: Board, as_of: date, governing: InForce) -> Iterator[DueObject]:
    """Give all that can be disposed of at the board on a day, in no order: one query for each model.

    They are read from the database as they are asked for, within the caller's transaction.
    """
    for types in _by_model(one for one in record_types() if disposes(one, governing.rule(one))):
        by_code = {one.code: (one, rule) for one in types if (rule := governing.rule(one))}
        statement, parameters = _listed(types, board, as_of, governing).query.sql_with_params()
        with connection.chunked_cursor() as cursor:
            cursor.execute(_LISTED.format(objects=statement, state=_STATE), [*parameters, as_of])
            for code, *found in cursor:
                yield DueObject(*by_code[code], *found)


def how_they_stand(
    record_type: RecordType, keys: Collection[UUID], board: Board, as_of: date, governing: InForce
) -> dict[UUID, tuple[str, list[str]]]:
    """Return how each of the type's objects at the board with those keys stands on the day, and what holds it."""
    objects = stood([record_type], board, as_of, governing).filter(pk__in=keys).order_by()
    statement, parameters = objects.values("pk", "due_on", "waits", "held_by").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_STOOD.format(objects=statement, state=_STATE), [as_of, *parameters])
        return {key: (state, held) for key, state, held in cursor.fetchall()}


def _listed(types: Sequence[RecordType], board: Board, as_of: date, governing: InForce) -> QuerySet:
    objects = stood(types, board, as_of, governing).annotate(key=F("pk"), own_end=end_by_plan(types, governing))
    return objects.order_by().values("code", "key", "starts_on", "due_on", "own_end", "waits", "held_by")


def _of_type(record_type: RecordType, governing: InForce, counted: dict[str, Counts]) -> TypeDue:
    rule = governing.rule(record_type)
    if governing.plan is None:
        return TypeDue(record_type, None, NO_PLAN)
    if rule is None:
        return TypeDue(record_type, None, record_type.clears_itself or record_type.preserved_because or NO_RULE)
    if not disposes(record_type, rule):
        return TypeDue(record_type, rule, record_type.clears_itself or rule.get_action_display())
    number, holds = counted.get(record_type.code, Counts())
    return TypeDue(
        record_type,
        rule,
        due=number.get("due", 0),
        held=number.get("held", 0),
        later=number.get("later", 0),
        unknown=number.get("unknown", 0),
        within=number.get("within", 0),
        holds=holds,
    )


def _by_model(types: Iterable[RecordType]) -> list[list[RecordType]]:
    grouped: dict[str, list[RecordType]] = {}
    for one in types:
        grouped.setdefault(one.kind, []).append(one)
    return list(grouped.values())


# Once around the ORM's own statement: by itself it would repeat what a row's day and stops are wherever they are asked.
_STATE: Final = """CASE WHEN due_on IS NULL THEN 'unknown' WHEN due_on > %s THEN 'later'
    WHEN waits THEN 'within' WHEN held_by <> '{}' THEN 'held' ELSE 'due' END"""
_COUNTED: Final = """
SELECT code, state, CASE WHEN state = 'held' THEN held_by ELSE '{{}}' END, count(*)
FROM (SELECT code, held_by, {state} AS state FROM ({objects}) AS stood) AS counted
GROUP BY 1, 2, 3
"""
_STOOD: Final = "SELECT pk, {state}, held_by FROM ({objects}) AS stood"
_LISTED: Final = """
SELECT code, key, starts_on, due_on, own_end FROM ({objects}) AS stood WHERE {state} = 'due'
"""


def _count(types: Sequence[RecordType], board: Board, as_of: date, governing: InForce) -> dict[str, Counts]:
    """Return, in one query, how the objects of types that share a model stand, by the type's code."""
    objects = stood(types, board, as_of, governing).order_by().values_list("code", "due_on", "waits", "held_by")
    statement, parameters = objects.query.sql_with_params()
    counted: dict[str, Counts] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(objects=statement, state=_STATE), [as_of, *parameters])
        for code, state, names, number in cursor.fetchall():
            counts = counted.setdefault(code, Counts({}, {}))
            counts.number[state] = counts.number.get(state, 0) + number
            for name in names:
                counts.holds[name] = counts.holds.get(name, 0) + number
    return counted


def stood(types: Sequence[RecordType], board: Board, as_of: date, governing: InForce) -> QuerySet:
    """Return the objects of types that share a model: their days, `waits` for what is within, and `held_by`."""
    objects = dated(types, board, governing)
    waits = _holds_what_is_not_due(types[0], as_of, governing, board) or Q(pk__isnull=True)
    held = Case(When(due_on__lte=as_of, then=held_by(types)), default=Value([], NAMES), output_field=NAMES)
    return objects.annotate(
        waits=Case(When(waits, then=Value(True)), default=Value(False), output_field=BooleanField()), held_by=held
    )


def _holds_what_is_not_due(record_type: RecordType, as_of: date, governing: InForce, board: Board) -> Q | None:
    """Return the condition under which something that belongs to the object is kept longer than it; None for none."""
    if record_type.is_diary_entry:
        return None
    conditions = [
        Q(Exists(_not_due(part, as_of, governing, board).filter(**{part.part_of[1]: OuterRef("pk")})))
        for part in parts_within(record_type.kind)
        if part.part_of
    ]
    return any_of(conditions) if conditions else None


def _not_due(part: RecordType, as_of: date, governing: InForce, board: Board) -> QuerySet:
    if not disposes(part, governing.rule(part)):
        return part.objects()
    late = Q(due_on__isnull=True) | Q(due_on__gt=as_of)
    waits = _holds_what_is_not_due(part, as_of, governing, board)
    return dated([part], board, governing).filter(late | waits if waits is not None else late)
