"""How a handlingstyp is handed over to the e-archive: what each says of itself in the registry (R07, R17, R18)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.expressions import Combinable


@dataclass(frozen=True)
class Delivery:
    """When an object is ready for the e-archive, and what follows with it.

    `ended` is the day in Stockholm that it was finished, NULL while it is not. `is_list`: the rows are short and many,
    so that those of an account make one list. `restricted` is the condition under which it may be secret. `with_it`
    are rows that follow besides its parts, (model label, lookup to the object). `written` are the moments at which
    something without history was written of again. `left_out` says in a sentence why a field ("label.field") that the
    handlingstyp has does not follow.
    """

    ended: Callable[[], Combinable]
    is_list: bool = False
    restricted: Callable[[], Q] | None = None
    with_it: tuple[tuple[str, str], ...] = ()
    written: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)


_words: dict[str, Mapping[str, str]] = {}


def say_as(field_label: str, words: Mapping[str, str]) -> None:
    """Say in words what a field ("label.field") holds as codes, where its model names no choices."""
    _words[field_label] = words


def words_of(field_label: str) -> Mapping[str, str]:
    """Return the words, by code; none where the field holds no codes."""
    return _words.get(field_label, {})
