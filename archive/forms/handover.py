"""What a registrator writes of what was handed over."""

from typing import Any

from accounts.models import User
from archive.enums import Direction
from archive.forms.register import RegisterDocumentForm
from archive.models import Handover
from archive.services.entries import Entry


class RegisterHandoverForm(RegisterDocumentForm):
    """As for any handling, but what it says, its files and its board are given."""

    field_order = ("find", "place", "existing_designation", "subject", "correspondent", "dated_on")

    def __init__(self, *args: Any, handover: Handover, user: User, **kwargs: Any) -> None:
        self.handover = handover
        super().__init__(*args, user=user, asked={}, **kwargs)
        # No name is proposed: the public variant is then right from the start.
        self.initial |= {"subject": handover.subject, "dated_on": handover.received_on, "correspondent": "Enskild"}
        self.fields["correspondent"].label = "Avsändare"
        self.fields["correspondent"].help_text = ""
        self.fields["dated_on"].label = "Kom in"
        for name in ("board", "direction", "text", "file", *(["account"] if handover.own_account else [])):
            del self.fields[name]

    @property
    def direction_given(self) -> str:
        """It came in."""
        return Direction.INCOMING

    def boards(self, user: User) -> frozenset[Any]:
        """Return the board that it was handed to."""
        return frozenset({self.handover.board_id})

    def entry(self) -> Entry:
        """Return the handling: it came in, with what was handed over."""
        self.cleaned_data |= {"direction": Direction.INCOMING, "text": "", "file": None}
        return super().entry()
