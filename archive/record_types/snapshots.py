"""The handlingstyp of how accounts' pages looked (R19)."""

from typing import Final

from django.db.models.functions import Coalesce, TruncDate

from archive.delivery import Delivery
from archive.enums import StartsFrom
from archive.models import Snapshot
from archive.record_types.covers import ACCOUNT
from archive.retention import (
    AutomaticHold,
    Part,
    RecordType,
    account_closed,
    add_automatic_holds,
    add_record_types,
    day,
    preserve,
    value,
)
from laholm_sociala.common.swedish import STOCKHOLM

SNAPSHOTS: Final = "Ögonblicksbilder"


def add_snapshot_types() -> None:
    """Add how accounts' pages looked (R19)."""
    add_record_types(
        RecordType(
            code="snapshot",
            name="Ögonblicksbilder",
            group=SNAPSHOTS,
            model=Snapshot,
            board=value("account__board"),
            created=lambda: TruncDate(Coalesce("taken_at", "requested_at"), tzinfo=STOCKHOLM),
            proposal=preserve("Visar hur nämnden syntes i sociala medier."),
            starts={
                StartsFrom.CLOSED: day("verdict_at"),
                StartsFrom.ACCOUNT_CLOSED: account_closed("account"),
            },
            covers=ACCOUNT,
            account="account",
            parts=(
                Part("archive.fixitycheck", "file__snapshot"),
                Part("archive.snapshotfile", "snapshot", files=("name",)),
            ),
            delivery=Delivery(day("verdict_at")),
            url_name="archive:snapshot-detail",
            fetch=("account__platform",),
        )
    )
    add_automatic_holds(
        AutomaticHold(
            "open_snapshot",
            "Ögonblicksbild som inte är bedömd",
            {"archive.snapshot": lambda: Snapshot.objects.open().values("pk")},
        )
    )
