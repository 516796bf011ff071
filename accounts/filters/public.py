"""How the public list is searched."""

import re
from contextlib import suppress
from typing import Final

import django_filters
from django import forms
from django.db.models import QuerySet

from accounts.addresses import AddressError, read_address
from accounts.enums import Use
from accounts.filters.words import all_words
from accounts.known_rules import known_rules
from accounts.models import Account, Platform

# Then only that very account is the answer: part of an address must not pass for ours.
LOOKS_LIKE_AN_ADDRESS: Final = re.compile(r"\s*(https?://|[^\s/]+\.[^\s/]+/)", re.IGNORECASE)


def keys_of_address(typed: str) -> list[str]:
    """Return the canonical keys that an address has, on whichever platforms could have it: as a rule one, or none."""
    keys = []
    for rule in known_rules():
        with suppress(AddressError):
            keys.append(read_address(typed, rule).key)
    return keys


class PublicFilter(django_filters.FilterSet):
    """The public list's search: a name, or an address pasted from anywhere, and the platform."""

    q = django_filters.CharFilter(
        label="Sök på namn, eller klistra in en adress",
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "autocapitalize": "off", "spellcheck": "false"}),
    )
    kanal = django_filters.ModelChoiceFilter(
        label="Kanal",
        field_name="platform",
        queryset=Platform.objects.filter(active=True),
        to_field_name="code",
        empty_label="Alla kanaler",
    )
    kris = django_filters.BooleanFilter(
        label="Bara kanaler för kriskommunikation", method="in_a_crisis", widget=forms.CheckboxInput
    )

    class Meta:
        model = Account
        fields: list[str] = []

    def in_a_crisis(self, accounts: QuerySet, name: str, wanted: bool) -> QuerySet:
        """Keep the channels that the municipality uses in a crisis (R43)."""
        return accounts.filter(uses__contains=[Use.CRISIS]) if wanted else accounts

    def search(self, accounts: QuerySet, name: str, words: str) -> QuerySet:
        """Find the account of an address, or those where every word stands."""
        if LOOKS_LIKE_AN_ADDRESS.match(words):
            return accounts.filter(canonical_key__in=keys_of_address(words))
        return accounts.filter(all_words(words))
