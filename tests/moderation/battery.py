"""What the tests of several pages do with a post, past the forms."""

from datetime import datetime

from accounts.models import User
from moderation.enums import ActionKind, CaseStatus, RecordChoice
from moderation.models import Case


def decide(case: Case, *, by: User, now: datetime, outcome: ActionKind = ActionKind.REMOVED) -> Case:
    """Let the post be dealt with on the platform, and not yet settled as a record."""
    case.status, case.outcome, case.decided_at = CaseStatus.DECIDED, outcome, now
    case.record(by=by, now=now, reason="Åtgärdat")
    return case


def close(case: Case, *, by: User, now: datetime, outcome: ActionKind = ActionKind.REMOVED) -> Case:
    """Let the post be dealt with and settled."""
    decide(case, by=by, now=now, outcome=outcome)
    case.status, case.closed_at = CaseStatus.CLOSED, now
    case.record_choice = RecordChoice.REGISTER if case.is_restricted else RecordChoice.KEPT_IN_ORDER
    case.record(by=by, now=now, reason="Klart")
    return case
