"""The app's lines in the menu."""

from datetime import datetime

from accounts.models import User
from laholm_sociala.common import to_do
from laholm_sociala.common.navigation import Entry, add_entries
from moderation.models import OVERSEE
from moderation.to_do import to_review


def add_menu() -> None:
    """Add the app's entries."""
    add_entries(
        Entry(20, "Inlägg att granska", "message-square-text", "moderation:case-list", counts=_to_review),
        Entry(70, "Uppföljning", "chart-column", "moderation:statistics", permission=OVERSEE),
    )


def _to_review(user: User, now: datetime) -> int:
    return to_do.counts(user, now).get(to_review, 0)
