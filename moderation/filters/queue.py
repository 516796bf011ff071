"""How the queue is narrowed down: never by author, which would make a list of critics (RF 2:3; GDPR art. 5)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from accounts.models import Account
from moderation.enums import Category, Lane
from moderation.models.case import CaseQuerySet

if TYPE_CHECKING:
    from django.http import QueryDict

    from accounts.models import User

WORDS_AT_MOST: Final = 8
RESTRICTED: Final = "sekretess"

ABOUT: Final = (
    *Category.choices,
    (Lane.CRIMINAL.value, Lane.CRIMINAL.label),
    (RESTRICTED, "Kan vara sekretess"),
    *((lane.value, lane.label) for lane in (Lane.QUESTION, Lane.MESSAGE, Lane.OWN_POST)),
)


class CaseFilter(django_filters.FilterSet):
    """The queue's search and filters. What may be secret is found by its account alone."""

    q = django_filters.CharFilter(
        label="Sök i texten", method="search", widget=forms.TextInput(attrs={"type": "search"})
    )
    konto = django_filters.ModelChoiceFilter(label="Konto", field_name="account", queryset=None, empty_label="Alla")
    galler = django_filters.ChoiceFilter(label="Vad det gäller", method="about", choices=ABOUT, empty_label="Allt")
    vem = django_filters.ChoiceFilter(
        label="Vems",
        method="whose",
        choices=[("mina", "På mina konton"), ("kollegornas", "På kollegornas konton"), ("tagna", "De jag har tagit")],
        empty_label="Allas",
    )

    def __init__(
        self, data: "QueryDict", cases: CaseQuerySet, *, user: "User", own: Iterable[UUID], now: datetime
    ) -> None:
        super().__init__(data, cases)
        self.user, self.own, self.now = user, list(own), now
        accounts = Account.objects.filter(pk__in=cases.order_by().values("account"))
        self.filters["konto"].extra["queryset"] = accounts.select_related("platform").order_by("sort_key", "id")

    @property
    def is_in_use(self) -> bool:
        """Whether something narrows the list down."""
        return any(self.data.get(name) for name in self.filters)

    def search(self, cases: QuerySet, name: str, words: str) -> QuerySet:
        """Find the posts whose text, or the place it stands, has every word; never by author."""
        found = Q(is_restricted=False)
        for word in words.replace("\x00", "").split()[:WORDS_AT_MOST]:
            found &= Q(content__text__icontains=word) | Q(content__place__icontains=word)
        return cases.filter(found)

    def about(self, cases: QuerySet, name: str, about: str) -> QuerySet:
        """Posts of one kind. What may be secret is that and nothing else."""
        if about == RESTRICTED:
            return cases.filter(is_restricted=True)
        return cases.filter(Q(category=about) | Q(lane=about), is_restricted=False)

    def whose(self, cases: QuerySet, name: str, whose: str) -> QuerySet:
        """Posts on one's own accounts, on the others', or those one has taken."""
        match whose:
            case "mina":
                return cases.filter(account__in=self.own)
            case "kollegornas":
                return cases.exclude(account__in=self.own)
            case _:
                return cases.filter(taken_by=self.user)
