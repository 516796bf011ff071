"""What people write of a leverans to the e-archive."""

from typing import Any

from django import forms

from archive.forms.diary import DayField
from archive.models import TransferDetails


class DetailsForm(forms.Form):
    """What the e-archive knows the board by."""

    organisation_number = forms.CharField(
        label="Nämndens organisationsnummer",
        help_text="Tio siffror, till exempel 212000-1234. Har nämnden inget eget: kommunens.",
        max_length=14,
        error_messages={"required": "Skriv organisationsnumret"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    receiver = forms.CharField(
        label="E-arkivets namn",
        help_text="Den som tar emot leveransen.",
        max_length=120,
        error_messages={"required": "Skriv vad e-arkivet heter"},
    )
    agreement = forms.CharField(
        label="Leveransöverenskommelse",
        help_text="Överenskommelsens nummer hos e-arkivet, om ni har en.",
        max_length=60,
        required=False,
    )

    @staticmethod
    def first_words(details: TransferDetails | None) -> dict[str, Any]:
        """Begin with what stands there."""
        return {name: getattr(details, name) for name in DetailsForm.base_fields} if details else {}


class PrepareForm(forms.Form):
    """Up to which day, and whether the package goes in a bag."""

    through = DayField(
        label="Till och med",
        help_text="Ärenden som avslutades och ögonblicksbilder som togs senast den dagen kommer med.",
    )
    as_bag = forms.BooleanField(
        label="Lägg paketet i en BagIt-påse",
        help_text="Bara om e-arkivet vill ha det så.",
        required=False,
    )


class HandOverForm(forms.Form):
    """When the package was handed over."""

    on = DayField(label="Vilken dag lämnades paketet över?")


class ReceiptForm(forms.Form):
    """Which handling in the diarium is the e-archive's receipt."""

    number = forms.CharField(
        label="Kvittensens nummer i diariet",
        help_text="Den inkomna handlingens nummer, till exempel KUN-SM 2026-000012-1.",
        max_length=60,
        error_messages={"required": "Skriv kvittensens nummer i diariet"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CancelForm(forms.Form):
    """Why a leverans is ended."""

    reason = forms.CharField(
        label="Varför avbryts leveransen?",
        help_text="Skälet står kvar. Skriv inga namn på enskilda.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv varför leveransen avbryts"},
    )
