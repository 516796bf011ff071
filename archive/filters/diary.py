"""How the diarium is searched and narrowed down."""

from typing import Any, Final

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from accounts.filters.choices import FetchedChoiceFilter
from accounts.filters.words import WORDS_AT_MOST
from accounts.models import Account, Board
from archive.enums import Direction
from archive.models import REGISTER, Document

SHORTEST_PART = 3
# What stands under "Fler filter".
MORE_FIELDS: Final = ("till", "konto")


def day_filter(label: str, lookup: str) -> django_filters.DateFilter:
    """Return a filter for handlingar from a day on, or up to one."""
    return django_filters.DateFilter(
        label=label,
        field_name="dated_on",
        lookup_expr=lookup,
        input_formats=["%Y-%m-%d"],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Skriv dagen som 2026-11-24"},
    )


class DocumentFilter(django_filters.FilterSet):
    """Words, number, board, direction, days and account."""

    q = django_filters.CharFilter(
        label="Sök",
        method="search",
        help_text="Ord, avsändare eller nummer",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    namnd = django_filters.ModelChoiceFilter(
        label="Nämnd", field_name="index__board", queryset=Board.objects.none(), empty_label="Alla"
    )
    riktning = django_filters.ChoiceFilter(
        label="Riktning", field_name="direction", choices=Direction, empty_label="Alla"
    )
    fran = day_filter("Från och med", "gte")
    till = day_filter("Till och med", "lte")
    konto = FetchedChoiceFilter(
        label="Konto", field_name="matter__account", queryset=Account.objects.none(), empty_label="Alla"
    )

    class Meta:
        model = Document
        fields: list[str] = []

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boards = user.boards_with(REGISTER)
        self.filters["namnd"].queryset = Board.objects.filter(pk__in=self.boards)
        accounts = Account.objects.filter(board__in=self.boards).select_related("platform")
        self.filters["konto"].queryset = accounts.order_by("sort_key", "id")

    def search(self, documents: QuerySet, name: str, words: str) -> QuerySet:
        """Find every word, or part of one, in what the handling or its ärende is about, its sender, or the number.

        A part of a word is looked for from three letters on: shorter ones stand in nearly everything.
        """
        condition = Q()
        for word in words.replace("\x00", "").split()[:WORDS_AT_MOST]:
            found = Q(index__words=SearchQuery(word, config="swedish"))
            if len(word) >= SHORTEST_PART:
                found |= Q(index__text__contains=word.lower())
            condition &= found
        return documents.filter(condition)

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that are always shown. Of one board only there is nothing to choose."""
        apart = {*MORE_FIELDS, *(["namnd"] if len(self.boards) == 1 else [])}
        return [self.form[name] for name in self.form.fields if name not in apart]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields under "Fler filter"."""
        return [self.form[name] for name in MORE_FIELDS]

    @property
    def more_in_use(self) -> bool:
        """Whether something under "Fler filter" narrows the list down."""
        return any(self.data.get(name) for name in MORE_FIELDS)
