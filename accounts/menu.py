"""The app's lines in the menu."""

from laholm_sociala.common import to_do
from laholm_sociala.common.navigation import Entry, add_entries


def add_menu() -> None:
    """Add the app's entries."""
    add_entries(
        Entry(10, "Att göra", "list-checks", "to-do", counts=to_do.count),
        Entry(
            30,
            "Mina konton",
            "users-round",
            "accounts:my-accounts",
            hidden_with="accounts.view_register",
            also=("accounts:application-list",),
        ),
        Entry(40, "Starta nytt konto", "plus", "accounts:application-start", hidden_with="accounts.view_register"),
        Entry(
            50,
            "Uppstarter",
            "file-plus",
            "accounts:application-list",
            permission="accounts.register_application",
            also=("accounts:application-start",),
        ),
        Entry(60, "Register", "table-2", "accounts:account-list", permission="accounts.view_register"),
        Entry(
            80,
            "Råd och regler",
            "book-open",
            "accounts:guidance",
            also=("accounts:calendar", "accounts:guideline"),
        ),
        Entry(
            90,
            "Administration",
            "settings",
            "accounts:administration",
            permission="accounts.administer",
            also=("accounts:user-list", "accounts:organisation"),
        ),
    )
