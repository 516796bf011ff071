"""How the public list is searched."""

from contextlib import suppress

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from accounts.addresses import AddressError, read_address
from accounts.models import Account, Platform


def keys_of_address(typed: str) -> list[str]:
    """Return the canonical keys that an address has, on whichever platforms could have it: as a rule one, or none."""
    keys = []
    for platform in Platform.objects.all():
        with suppress(AddressError):
            keys.append(read_address(typed, platform.address_rule).key)
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

    class Meta:
        model = Account
        fields: list[str] = []

    def search(self, accounts: QuerySet, name: str, words: str) -> QuerySet:
        """Find the words in the name, the unit or the line about the account, or the account of an address."""
        if "/" in words and (keys := keys_of_address(words)):
            return accounts.filter(canonical_key__in=keys)
        for word in words.split():
            accounts = accounts.filter(
                Q(name__icontains=word)
                | Q(summary__icontains=word)
                | Q(unit__name__icontains=word)
                | Q(handle__iexact=word.lstrip("@"))
            )
        return accounts
