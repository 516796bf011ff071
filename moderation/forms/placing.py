"""What kommunikationsenheten does with a report that leads to no account of ours."""

from django import forms

from accounts.models import Account
from moderation.reported import Answer


class PlaceForm(forms.Form):
    """The account that it is about after all."""

    account = forms.ModelChoiceField(
        Account.objects.none(),
        label="Konto",
        empty_label="Välj",
        error_messages={"required": "Välj vilket konto det gäller", "invalid_choice": "Välj vilket konto det gäller"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = Account.objects.public().select_related("platform")


class AnswerForm(forms.Form):
    """The sentence that the one who reported reads."""

    answer = forms.ChoiceField(
        label="Svar",
        choices=Answer,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett svar", "invalid_choice": "Välj ett svar"},
    )
