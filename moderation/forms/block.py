"""What kommunikationsenheten decides about a block."""

from typing import Final

from django import forms

from moderation.forms.versioned import long_text
from moderation.services.blocking import Term

DAY: Final = {
    "widget": forms.TextInput(attrs={"autocomplete": "off"}),
    "error_messages": {"invalid": "Skriv dagen som 2026-11-24", "required": "Skriv vilken dag"},
}


class DecideBlockForm(forms.Form):
    decision = forms.ChoiceField(
        label="Beslut",
        choices=[("decide", "Blockera den som skrev"), ("refuse", "Blockera inte")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om den som skrev blockeras"},
    )
    ends_on = forms.DateField(
        label="Till och med vilken dag?", help_text="Högst ett år fram. Till exempel 2027-02-24.", required=False, **DAY
    )
    review_on = forms.DateField(label="När omprövas den?", help_text="Vi påminner er den dagen.", required=False, **DAY)
    reason = long_text("Skäl", "Skriv skälen för beslutet", "Den som föreslog blockeringen läser det.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("ends_on", "review_on"):
            self.fields[name].one_of_several = True

    def clean(self) -> dict:
        """Want both days where somebody is blocked."""
        known = super().clean() or self.cleaned_data
        if known.get("decision") == "decide":
            for name in ("ends_on", "review_on"):
                if name in known and known[name] is None:
                    self.add_error(name, "Skriv vilken dag")
        return known

    def term(self) -> Term:
        """Return how long it holds."""
        return Term(self.cleaned_data["ends_on"], self.cleaned_data["review_on"])


class ReviewBlockForm(forms.Form):
    decision = forms.ChoiceField(
        label="Ska den vara kvar?",
        choices=[("lift", "Häv den: vi har tagit bort blockeringen på plattformen"), ("keep", "Låt den vara kvar")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om den hävs eller är kvar"},
    )
    review_on = forms.DateField(label="När omprövas den igen?", required=False, **DAY)
    reason = long_text("Skäl", "Skriv skälen")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["review_on"].one_of_several = True

    def clean(self) -> dict:
        """Want a day where it stays."""
        known = super().clean() or self.cleaned_data
        if known.get("decision") == "keep" and "review_on" in known and known["review_on"] is None:
            self.add_error("review_on", "Skriv vilken dag")
        return known
