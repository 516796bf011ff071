"""Följ din rapport: the number on the receipt."""

from django import forms

from moderation.report_numbers import read_receipt


class ReceiptForm(forms.Form):
    """The number, however it is typed."""

    nummer = forms.CharField(
        label="Numret på kvittot",
        help_text="Tio tecken, till exempel K7M 4XR 9FJL.",
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Skriv numret på kvittot",
            "max_length": "Numret är för långt. Det har tio tecken.",
            "null_characters_not_allowed": "Numret har tecken som inte går att läsa.",
        },
    )

    def clean_nummer(self) -> str:
        """Return the number as it is kept."""
        number = read_receipt(self.cleaned_data["nummer"])
        if not number:
            raise forms.ValidationError("Skriv numret på kvittot")
        return number
