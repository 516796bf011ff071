from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """What must be kept, and for how long."""

    name = "archive"
    verbose_name = "Arkiv"

    def ready(self) -> None:
        """Fill the menu."""
        from archive.menu import add_menu

        add_menu()
