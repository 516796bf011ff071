"""What the manager fills in."""

from django import forms

from accounts.bilaga1 import ASSURANCES


class ApprovalForm(forms.Form):
    """The three things the manager answers for (R29), and the fingerprint of what is on the page (R41)."""

    seen = forms.CharField(widget=forms.HiddenInput)
    assurances = forms.MultipleChoiceField(
        label="Du ansvarar för det som publiceras",
        help_text="Kryssa i de tre för att godkänna.",
        choices=[(word.lower(), (word, sentence)) for word, sentence in ASSURANCES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kryssa i resurser, kunskap och rutiner för att godkänna"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assurances"].choices = [(word.lower(), f"{word}. {sentence}") for word, sentence in ASSURANCES]

    def clean_assurances(self) -> list[str]:
        """Want all three."""
        ticked = self.cleaned_data["assurances"]
        left = [word.lower() for word, _sentence in ASSURANCES if word.lower() not in ticked]
        if left:
            raise forms.ValidationError(f"Kryssa i {' och '.join(left)} också för att godkänna")
        return ticked


class SendBackForm(forms.Form):
    """What should change before the manager can say yes."""

    seen = forms.CharField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label="Vad ska ändras?",
        help_text="Den som fyllde i uppstarten läser det här, ändrar och skickar igen.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Skriv vad som ska ändras"},
    )


class RejectForm(forms.Form):
    """Why the answer is no."""

    seen = forms.CharField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label="Varför?",
        help_text="Den som fyllde i uppstarten läser det här. Ett avslag avslutar uppstarten.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Skriv varför du avslår"},
    )
