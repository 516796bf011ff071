"""A question to kommunikationsenheten."""

from django import forms


class QuestionForm(forms.Form):
    """What the person wonders."""

    question = forms.CharField(
        label="Vad undrar du?",
        help_text="Kommunikationsenheten svarar till din e-post.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Skriv vad du undrar"},
    )
