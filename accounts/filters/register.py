"""How the register is searched, narrowed down and sorted."""

from collections.abc import Callable
from functools import cache
from typing import Final

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from accounts import compliance
from accounts.enums import AccountStatus, Use
from accounts.filters.choices import FetchedChoiceFilter
from accounts.filters.keys import among
from accounts.filters.names import Named, NameField, NameFilter
from accounts.filters.words import all_words, keys_of_units
from accounts.models import Account, Assignment, Board, Platform, Unit, User

# What a person sees first. The rest stands under "Fler filter".
FIRST_FIELDS: Final = ("q", "namnd", "kanal", "lage")
# Those in which part of a name is written, with what there may be several of.
NAME_FIELDS: Final = {"verksamhet": "verksamheter", "ansvarig": "personer"}

ORDERS: Final = {
    "namn": ("Namn", ("sort_key", "id")),
    "-namn": ("Namn, bakifrån", ("-sort_key", "id")),
    "verksamhet": ("Verksamhet", ("unit__sort_key", "sort_key", "id")),
    "kanal": ("Kanal", ("platform__order", "sort_key", "id")),
    "-registrerat": ("Senast registrerat", ("-registered_at", "id")),
}


def people_in_charge() -> QuerySet:
    """Return those who look after some account today, in Swedish order."""
    today = Assignment.objects.on(timezone.localdate()).filter(user=OuterRef("pk"))
    return User.objects.presented().filter(Exists(today)).order_by("sort_key", "id")


class AccountFilter(django_filters.FilterSet):
    """The register's search, filters and order."""

    q = django_filters.CharFilter(label="Sök", method="search", widget=forms.TextInput(attrs={"type": "search"}))
    namnd = FetchedChoiceFilter(label="Nämnd", field_name="board", queryset=Board.objects.all(), empty_label="Alla")
    kanal = FetchedChoiceFilter(
        label="Kanal", field_name="platform", queryset=Platform.objects.all(), to_field_name="code", empty_label="Alla"
    )
    lage = django_filters.ChoiceFilter(label="Läge", field_name="status", choices=AccountStatus, empty_label="Alla")
    verksamhet = NameFilter(
        label="Verksamhet",
        method="in_units",
        among=lambda: Unit.objects.select_related("board").order_by("sort_key", "id"),
        matching=lambda word: Q(name__icontains=word),
        error_messages={"nobody": "Ingen verksamhet heter så. Skriv en del av namnet, till exempel ”bibliotek”"},
    )
    anvandning = django_filters.ChoiceFilter(label="Används till", method="used_for", choices=Use, empty_label="Allt")
    ansvarig = NameFilter(
        label="Ansvarig eller ersättare",
        method="in_care_of",
        among=people_in_charge,
        # A person with protected identity has no name here, and is known by function.
        matching=lambda word: Q(name__icontains=word) | Q(name="", title__icontains=word),
        error_messages={"nobody": "Ingen som sköter ett konto heter så. Skriv en del av namnet"},
    )
    saknar = django_filters.BooleanFilter(label="Saknar något", method="lacking", widget=forms.CheckboxInput)
    ordning = django_filters.ChoiceFilter(
        label="Ordna efter",
        method="in_order",
        choices=[(code, label) for code, (label, _by) in ORDERS.items()],
        empty_label=None,
    )

    class Meta:
        model = Account
        fields: list[str] = []

    def search(self, accounts: QuerySet, name: str, words: str) -> QuerySet:
        """Find the accounts where every word stands."""
        return accounts.filter(all_words(words, self._keys_of_units))

    def used_for(self, accounts: QuerySet, name: str, use: str) -> QuerySet:
        """Accounts that serve one of the seven uses (R43)."""
        return accounts.filter(uses__contains=[use])

    def in_units(self, accounts: QuerySet, name: str, units: Named) -> QuerySet:
        """Accounts of any of the units. They are found first: PostgreSQL would join them in row by row."""
        return accounts.filter(among("unit_id", self._keys_of_units(units.condition)))

    def in_care_of(self, accounts: QuerySet, name: str, people: Named) -> QuerySet:
        """Accounts that any of the people is responsible or substitute for today."""
        duties = Assignment.objects.on(timezone.localdate()).filter(user__in=User.objects.filter(people.condition))
        return accounts.filter(pk__in=duties.values("account"))

    def lacking(self, accounts: QuerySet, name: str, wanted: bool) -> QuerySet:
        """Accounts in use or planned that lack something."""
        return accounts.filter(compliance.lacking_something(timezone.now())) if wanted else accounts

    def in_order(self, accounts: QuerySet, name: str, order: str) -> QuerySet:
        """Sort, in Swedish order."""
        return accounts.order_by(*ORDERS[order][1])

    def filter_queryset(self, accounts: QuerySet) -> QuerySet:
        """Narrow down. Where nobody has the name that was written, nothing is found."""
        if any(name in self.form.errors for name in NAME_FIELDS):
            return accounts.none()
        return super().filter_queryset(accounts)

    @cached_property
    def _keys_of_units(self) -> Callable[[Q], str]:
        # The same word is often written in both fields.
        return cache(keys_of_units)

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that are always shown."""
        return [self.form[name] for name in FIRST_FIELDS]

    @cached_property
    def name_fields(self) -> list[NameField]:
        """The fields under "Fler filter" in which part of a name is written."""
        found = getattr(self.form, "cleaned_data", {})
        return [NameField(self.form[name], found.get(name), self.data, kind) for name, kind in NAME_FIELDS.items()]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The other fields under "Fler filter"."""
        return [self.form[name] for name in self.form.fields if name not in {*FIRST_FIELDS, *NAME_FIELDS}]

    @property
    def more_in_use(self) -> bool:
        """Whether something under "Fler filter" narrows the list down."""
        return any(self.data.get(name) for name in self.form.fields if name not in FIRST_FIELDS)
