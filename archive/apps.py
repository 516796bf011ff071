from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """What must be kept, and for how long."""

    name = "archive"
    verbose_name = "Arkiv"

    def ready(self) -> None:
        """Fill the menu and Att göra."""
        from archive.menu import add_menu
        from archive.to_do import add_to_do

        add_menu()
        add_to_do()
