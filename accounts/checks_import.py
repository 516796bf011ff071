"""What accounts from before the portal still lack of Bilaga 1 (R06)."""

from datetime import datetime

from django.db.models import Q

from accounts.compliance import Severity, check
from accounts.enums import AccountStatus


@check(
    "bilaga1_missing",
    "R06",
    severity=Severity.TO_MEND,
    title="Bilaga 1 är inte komplett",
    icon="file-text",
    why="Kontot fanns före portalen. Fyll i det som Bilaga 1 frågar efter och som saknas.",
    action="Komplettera",
    url_name="accounts:account-complete",
)
def bilaga1_missing(now: datetime) -> Q:
    """The account came without an application, and one of Bilaga 1's answers is not given."""
    unanswered = Q(purpose="") | Q(audience="") | Q(topics="") | Q(summary="") | Q(uses=[]) | Q(legal_ground="")
    return Q(application__isnull=True) & ~Q(status=AccountStatus.CLOSED) & unanswered
