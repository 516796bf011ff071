"""Ögonblicksbilder of the account, sent by the responsible person: last year and today."""

from datetime import timedelta
from typing import Any

from archive.enums import SnapshotFileKind
from archive.services.snapshots import SentFile
from tests.archive.snapshots import picture, uploaded
from tests.browser.world.world import LONG_WORDS, World
from tests.clock import NOW


def make(world: World) -> dict[str, Any]:
    """Send one snapshot of last year and one of today; the latter is `snapshot`."""
    account, by = world["account"], world.cast.librarian
    page = SentFile("sida.png", "image/png", picture(800, 1600))
    uploaded(account, by=by, taken_at=NOW - timedelta(days=380), files=[page], attestation=LONG_WORDS)
    snapshot = uploaded(account, by=by, files=[page, page])
    picture_shown = snapshot.files.filter(kind=SnapshotFileKind.SHOWN).first()
    return {"snapshot": snapshot, "snapshot_picture": picture_shown}
