"""How the diarium is searched and narrowed down."""

from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from accounts.filters.words import WORDS_AT_MOST
from accounts.models import Board
from archive.enums import Direction
from archive.models import REGISTER, Document

SHORTEST_PART = 3


class DocumentFilter(django_filters.FilterSet):
    """Words, number, board, direction and days."""

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
    fran = django_filters.DateFilter(
        label="Från och med",
        field_name="dated_on",
        lookup_expr="gte",
        input_formats=["%Y-%m-%d"],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Skriv dagen som 2026-11-24"},
    )

    class Meta:
        model = Document
        fields: list[str] = []

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["namnd"].queryset = Board.objects.filter(pk__in=user.boards_with(REGISTER))

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
