"""Which ärende a handling belongs to: one of the latest, one that is searched for, a new one, or one elsewhere."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.urls import reverse
from django.utils import timezone

from accounts.models import Board, User
from archive.enums import DiaryKind
from archive.forms.public_preview import PublicPreview
from archive.models import REGISTER, Matter, Series

NEW, EXISTING = "nytt", "befintligt"
LATEST: Final = 3
FOUND_AT_MOST: Final = 8


class MatterChoiceForm(PublicPreview):
    """Where the handling goes. What is searched for is found while it is typed, or by a press without JavaScript."""

    find = forms.CharField(
        label="Sök ett öppet ärende",
        help_text="Nummer eller ord ur ärendemeningen.",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    place = forms.ChoiceField(
        label="Ärende",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj vilket ärende handlingen hör till",
            "invalid_choice": "Välj ett ärende i listan, eller ett nytt",
        },
    )

    def __init__(self, *args: Any, user: User, asked: Mapping[str, str], **kwargs: Any) -> None:
        self.chosen_boards = Board.objects.filter(pk__in=self.boards(user))
        # A board that diarieför elsewhere has no number to give: its own is typed.
        self.series = Series.objects.in_use().filter(board__in=self.chosen_boards)
        self.numbers_here = self.series.filter(kind=DiaryKind.PORTAL).exists()
        chosen = asked.get("arende") or asked.get("place") or (NEW if self.numbers_here else EXISTING)
        first = {"place": chosen, "find": asked.get("find", ""), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=first, **kwargs)
        self.words = (self.data.get("find") or asked.get("find", "")).replace("\x00", "").strip()
        self.matters = {str(matter.pk): matter for matter in self._matters(user)}
        self.fields["place"].choices = [
            *((key, f"{matter}: {matter.subject}") for key, matter in self.matters.items()),
            *([(NEW, "Nytt ärende")] if self.numbers_here else []),
            (EXISTING, "Ärende i nämndens diarium: skriv numret"),
        ]
        self.fields["find"].widget.attrs |= {
            "hx-get": reverse("archive:matter-search"),
            "hx-trigger": "input changed delay:300ms, search",
            "hx-target": "#arenden",
            "hx-swap": "outerHTML",
            "hx-params": "find,place,board",
            "hx-include": "[name=place]:checked,[name=board]",
        }

    def boards(self, user: User) -> frozenset[Any]:
        """Return the boards that the person registers for."""
        return user.boards_with(REGISTER)

    @property
    def nothing_found(self) -> bool:
        """Whether something was searched for, and no open ärende has it."""
        return bool(self.words) and not self.found

    def _matters(self, user: User) -> list[Matter]:
        """The one that was asked for or chosen, and what was searched for; else the few opened last."""
        mine = Matter.objects.visible_to(user, timezone.localdate())
        visible = mine.filter(board__in=self.chosen_boards).open()
        keys = {key for key in (self.initial["place"], self.data.get("place", "")) if _is_key(key)}
        kept = list(visible.filter(pk__in=keys)) if keys else []
        latest = visible.order_by("-opened_on", "-number")
        self.found = list(latest.saying(self.words)[:FOUND_AT_MOST]) if self.words else []
        return list(dict.fromkeys([*kept, *(self.found if self.words else latest[:LATEST])]))


class MatterSearchForm(MatterChoiceForm):
    """The same choice by itself, within the board that is chosen on the page."""

    def __init__(self, *, user: User, asked: Mapping[str, str]) -> None:
        self.board = asked.get("board", "")
        super().__init__(user=user, asked=asked)

    def boards(self, user: User) -> frozenset[Any]:
        """Return the board that is chosen on the page, if the person registers for it."""
        return frozenset(board for board in super().boards(user) if self.board in {"", str(board)})


def _is_key(words: str) -> bool:
    return len(words) == 36 and words.count("-") == 4
