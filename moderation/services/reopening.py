"""A post that was done is opened again (R12)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services.closing import stays_open
from accounts.services.terms import terms_in_force
from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind, CaseStatus
from moderation.models import Case
from moderation.services.doors import lock_and_look, write_down
from moderation.services.opening import ClosedAccountError, measure_anew
from moderation.workflow import require_case_step

NOT_TWICE: Final = "one_open_case_per_post"


@transaction.atomic
def reopen(case_id: UUID, *, reason: str, version: int | None, by: User, now: datetime) -> Case:
    """Let the post be reviewed once more; its time is counted from now.

    That it once was late stays on it. What was done stands in the log, what was handed to the registrator stays there.
    Raises PermissionDenied for those who may not act on the post, MovedOnError when somebody did something since
    `version`, RefusedError without a reason, when it is open already, or when the same post has been logged anew;
    ClosedAccountError where the account is closed: nothing waits there any more (R20).
    """
    case = lock_and_look(case_id, version=version, by=by, now=now)
    require_case_step(case.status, CaseStatus.NEW)
    if not stays_open(case.account):
        raise ClosedAccountError(f"{case.account} är avslutat. Inlägget öppnas inte igen.")
    if not reason.strip():
        raise RefusedError("Skriv varför det öppnas igen.", field="reason")
    case.status, case.outcome, case.decided_at = CaseStatus.NEW, "", None
    case.record_choice, case.record_reason, case.closed_at = "", "", None
    case.incident_assessed_at = case.warned_at = None
    case.reopened_at = now
    measure_anew(case, terms_in_force(now))
    try:
        with transaction.atomic():
            write_down(case, ActionKind.REOPENED, by=by, now=now, text=reason)
    except IntegrityError as error:
        if NOT_TWICE not in str(error):
            raise
        raise RefusedError("Samma inlägg är loggat på nytt och väntar redan på granskning.") from error
    return case
