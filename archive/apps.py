from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """What must be kept, and for how long."""

    name = "archive"
    verbose_name = "Arkiv"

    def ready(self) -> None:
        """Fill the menu, Att göra and the registries: handlingstyper, what every field holds, and what is given out."""
        from archive import snapshot_calendar  # noqa: F401  fills the registry of checks as it is read
        from archive.closing import add_closing_requirement
        from archive.content_of_accounts import declare_accounts
        from archive.content_of_archive import declare_archive
        from archive.content_of_installed import declare_installed
        from archive.manifest_sources import add_own_sources
        from archive.menu import add_menu
        from archive.panels import add_panels
        from archive.record_types import (
            add_accounts_types,
            add_diary_types,
            add_holds_of_the_diary,
            add_own_types,
            add_snapshot_types,
        )
        from archive.releasing import register_own_sources
        from archive.retention_panels import add_retention_panels
        from archive.to_do import add_to_do
        from archive.to_do_gallring import add_gallring_to_do
        from archive.to_do_snapshots import add_snapshot_to_do
        from archive.to_do_transfers import add_transfers_to_do

        add_menu()
        add_panels()
        add_to_do()
        add_gallring_to_do()
        add_snapshot_to_do()
        add_transfers_to_do()
        add_closing_requirement()
        declare_accounts()
        declare_archive()
        declare_installed()
        add_accounts_types()
        add_snapshot_types()
        add_diary_types()
        add_own_types()
        add_holds_of_the_diary()
        register_own_sources()
        add_own_sources()
        add_retention_panels(
            ("accounts.account", lambda account: account.board), ("archive.document", lambda kept: kept.matter.board)
        )
