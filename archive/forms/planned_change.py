"""What is filled in when a major change is planned."""

from django import forms

DAY = "Skriv dagen som 2026-12-03"


class PlannedChangeForm(forms.Form):
    """What is to change, and when."""

    what = forms.CharField(
        label="Vad ska ändras?",
        help_text="Till exempel ”Nytt namn och ny profilbild” eller ”Gamla inlägg tas bort”.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "ls-short"}),
        error_messages={"required": "Skriv vad som ska ändras"},
    )
    planned_on = forms.DateField(
        label="När?",
        help_text="Till exempel 2026-12-03.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": DAY, "invalid": DAY},
    )
