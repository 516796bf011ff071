"""What a gallringsstopp covers, in words, and how what it is to cover stands in an address."""

from collections import Counter
from uuid import UUID

from django.http import Http404, QueryDict

from archive.models import Hold
from archive.retention import record_type, types_of
from laholm_sociala.common.swedish import count_in_words


def read_objects(asked: QueryDict, *, kind: str = "") -> list[tuple[str, UUID]]:
    """Return the objects that the address names, ?slag=…&objekt=…&objekt=…; 404 where they are not objects."""
    kind = kind or asked.get("slag", "")
    if not asked.getlist("objekt"):
        return []
    if not types_of(kind):
        raise Http404
    try:
        return [(kind, UUID(key)) for key in asked.getlist("objekt")]
    except ValueError as error:
        raise Http404 from error


def covered(hold: Hold) -> list[str]:
    """Return what it covers, line by line: never a word of what an object says."""
    kinds = Counter(hold.items.values_list("kind", flat=True))
    lines = [f"{count_in_words(number, 'handling', 'handlingar')}: {_name(kind)}" for kind, number in kinds.items()]
    for query in hold.queries.select_related("account__platform"):
        one = record_type(query.record_type)
        name = one.name if one else "Alla handlingstyper"
        lines.append(f"{name}, {query.account}" if query.account else name)
    return lines


def _name(kind: str) -> str:
    types = types_of(kind)
    if not types:
        return kind
    return types[0].name.lower() if len(types) == 1 else types[0].model._meta.verbose_name.lower()
