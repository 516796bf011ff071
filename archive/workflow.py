"""Which state of a snapshot follows which, as a plain table. Status is assigned in `services/` alone."""

from collections.abc import Mapping
from typing import Final

from archive.enums import SnapshotStatus
from laholm_sociala.common.errors import RefusedError

S = SnapshotStatus

# The same table stands in PostgreSQL: see `guard_snapshot` in the migration that made it.
SNAPSHOT: Final[Mapping[SnapshotStatus, frozenset[SnapshotStatus]]] = {
    S.REQUESTED: frozenset({S.CAPTURING, S.GOOD, S.FAILED, S.NOT_POSSIBLE}),
    S.CAPTURING: frozenset({S.REQUESTED, S.TO_JUDGE, S.FAILED}),
    S.TO_JUDGE: frozenset({S.GOOD, S.REJECTED}),
    S.FAILED: frozenset({S.REQUESTED, S.NOT_POSSIBLE}),
    S.GOOD: frozenset(),
    S.REJECTED: frozenset(),
    S.NOT_POSSIBLE: frozenset(),
}

WHY_NOT: Final[Mapping[SnapshotStatus, str]] = {
    S.REQUESTED: "Ögonblicksbilden är inte tagen än.",
    S.CAPTURING: "Ögonblicksbilden håller på att tas.",
    S.TO_JUDGE: "Ögonblicksbilden väntar på att någon bedömer den.",
    S.GOOD: "Ögonblicksbilden är redan sparad.",
    S.REJECTED: "Ögonblicksbilden är redan underkänd. Ta en ny.",
    S.FAILED: "Ögonblicksbilden gick inte att ta.",
    S.NOT_POSSIBLE: "Det är redan antecknat att ögonblicksbilden inte kunde tas.",
}


def require_snapshot_step(old: str, new: SnapshotStatus) -> None:
    """Raise RefusedError, with a sentence on where the snapshot stands, unless new may follow old."""
    old = SnapshotStatus(old)
    if new not in SNAPSHOT[old]:
        raise RefusedError(WHY_NOT[old])
