"""A filter in which one writes part of a name, where a list to choose from would be thousands long."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

WORDS_AT_MOST: Final = 8
# So many names are said. All that match are included, also those that are not said.
SAID_AT_MOST: Final = 6


@dataclass(frozen=True)
class Named:
    """Those that a person may have meant. `more`: not all of them are in `said`, but `condition` holds for all."""

    typed: str
    said: list[Model]
    more: bool
    condition: Q

    @property
    def is_chosen(self) -> bool:
        """Whether it is clear who was meant."""
        return len(self.said) == 1

    @property
    def labels(self) -> list[tuple[UUID, str]]:
        """Return how each is called, and more fully those that are called the same."""
        times = Counter(map(str, self.said))
        return [(each.pk, str(each) if times[str(each)] == 1 else full_name(each)) for each in self.said]


def full_name(record: Model) -> str:
    """Return the name, and the nämnd that tells it from its namesakes."""
    board = getattr(record, "board", None)
    return f"{record}, {board}" if board else str(record)


class PartOfName(forms.CharField):
    """Part of a name, or the key that an older link or the page itself carries. Cleans to those that are meant."""

    def __init__(self, *args: Any, among: Callable[[], QuerySet], matching: Callable[[str], Q], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = among
        self.matching = matching

    def clean(self, value: Any) -> Named | None:
        """Raise where nobody has such a name: then nothing is found, and the field says so."""
        typed = super().clean(str(value or "").replace("\x00", ""))
        if not typed:
            return None
        condition = self._condition(typed)
        everyone = self.among().filter(condition)
        said = list(everyone[: SAID_AT_MOST + 1])
        if not said:
            raise forms.ValidationError(self.error_messages["nobody"], params={"typed": typed})
        return Named(typed, said[:SAID_AT_MOST], more=len(said) > SAID_AT_MOST, condition=condition)

    def _condition(self, typed: str) -> Q:
        try:
            return Q(pk=UUID(typed))
        except ValueError:
            words = typed.split()[:WORDS_AT_MOST]
            return reduce(and_, map(self.matching, words))


class NameFilter(django_filters.Filter):
    """Keeps what belongs to those whose name was written."""

    field_class = PartOfName


@dataclass(frozen=True)
class NameField:
    """The field as the page shows it: empty, with one chosen, or with several that match."""

    field: forms.BoundField
    named: Named | None
    asked: QueryDict
    kind: str  # what there may be several of

    @property
    def chosen(self) -> tuple[UUID, str] | None:
        """Key and name of the one that is chosen."""
        return self.named.labels[0] if self.named and self.named.is_chosen else None

    @cached_property
    def several(self) -> list[tuple[str, str]]:
        """Names of those that match, each with the query that asks for that one alone."""
        if self.named is None or self.named.is_chosen:
            return []
        return [(label, f"{self._before}{urlencode({self.field.name: key})}") for key, label in self.named.labels]

    @cached_property
    def without(self) -> str:
        """The query with this filter taken away."""
        query = self.asked.copy()
        query.setlist(self.field.name, [])
        query.pop("page", None)
        return query.urlencode()

    @property
    def _before(self) -> str:
        return f"{self.without}&" if self.without else ""
