"""A demo whose database was thrown away starts over: what the old one left behind is put aside, and nothing removed."""

from datetime import datetime
from pathlib import Path
from typing import Final

from archive.models import LedgerEntry
from laholm_sociala.demo import municipality

# Outside the database, and about it: the ledger would rightly keep the portal closed to another database.
LEFT: Final = ("gallringsliggare.jsonl", "snapshots", "leveranser", "packning")


def put_aside_what_is_left(folder: Path, now: datetime) -> Path | None:
    """Move what an earlier database of the demo's left in its folder, where the one at hand is new; return where to.

    Only the demo does so. Elsewhere a ledger that knows more than the database is a restore from backup (R18).
    """
    left = [path for path in (folder / name for name in LEFT) if _holds_something(path)]
    if not left or municipality.is_filled() or LedgerEntry.objects.exists():
        return None
    aside = folder / f"tidigare-{now:%Y%m%d-%H%M%S}"
    aside.mkdir()
    for path in left:
        path.rename(aside / path.name)
    return aside


def _holds_something(path: Path) -> bool:
    return any(path.iterdir()) if path.is_dir() else path.exists() and path.stat().st_size > 0
