from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo's own pages: one-click sign-in and the mail that was sent."""

    name = "laholm_sociala.demo"
    label = "demo"

    def ready(self) -> None:
        """Add the mail to the menu."""
        from laholm_sociala.common.navigation import Entry, add_entries

        add_entries(Entry(95, "Brev i demon", "mail", "demo:mail-list"))
