"""What the archive asks for before an account is closed: how its page looked at the end (R20)."""

from django.db.models import Q

from accounts.closing import Requirement, require_for_closing
from accounts.models import Closing
from archive.enums import SnapshotStatus
from archive.models import Snapshot


def add_closing_requirement() -> None:
    """Ask for a snapshot taken after the closing was asked for, or the manager's word that none could be."""
    require_for_closing(
        Requirement(
            "snapshot",
            "Ögonblicksbilden är tagen",
            "En ögonblicksbild ska tas efter att avslutet begärdes, och vara bedömd som bra.",
            has_snapshot,
            action="Till ögonblicksbilderna",
            url_name="archive:snapshot-timeline",
            exception="Bilden kan inte tas",
            exception_url_name="archive:snapshot-not-possible",
        )
    )


def has_snapshot(closing: Closing) -> bool:
    """Tell whether the account's page is kept as it was once the closing was asked for, or could not be taken."""
    asked = closing.requested_at
    # Whoever sends pictures says the minute when they were taken, not the second.
    taken = Q(status=SnapshotStatus.GOOD, taken_at__gte=asked.replace(second=0, microsecond=0))
    word = Q(status=SnapshotStatus.NOT_POSSIBLE, verdict_at__gte=asked)
    return Snapshot.objects.filter(taken | word, account=closing.account_id).exists()
