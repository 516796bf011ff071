"""What the registrator says of what was handed over."""

from django import forms


class RegisteredForm(forms.Form):
    """The number that it was given in the diarium."""

    designation = forms.CharField(
        label="Vilket nummer fick det?",
        help_text="När du har registrerat det i diariet. Till exempel KUN-SM 2026-000123-1.",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Skriv numret som det fick"},
    )
