"""What the archive shows on an account's page: its latest ögonblicksbild, and when the next is due (R19)."""

from datetime import datetime
from typing import Any

from accounts.enums import AccountStatus
from accounts.models import Account, User
from accounts.services.keepers import may_keep
from archive.enums import SnapshotFileKind
from archive.models import PlannedChange
from archive.services.capturing import can_be_captured
from laholm_sociala.common import changes, panels
from laholm_sociala.common.panels import Panel


def add_panels() -> None:
    """Add the app's sections, and its lines in an account's Historik."""
    panels.add_panels(Panel("accounts.account", "archive/parts/account_snapshots.html", latest_snapshot))
    changes.add_history_part("accounts.account", lambda account: PlannedChange.history.filter(account=account))


def latest_snapshot(account: Account, user: User, now: datetime) -> dict[str, Any]:
    """Return the latest good snapshot with a small picture of it, if there is one."""
    snapshot = account.snapshots.good().order_by("-taken_at", "-id").first()
    picture = snapshot and snapshot.files.filter(kind=SnapshotFileKind.THUMBNAIL).first()
    may_send = may_keep(account, user, now)
    return {
        "account": account,
        "snapshot": snapshot,
        "picture": picture,
        "may_send": may_send,
        "may_capture": may_send and account.status != AccountStatus.CLOSED and can_be_captured(account),
        "change": account.planned_changes.waiting().first(),
    }
