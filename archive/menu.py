"""The app's lines in the menu."""

from archive.models import REGISTER, VIEW_DISPOSAL
from archive.models.records_request import RECEIVE
from laholm_sociala.common.navigation import Entry, Setting, add_entries, add_settings


def add_menu() -> None:
    """Add the app's entries."""
    add_entries(Entry(70, "Diarium", "library", "archive:document-list", permission=REGISTER))
    add_entries(Entry(71, "Begäran om handling", "file-text", "archive:request-list", permission=RECEIVE))
    add_entries(Entry(72, "Ögonblicksbilder", "camera", "archive:snapshot-list"))
    add_entries(Entry(75, "Gallring", "archive", "archive:due-boards", permission=VIEW_DISPOSAL))
    add_settings(
        Setting(
            "Diarieserier",
            "Var varje nämnd diarieför, numrets form och de vanliga sekretessbestämmelserna.",
            "archive:series-list",
        )
    )
