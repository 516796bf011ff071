"""What kommunikationsenheten fills in about the guideline."""

from typing import Any

from django import forms

from accounts.enums import LimitClock, ReviewOutcome
from accounts.forms.administration import DayField
from accounts.forms.calendar import SeenForm
from accounts.models import Guideline
from accounts.services.guideline import GuidelineDetails


def whole_number(label: str, help_text: str, *, most: int) -> forms.IntegerField:
    """Return a field for a whole number from 1."""
    said = f"Skriv ett tal mellan 1 och {most} med siffror"
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=1,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
    )


class GuidelineForm(SeenForm):
    """The document, and what it asks in numbers."""

    limit_hours = whole_number("Timmar att granska och ta bort inom", "Riktlinjen säger 48.", most=1000)
    clock = forms.ChoiceField(
        label="Hur räknas timmarna?",
        choices=[
            (LimitClock.WORKING_DAYS, "Arbetsdagar: alla timmar på arbetsdagar, inga på helger"),
            (LimitClock.OFFICE_HOURS, "Arbetstimmar: bara när kontoret har öppet. Kräver ett beslut"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur timmarna räknas"},
    )
    decision_reference = forms.CharField(
        label="Beslut om arbetstimmar",
        required=False,
        max_length=200,
        help_text="Behövs bara för arbetstimmar. Till exempel kommunstyrelsen 2026-11-10 § 200.",
    )
    look_days = whole_number(
        "Arbetsdagar till första titten", "Någon har tittat på inlägget när kontoret stänger.", most=30
    )
    warn_hours_before = whole_number("Arbetstimmar kvar vid påminnelsen", "8 är en arbetsdag före.", most=200)
    question_days = whole_number("Arbetsdagar till svar på frågor", "Räknat till dess kontoret stänger.", most=30)
    title = forms.CharField(label="Titel", max_length=200, error_messages={"required": "Skriv riktlinjens titel"})
    number = forms.CharField(
        label="Diarienummer", max_length=40, error_messages={"required": "Skriv riktlinjens diarienummer"}
    )
    adopted_on = DayField(label="Antagen den", error_messages={"required": "Skriv dagen, till exempel 2022-11-08"})
    adopted_by = forms.CharField(
        label="Antagen av",
        max_length=200,
        help_text="Till exempel kommunstyrelsen § 224.",
        error_messages={"required": "Skriv vem som antog den, och paragrafen"},
    )

    @staticmethod
    def first_words(guideline: Guideline) -> dict[str, Any]:
        """Return what stands already."""
        return {name: getattr(guideline, name) for name in GuidelineDetails.__dataclass_fields__}

    def details(self) -> GuidelineDetails:
        """Return what was filled in."""
        return GuidelineDetails(**{name: self.cleaned_data[name] for name in GuidelineDetails.__dataclass_fields__})


class ReviewForm(forms.Form):
    """What kommunstyrelsen decided about the guideline."""

    outcome = forms.ChoiceField(
        label="Vad blev beslutet?",
        choices=ReviewOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad beslutet blev"},
    )
    decided_on = DayField(
        label="Beslutat den",
        help_text="Till exempel 2026-11-10.",
        error_messages={"required": "Skriv dagen, till exempel 2026-11-10"},
    )
    reference = forms.CharField(
        label="Beslut",
        max_length=200,
        help_text="Till exempel kommunstyrelsen § 200.",
        error_messages={"required": "Skriv vilket beslut det är, till exempel kommunstyrelsen § 200"},
    )
