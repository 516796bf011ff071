"""How words find accounts, in the register and on the public list alike."""

from collections.abc import Callable

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, Value
from django.db.models.functions import Lower

from accounts.filters.keys import among, keys_of
from accounts.models import Unit

WORDS_AT_MOST = 8


def keys_of_units(named: Q) -> str:
    """Return the keys of the units so named. One query."""
    return keys_of(Unit.objects.filter(named))


def all_words(words: str, units: Callable[[Q], str] = keys_of_units) -> Q:
    """Return the condition that every word is found.

    A word is found in any of its Swedish forms, as part of a name or an address, or in the unit's name. The units
    are few and found first, by `units`, so that PostgreSQL can join its indexes over the accounts.
    """
    condition = Q()
    for word in words.replace("\x00", "").split()[:WORDS_AT_MOST]:
        plain = word.lstrip("@")
        condition &= (
            Q(search_words=SearchQuery(plain, config="swedish"))
            | Q(search_text__contains=Lower(Value(plain)))
            | Q(among("unit_id", units(Q(name__icontains=plain))))
        )
    return condition
