"""The handlingstyper of accounts and of the archive itself. Read by `AppConfig.ready()`: it fills the registry."""

from archive.record_types.accounts import add_accounts_types
from archive.record_types.diary import add_diary_types
from archive.record_types.holds import add_holds_of_the_diary
from archive.record_types.own import add_own_types
from archive.record_types.snapshots import add_snapshot_types

__all__ = [
    "add_accounts_types",
    "add_diary_types",
    "add_holds_of_the_diary",
    "add_own_types",
    "add_snapshot_types",
]
