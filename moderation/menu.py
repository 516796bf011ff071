"""The app's lines in the menu."""

from laholm_sociala.common.navigation import Entry, add_entries
from moderation.models import OVERSEE


def add_menu() -> None:
    """Add the app's entries."""
    add_entries(Entry(70, "Uppföljning", "chart-column", "moderation:statistics", permission=OVERSEE))
