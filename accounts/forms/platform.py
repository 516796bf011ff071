"""What kommunikationsenheten fills in about a platform."""

import re
from typing import Any

from django import forms

from accounts.models import Platform
from accounts.services.platforms import PlatformDetails

HOST = re.compile(r"[a-z0-9\-]+(\.[a-z0-9\-]+)+")


class WordsField(forms.CharField):
    """Several words, each on a line of its own or after a comma."""

    widget = forms.Textarea(attrs={"rows": 3, "autocapitalize": "off", "spellcheck": "false"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=4000, **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the words in small letters, each once."""
        words = re.split(r"[\s,]+", super().clean(value).lower())
        return tuple(dict.fromkeys(word for word in words if word))


class PlatformForm(forms.Form):
    """A platform, as it is described by one of its addresses."""

    name = forms.CharField(label="Namn", max_length=60, error_messages={"required": "Skriv vad kanalen heter"})
    example = forms.CharField(
        label="En adress som exempel",
        max_length=200,
        help_text="Öppna ett konto på plattformen och kopiera adressen. Av den räknar portalen ut hur alla ser ut.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={"required": "Klistra in adressen till ett konto på plattformen"},
    )
    handle = forms.CharField(
        label="Användarnamnet i exemplet",
        max_length=120,
        required=False,
        help_text="Behövs bara när det inte är det sista i adressen.",
        widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false"}),
    )
    other_hosts = WordsField(
        label="Fler webbplatser som är samma kanal", help_text="En per rad, till exempel fb.com för Facebook."
    )
    any_host = forms.BooleanField(
        label="Kontona finns på många webbplatser, som på Mastodon",
        required=False,
    )
    reserved = WordsField(
        label="Ord som inte är konton",
        help_text="Det som står på kontots plats i andra adresser på plattformen, till exempel explore. Ett per rad.",
    )
    case_sensitive = forms.BooleanField(label="Stora och små bokstäver skiljer konton åt", required=False)
    profile_limit = forms.IntegerField(
        label="Så lång får profiltexten vara",
        required=False,
        min_value=20,
        max_value=30000,
        help_text="I tecken. Texten till besökarna kortas efter det.",
        error_messages={"invalid": "Skriv antalet tecken med siffror, till exempel 150"},
    )
    open_to_visitors = forms.BooleanField(
        label="Visar kontots sida för den som inte är inloggad",
        required=False,
        help_text="Då kan portalen ta ögonblicksbilderna själv. Prova i ett privat fönster i webbläsaren.",
    )
    active = forms.BooleanField(label="Går att välja i nya uppstarter", required=False, initial=True)
    try_address = forms.CharField(
        label="Prova en adress",
        required=False,
        max_length=300,
        help_text="Se hur den skulle läsas. Inget sparas.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false"}),
    )

    @staticmethod
    def first_words(platform: Platform) -> dict[str, object]:
        """Return the platform as it stands."""
        return {
            "name": platform.name,
            "example": platform.example,
            "other_hosts": "\n".join(platform.hosts[1:]),
            "any_host": not platform.hosts,
            "reserved": "\n".join(platform.reserved),
            "case_sensitive": platform.case_sensitive,
            "profile_limit": platform.profile_limit,
            "open_to_visitors": platform.open_to_visitors,
            "active": platform.active,
        }

    def clean_other_hosts(self) -> tuple[str, ...]:
        """Want names of sites, and nothing before or after them."""
        hosts = tuple(host.removeprefix("www.") for host in self.cleaned_data["other_hosts"])
        for host in hosts:
            if not HOST.fullmatch(host) or len(host) > 120:
                raise forms.ValidationError(f"{host} är inget namn på en webbplats. Skriv till exempel fb.com.")
        return hosts

    def clean_reserved(self) -> tuple[str, ...]:
        """Want words that fit."""
        reserved = self.cleaned_data["reserved"]
        if any(len(word) > 60 for word in reserved):
            raise forms.ValidationError("Ett av orden är längre än 60 tecken. Skriv ett ord per rad.")
        return reserved

    def details(self) -> PlatformDetails:
        """Return what was filled in."""
        return PlatformDetails(**{name: self.cleaned_data[name] for name in PlatformDetails.__dataclass_fields__})
