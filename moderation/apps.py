from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """The daily work."""

    name = "moderation"
    verbose_name = "Granskning"

    def ready(self) -> None:
        """Fill the menu and Att göra."""
        from moderation.menu import add_menu
        from moderation.to_do_reports import add_reports_to_do

        add_menu()
        add_reports_to_do()
