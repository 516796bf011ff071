"""That somebody looks through each account every working day (R09)."""

from datetime import datetime

from django.db.models import Q

from accounts.compliance import Severity, check
from moderation.supervision import missed_lately


@check(
    "supervision_missed",
    "R09",
    severity=Severity.TO_MEND,
    title="Ingen tillsyn senaste arbetsdagen",
    icon="eye-off",
    why="Titta igenom kontot i dag, också det som kom sedan sist.",
    action="Titta igenom",
    url_name="moderation:supervision-account",
)
def supervision_missed(now: datetime) -> Q:
    """Nobody looked through the account the last working day, and not today either."""
    return missed_lately(now)
