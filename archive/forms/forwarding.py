"""Where a handling goes on to, and how we know that it arrived."""

from typing import Any

from django import forms

from accounts.models import Board
from archive.enums import ForwardingMethod
from archive.forms.one_of_several import one_of_several
from archive.services.forwarding import Receiver


class ForwardForm(forms.Form):
    """A board of ours, or somebody outside; by mail or by hand."""

    board = forms.ModelChoiceField(
        Board.objects.all(),
        label="Till nämnd",
        required=False,
        empty_label="Ingen av våra nämnder",
    )
    receiver = forms.CharField(
        label="Eller till någon annan",
        help_text="Till exempel ”Region Halland, habiliteringen”.",
        max_length=150,
        required=False,
    )
    method = forms.ChoiceField(
        label="På vilket sätt?",
        choices=ForwardingMethod,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj på vilket sätt"},
    )
    email = forms.EmailField(
        label="E-post",
        help_text="Om du skickar med e-post: mottagarens funktionsadress. Handlingen bifogas.",
        required=False,
        error_messages={"invalid": "Skriv en hel e-postadress, till exempel registrator@laholm.se"},
    )
    message = forms.CharField(
        label="Meddelande", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    asks_receipt = forms.BooleanField(
        label="Be om kvittens",
        help_text="Mottagaren bekräftar med en länk. Svarar ingen på tre arbetsdagar påminner portalen.",
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one_of_several(self, "board", "receiver", "email")

    def clean(self) -> dict[str, Any]:
        """Put the receiver together."""
        cleaned = super().clean() or {}
        board, name = cleaned.get("board"), cleaned.get("receiver", "")
        if board is None and not name.strip():
            self.add_error("receiver", "Välj en nämnd, eller skriv vart handlingen ska")
        elif board is not None and name.strip():
            self.add_error("receiver", "Välj antingen en nämnd eller någon annan, inte båda")
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        data = self.cleaned_data
        board = data["board"]
        return {
            "receiver": Receiver(str(board) if board else data["receiver"], board, data["email"]),
            "method": ForwardingMethod(data["method"]),
            "message": data["message"],
            "asks_receipt": data["asks_receipt"],
        }


class ReceiptForm(forms.Form):
    """How we know that it arrived."""

    how = forms.CharField(
        label="Hur vet vi det?",
        help_text="Till exempel ”Registratorn bekräftade på telefon”.",
        max_length=250,
        error_messages={"required": "Skriv hur vi vet det"},
    )
