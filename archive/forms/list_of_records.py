"""Which board and days a diarieförteckning is about."""

from typing import Any

from django import forms

from accounts.models import Board, User
from archive.forms.diary import DayField
from archive.models import REGISTER


class ListOfRecordsForm(forms.Form):
    """A board and two days."""

    board = forms.ModelChoiceField(
        Board.objects.none(), label="Nämnd", empty_label=None, error_messages={"required": "Välj nämnd"}
    )
    first = DayField(label="Från och med")
    last = DayField(label="Till och med")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = Board.objects.filter(pk__in=user.boards_with(REGISTER))
