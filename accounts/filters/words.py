"""How words find accounts, in the register and on the public list alike."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, Value
from django.db.models.functions import Lower

from accounts.filters.keys import among
from accounts.models import Unit

WORDS_AT_MOST = 8


def all_words(words: str) -> Q:
    """Return the condition that every word is found.

    A word is found in any of its Swedish forms, as part of a name or an address, or in the unit's name. The units
    are few and found first, so that PostgreSQL can join its indexes over the accounts.
    """
    condition = Q()
    for word in words.replace("\x00", "").split()[:WORDS_AT_MOST]:
        plain = word.lstrip("@")
        units = Unit.objects.filter(name__icontains=plain)
        condition &= (
            Q(search_words=SearchQuery(plain, config="swedish"))
            | Q(search_text__contains=Lower(Value(plain)))
            | Q(among("unit_id", units))
        )
    return condition
