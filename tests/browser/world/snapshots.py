"""Ögonblicksbilder of the account, sent by the responsible person, and of another that the portal can open."""

from datetime import date, timedelta
from typing import Any

from archive.capture.chromium import WITHOUT_CHROMIUM
from archive.enums import SnapshotFileKind, SnapshotReason
from archive.models import PlannedChange
from archive.services import snapshots
from archive.services.planned_changes import announce_change
from archive.services.snapshots import SentFile
from tests.archive.snapshots import picture, requested, uploaded, waits_for_verdict
from tests.browser.world.world import LONG_WORDS, World
from tests.clock import NOW
from tests.factories import AccountFactory, platform


def make(world: World) -> dict[str, Any]:
    """Send one snapshot of last year and one of today; the latter is `snapshot`."""
    account, by = world["account"], world.cast.librarian
    page = SentFile("sida.png", "image/png", picture(800, 1600))
    uploaded(account, by=by, taken_at=NOW - timedelta(days=380), files=[page], attestation=LONG_WORDS)
    snapshot = uploaded(account, by=by, files=[page, page])
    picture_shown = snapshot.files.filter(kind=SnapshotFileKind.SHOWN).first()
    return {
        "snapshot": snapshot,
        "snapshot_picture": picture_shown,
        "planned_change": planned_change(world),
        **taken_by_the_portal(world),
    }


def planned_change(world: World) -> PlannedChange:
    """Announce a major change, which waits for its snapshot."""
    account, how = world["account"], {"by": world.cast.librarian, "now": NOW + timedelta(minutes=1)}
    return announce_change(account.pk, what=LONG_WORDS, planned_on=date(2026, 12, 3), **how)


def taken_by_the_portal(world: World) -> dict[str, Any]:
    """Ask for one picture, let a login stand in the way of another, and let a third fail."""
    by = world.cast.librarian
    account = AccountFactory(
        active=True, platform=platform("bluesky"), name="Laholm i dag", unit=world.cast.library, responsible=by
    )
    failed = requested(account, by=by, reason=SnapshotReason.CLOSING)
    return {
        "open_account": account,
        "asked_snapshot": requested(account, by=by),
        "unjudged_snapshot": waits_for_verdict(account, by=by, reason=SnapshotReason.BEFORE_CHANGE, wall="login"),
        "failed_snapshot": snapshots.fail_capture(failed.pk, WITHOUT_CHROMIUM, now=NOW),
    }
