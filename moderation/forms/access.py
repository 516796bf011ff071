"""Who else may read what may be secret, and that somebody has looked at who did."""

from typing import Any

from django import forms

from accounts.models import Board, User
from moderation.models import Case


class GrantForm(forms.Form):
    """One more person within the board, and why."""

    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Vem behöver läsa det?",
        help_text="Bara den som arbetar inom samma nämnd.",
        empty_label="Välj",
        error_messages={"required": "Välj vem som behöver läsa det"},
    )
    reason = forms.CharField(
        label="Varför?",
        help_text="Skriv inte vad som står i inlägget.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "ls-short"}),
        error_messages={"required": "Skriv varför personen behöver läsa det"},
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = _people_of(case.board)


class ReviewForm(forms.Form):
    """What was seen in going through the month, if anything."""

    remark = forms.CharField(
        label="Anmärkning",
        required=False,
        max_length=2000,
        help_text="Till exempel en läsning som behöver förklaras, och vem du har frågat.",
        widget=forms.Textarea(attrs={"rows": 3, "class": "ls-short"}),
    )


def _people_of(board: Board) -> Any:
    return User.objects.active().filter(unit__board=board).presented().order_by("sort_key", "title")
