"""The app's lines in the menu."""

from archive.models import REGISTER
from laholm_sociala.common.navigation import Entry, add_entries


def add_menu() -> None:
    """Add the app's entries."""
    add_entries(Entry(70, "Diarium", "library", "archive:document-list", permission=REGISTER))
