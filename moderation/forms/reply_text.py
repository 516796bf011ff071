"""Ready answers."""

from django import forms

from moderation.forms.versioned import long_text, short_text


class ReplyTextForm(forms.Form):
    name = short_text("Vad ska den heta?", "Skriv vad texten ska heta", "Till exempel ”Öppettider”.", max_length=80)
    text = long_text("Texten", "Skriv texten")


class NewReplyTextForm(ReplyTextForm):
    for_unit = forms.BooleanField(label="Dela med alla i verksamheten", required=False)
