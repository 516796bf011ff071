"""What people write when a gallring is prepared, decided and advised on."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from archive.forms.diary import DayField
from archive.forms.one_of_several import one_of_several
from archive.models import DisposalItem


class AsOfForm(forms.Form):
    """As of which day things are due."""

    as_of = DayField(label="Till och med", help_text="Det som har nått sin frist den dagen kommer med på listan.")


class SendBackForm(forms.Form):
    """What arkivansvarig wants changed."""

    reason = forms.CharField(
        label="Vad ska ändras?",
        help_text="Arkivredogöraren läser det. Skriv inga namn på enskilda.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv vad som ska ändras"},
    )


class AdviceForm(forms.Form):
    """What kommunarkivarien says."""

    text = forms.CharField(
        label="Ditt råd",
        help_text="Arkivredogöraren och arkivansvarig läser det. Det står kvar. Skriv inga namn på enskilda.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv ditt råd"},
    )


class ChoiceForm(forms.Form):
    """Which objects of a handlingstyp are kept this time, and why."""

    objekt = forms.ModelMultipleChoiceField(DisposalItem.objects.none(), required=False)
    whole = forms.BooleanField(label="Hela handlingstypen, inte bara de markerade", required=False)
    reason = forms.CharField(
        label="Varför behålls de?",
        help_text="Fylls i när du behåller något. Skälet står i listan och i protokollet. Skriv inga namn på enskilda.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, items: QuerySet[DisposalItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objekt"].queryset = items
        one_of_several(self, "reason")

    def chosen(self, code: str) -> dict[str, Any]:
        """Return what was chosen, as the services take it."""
        if self.cleaned_data["whole"]:
            return {"record_type": code}
        return {"items": [item.pk for item in self.cleaned_data["objekt"]]}

    def ticked(self) -> set[UUID]:
        """Return what is ticked, to be ticked again when something is wrong."""
        found = self.cleaned_data.get("objekt", []) if self.is_bound and hasattr(self, "cleaned_data") else []
        return {item.pk for item in found}
