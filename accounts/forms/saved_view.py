"""The name of a saved view."""

from django import forms


class SavedViewForm(forms.Form):
    """What a search is kept under."""

    name = forms.CharField(label="Spara vyn som", max_length=60, error_messages={"required": "Skriv ett namn på vyn"})
    query = forms.CharField(widget=forms.HiddenInput, max_length=1000, required=False)
