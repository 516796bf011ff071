"""Records found by keys that another query gives."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, F, Func, QuerySet, TextField, Value
from django.db.models.functions import Cast


class _IsAmong(Func):
    """Whether a key, given first, is among those of an array, given last as PostgreSQL writes it."""

    output_field = BooleanField()
    template = "(%(expressions)s::uuid[]))"
    arg_joiner = " = ANY("


def keys_of(records: QuerySet) -> str:
    """Return the records' keys, for `among`. One query.

    They are found first, so that PostgreSQL can look them up in an index, and as one text: thousands of keys would
    take longer to read and to write out again, one by one, than to search for.
    """
    return records.order_by().aggregate(keys=Cast(ArrayAgg("pk"), TextField()))["keys"] or "{}"


def among(field: str, keys: str) -> _IsAmong:
    """Return the condition that the field, such as "unit_id", holds one of the keys."""
    return _IsAmong(F(field), Value(keys))
