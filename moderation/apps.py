from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """The daily work."""

    name = "moderation"
    verbose_name = "Granskning"

    def ready(self) -> None:
        """Fill the menu."""
        from moderation.menu import add_menu

        add_menu()
