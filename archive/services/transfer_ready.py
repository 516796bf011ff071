"""Which objects are ready to be delivered: ended by a day, held open by nothing, and not delivered as they stand now.

All of it is asked of the database, so that it costs the same number of queries however many there are (R17, R18).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import BooleanField, Case, DateField, Exists, OuterRef, Q, QuerySet, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from archive.models import Transfer
from archive.receipts import delivered_at
from archive.retention import MAIL, Part, RecordType, any_of, everything_within, record_types
from archive.services.what_holds import held_open
from laholm_sociala.common.history import TrackedModel, history_model


def ready(one: RecordType, transfer: Transfer) -> QuerySet[Any]:
    """Return the objects of the handlingstyp that the leverans is to hold: the diary's own and snapshots apart."""
    if one.delivery is None:
        return one.objects().none()
    objects = one.objects().alias(_board=one.board(), _ended=Cast(one.delivery.ended(), DateField()))
    ended = objects.filter(_board=transfer.board_id, _ended__lte=transfer.through)
    held = held_open(one)
    # A reference that is empty makes neither yes nor no in SQL: it holds nothing.
    loose = ended.filter(Case(When(held, then=False), default=True, output_field=BooleanField())) if held else ended
    delivered = loose.annotate(delivered_at=delivered_at(one.kind))
    return delivered.filter(Q(delivered_at__isnull=True) | written_since(one, OuterRef("delivered_at"), OuterRef("pk")))


def follows(one: RecordType) -> list[Part]:
    """Return what follows with an object: its parts that are no handlingstyp of their own, and what is said besides.

    What is a handlingstyp of its own has its own rule. Mail repeats what the record says, and is another board's.
    """
    own = {other.kind for other in record_types()}
    theirs = {part.model for other in everything_within(one) for part in other.parts}
    parts = [part for part in one.parts if part not in MAIL and part.model not in own | theirs]
    return [*parts, *(Part(*more) for more in (one.delivery.with_it if one.delivery else ()))]


def written_since(one: RecordType, moment: Combinable | datetime, key: Combinable) -> Q:
    """Return the condition that the object with the key was written of after the moment, or what follows with it."""
    conditions = [Q(Exists(past)) for past in _histories(one, moment, key)]
    later = [Q(**{f"{name}__gt": moment}) for name in (one.delivery.written if one.delivery else ())]
    if later:
        conditions.append(Q(Exists(one.model._base_manager.filter(any_of(later), pk=key))))
    return any_of(conditions)


def _histories(one: RecordType, moment: Combinable | datetime, key: Combinable) -> Iterable[QuerySet[Any]]:
    if issubclass(one.model, TrackedModel):
        yield history_model(one.model)._default_manager.filter(id=key, history_date__gt=moment)
    for part in follows(one):
        model = apps.get_model(part.model)
        if issubclass(model, TrackedModel):
            # By the history's own reference: a row that was removed since is written of too.
            yield history_model(model)._default_manager.filter(**{part.record: key}, history_date__gt=moment)
