"""Which accounts were looked through."""

from uuid import UUID

from django import forms
from django.db.models import QuerySet

from accounts.models import Account


class SupervisionForm(forms.Form):
    """The accounts that the page showed, and those left ticked."""

    visat = forms.ModelMultipleChoiceField(Account.objects.none(), required=False)
    konto = forms.ModelMultipleChoiceField(Account.objects.none(), required=False)

    def __init__(self, *args: object, accounts: QuerySet, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in self.fields.values():
            field.queryset = accounts  # type: ignore[attr-defined]

    @property
    def ticked(self) -> list[UUID]:
        """Return the accounts that nothing was found on."""
        return [account.pk for account in self.cleaned_data["konto"]]

    @property
    def unticked(self) -> list[Account]:
        """Return the accounts that something was found on."""
        return [account for account in self.cleaned_data["visat"] if account.pk not in self.ticked]
