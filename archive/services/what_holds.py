"""What holds an object: the gallringsstopp that someone placed, and those that hold by themselves (R07, R18)."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, Exists, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from archive.models import Hold, HoldItem, HoldQuery
from archive.retention import RecordType, any_of, automatic_holds, everything_within, told_of, way_up

NAMES: Final = ArrayField(TextField())
NOTHING: Final = Value([], NAMES)


def held_by(types: Sequence[RecordType]) -> Combinable:
    """Return the names of what holds the object or anything that belongs to it, placed by someone or by itself.

    The types share a model; the objects carry their board as `_board`, and where there are several types their `code`.
    What a type only tells of holds it too.
    """
    names = [_placed(types)]
    if by_itself := _by_themselves(types[0]):
        names.append(by_itself)
    names += [_of_what_it_tells(types[0], told) for told in told_of(types[0])]
    return reduce(_together, names)


def _placed(types: Sequence[RecordType]) -> Combinable:
    covering = Hold.objects.active().filter(_covers(types[0], [one.code for one in types]))
    return ArraySubquery(
        covering.order_by("name").values_list(Cast("name", TextField()), flat=True), output_field=NAMES
    )


def _by_themselves(record_type: RecordType) -> Combinable | None:
    by_itself = [
        Case(When(condition, then=Value(hold.name, TextField())), default=Value(None, TextField()))
        for hold in automatic_holds()
        if (condition := _held_by_itself(record_type, hold.held)) is not None
    ]
    if not by_itself:
        return None
    array = Func(*by_itself, function="ARRAY", template="ARRAY[%(expressions)s]", output_field=NAMES)
    return Func(array, Value(None, TextField()), function="ARRAY_REMOVE", output_field=NAMES)


def _of_what_it_tells(record_type: RecordType, told: Sequence[RecordType]) -> Combinable:
    """Return what holds the first held record, of types that share a model, that the object tells of."""
    one = told[0]
    telling = record_type.model._base_manager.filter(pk=OuterRef(OuterRef("pk")))
    keys = telling.order_by().values(key=Func(record_type.tells_of, function="unnest"))
    objects = one.model._base_manager.filter(pk__in=keys)
    if len(told) > 1:
        codes = (When(each.condition(), then=Value(each.code)) for each in told)
        objects = objects.annotate(code=Case(*codes, output_field=CharField()))
    held = objects.alias(_board=one.board()).annotate(names=held_by(told)).exclude(names=[])
    return Coalesce(Subquery(held.order_by("pk").values("names")[:1], output_field=NAMES), NOTHING)


def _together(one: Combinable, other: Combinable) -> Combinable:
    return Func(one, other, function="ARRAY_CAT", output_field=NAMES)


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
    """Return the condition, over gallringsstopp, that one covers the object or a part of it.

    A named object or account is covered also after it has moved to another board; a handlingstyp alone is the board's.
    """
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
    whole = Q(account__isnull=True, hold__board=OuterRef(OuterRef("_board")))
    if record_type.account:
        whole |= Q(account=OuterRef(OuterRef(record_type.account)))
    items = HoldItem.objects.filter(by_name, hold=OuterRef("pk"))
    queries = HoldQuery.objects.filter(whole, by_description, hold=OuterRef("pk"))
    return Q(Exists(items)) | Q(Exists(queries))
