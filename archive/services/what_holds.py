"""What holds an object: the gallringsstopp that someone placed, and those that hold by themselves (R07, R18)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Exists, Func, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from accounts.models import Board
from archive.models import Hold, HoldItem, HoldQuery
from archive.retention import RecordType, any_of, automatic_holds, everything_within, way_up

NAMES: Final = ArrayField(TextField())


def held_by(types: Sequence[RecordType], board: Board) -> Combinable:
    """Return the names of what holds the object or anything that belongs to it, placed by someone or by itself.

    The types share a model; where there are several, the objects carry their `code`.
    """
    record_type = types[0]
    placed = ArraySubquery(
        Hold.objects.active()
        .filter(_covers(record_type, [one.code for one in types]), board=board)
        .order_by("name")
        .values_list(Cast("name", TextField()), flat=True),
        output_field=NAMES,
    )
    by_itself = [
        Case(When(condition, then=Value(hold.name, TextField())), default=Value(None, TextField()))
        for hold in automatic_holds()
        if (condition := _held_by_itself(record_type, hold.held)) is not None
    ]
    if not by_itself:
        return placed
    named = Func(
        Func(*by_itself, function="ARRAY", template="ARRAY[%(expressions)s]", output_field=NAMES),
        Value(None, TextField()),
        function="ARRAY_REMOVE",
        output_field=NAMES,
    )
    return Func(placed, named, function="ARRAY_CAT", output_field=NAMES)


def held_open(record_type: RecordType) -> Q | None:
    """Return the condition that something which is not finished holds the object: it is not ready to be delivered."""
    conditions = [_held_by_itself(record_type, hold.held) for hold in automatic_holds() if not hold.of_delivery]
    found = [condition for condition in conditions if condition is not None]
    return any_of(found) if found else None


def _held_by_itself(record_type: RecordType, held: Mapping[str, Callable[[], QuerySet]]) -> Q | None:
    conditions = [Q(**{f"{way}__in": held[kind]()}) for kind, way in record_type.ways_to().items() if kind in held]
    for part in everything_within(record_type):
        if part.kind in held:
            rows = part.objects().filter(
                **{f"{way_up(part, record_type)}": OuterRef("pk"), "pk__in": held[part.kind]()}
            )
            conditions.append(Q(Exists(rows)))
    return any_of(conditions) if conditions else None


def _covers(record_type: RecordType, codes: Sequence[str]) -> Q:
    """Return the condition, over gallringsstopp, that one covers the object or a part of it."""
    parts = [(part, way_up(part, record_type)) for part in everything_within(record_type)]
    own = {part.kind: part.objects().filter(**{way: OuterRef(OuterRef(OuterRef("pk")))}) for part, way in parts}
    by_name = any_of(
        [
            *(Q(kind=kind, object_id=OuterRef(OuterRef(way))) for kind, way in record_type.ways_to().items()),
            *(Q(kind=kind, object_id__in=rows.values("pk")) for kind, rows in own.items()),
        ]
    )
    by_description = any_of(
        [
            Q(record_type="") if len(codes) > 1 else Q(record_type__in=["", *codes]),
            *(Q(Exists(rows), record_type=part.code) for part, _way in parts if (rows := own[part.kind]) is not None),
        ]
    )
    if len(codes) > 1:
        by_description |= Q(record_type=OuterRef(OuterRef("code")))
    whole = Q(account__isnull=True)
    if record_type.account:
        whole |= Q(account=OuterRef(OuterRef(record_type.account)))
    items = HoldItem.objects.filter(by_name, hold=OuterRef("pk"))
    queries = HoldQuery.objects.filter(whole, by_description, hold=OuterRef("pk"))
    return Q(Exists(items)) | Q(Exists(queries))
