"""Är kontot äkta?: what is asked."""

from django import forms

from accounts.addresses import LONGEST_ADDRESS


class CheckForm(forms.Form):
    """An address or a name."""

    q = forms.CharField(
        label="Kontots adress eller namn",
        help_text="Kopiera adressen från webbläsaren eller appen.",
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Skriv kontots adress eller namn",
            "max_length": "Adressen är för lång. Kopiera bara kontots adress.",
            "null_characters_not_allowed": "Adressen har tecken som inte går att läsa. Skriv den för hand.",
        },
    )
