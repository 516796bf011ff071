"""Where kept files have their fingerprints: each app names its own in `AppConfig.ready()` (R19, R23).

The archive knows nobody above it; they add themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.db.models import Model, QuerySet

CODE_LENGTH: Final = 30


@dataclass(frozen=True)
class Source:
    """A table of kept files. `code` is what its lines begin with, and is never changed.

    `model` is its label; each row has its SHA-256 in `sha256`. `record` leads to the key of what gallring takes the
    file away with, and `kept_at` to the moment when the file came in.
    """

    code: str
    model: str
    record: str
    kept_at: str

    def rows(self) -> QuerySet:
        """Return every row, in no order."""
        model: type[Model] = apps.get_model(self.model)
        return model._base_manager.order_by()


_sources: dict[str, Source] = {}


def add_sources(*sources: Source) -> None:
    """Add tables of kept files. Raises ValueError when a code is taken."""
    for source in sources:
        if source.code in _sources:
            raise ValueError(f"{source.code} är redan en sort av filer.")
        _sources[source.code] = source


def all_sources() -> Iterator[Source]:
    """Yield the tables in the order of their codes."""
    for code in sorted(_sources):
        yield _sources[code]


def source_of(code: str) -> Source | None:
    """Return the table of that code, if there still is one."""
    return _sources.get(code)


def add_own_sources() -> None:
    """Add the files of accounts and of the archive itself."""
    add_sources(
        Source("ogonblicksbild", "archive.SnapshotFile", "snapshot_id", "written_at"),
        Source("handling", "archive.DocumentFile", "document_id", "document__registered_at"),
        Source("overlamnat", "archive.HandoverFile", "handover_id", "handover__handed_over_at"),
        Source("bilaga1", "accounts.ApprovedForm", "decision__application_id", "made_at"),
        Source("bilaga1-papper", "accounts.ScannedForm", "decision__application_id", "attached_at"),
        Source("uppdragsbeskrivning", "accounts.MissionStatement", "pk", "made_at"),
    )
