"""What is said of an account that is to be closed."""

from django import forms

from accounts.enums import AccountStatus
from accounts.models import Account


class CloseForm(forms.Form):
    """Why the account is closed, and which comes instead."""

    reason = forms.CharField(
        label="Varför avslutas kontot?",
        help_text="Till exempel ”Biblioteket samlar allt på ett konto”.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv varför kontot avslutas"},
    )
    successor = forms.ModelChoiceField(
        label="Finns det ett konto i stället?",
        help_text="Dit visas de som letar efter det gamla.",
        queryset=Account.objects.none(),
        required=False,
        empty_label="Nej, inget",
        error_messages={"invalid_choice": "Välj ett konto i listan, eller ”Nej, inget”"},
    )

    def __init__(self, *args: object, account: Account, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        others = Account.objects.filter(status=AccountStatus.ACTIVE, board=account.board).exclude(pk=account.pk)
        self.fields["successor"].queryset = others.select_related("platform")
