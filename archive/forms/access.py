"""Who else may read a handling that may be secret."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone

from accounts.models import Board, User
from archive.forms.diary import DayField

# Proposed: long enough for a matter, short enough to be asked again.
A_QUARTER: Final = timedelta(days=90)


class GrantForm(forms.Form):
    """One more person within the board, why, and until when."""

    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Vem behöver läsa den?",
        help_text="Bara den som arbetar inom samma nämnd.",
        empty_label="Välj",
        error_messages={"required": "Välj vem som behöver läsa den"},
    )
    reason = forms.CharField(
        label="Varför?",
        help_text="Skriv inte vad som står i handlingen.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "ls-short"}),
        error_messages={"required": "Skriv varför personen behöver läsa den"},
    )
    last_on = DayField(label="Till och med", help_text="Sedan tar åtkomsten slut av sig själv.")

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        within = User.objects.active().filter(unit__board=board)
        self.fields["user"].queryset = within.presented().order_by("sort_key", "title")
        self.fields["last_on"].initial = timezone.localdate() + A_QUARTER
