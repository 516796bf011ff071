"""A post of our own that should not have been published: the incident route (GDPR art. 33; R15)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind, CaseStatus, Lane
from moderation.models import Case, IncidentAssessment
from moderation.services.doors import lock_and_look, write_down
from moderation.workflow import WHY_NOT


@dataclass(frozen=True)
class Assessment:
    """Reported to IMY, on a day and by a number; or not, for a reason."""

    is_reported: bool
    reported_on: date | None = None
    number: str = ""
    reason: str = ""


@transaction.atomic
def assess(case_id: UUID, assessment: Assessment, *, version: int | None, by: User, now: datetime) -> Case:
    """Write down whether the incident was reported to IMY. Needed before the post is closed; can be done anew.

    Raises PermissionDenied for those who may not act on the post, MovedOnError when somebody did something since
    `version`, RefusedError for a post that is not our own or is closed, and when what must be said is left out.
    """
    case = lock_and_look(case_id, version=version, by=by, now=now)
    if case.lane != Lane.OWN_POST:
        raise RefusedError("Det gäller inte vårt eget inlägg.")
    if case.status == CaseStatus.CLOSED:
        raise RefusedError(WHY_NOT[CaseStatus.CLOSED])
    _refuse(assessment, timezone.localdate(now))
    made = IncidentAssessment.objects.create(
        case=case,
        is_reported=assessment.is_reported,
        reported_on=assessment.reported_on if assessment.is_reported else None,
        number=assessment.number.strip() if assessment.is_reported else "",
        reason=assessment.reason.strip(),
        made_by=by,
        made_at=now,
    )
    case.incident_assessed_at = now
    day = f"Anmäld {made.reported_on:%Y-%m-%d}." if made.reported_on else f"{made}."
    said = f"{day} {made.reason}"
    write_down(case, ActionKind.INCIDENT_ASSESSED, by=by, now=now, text=said, reference=made.number)
    return case


def _refuse(assessment: Assessment, today: date) -> None:
    if not assessment.is_reported:
        if not assessment.reason.strip():
            raise RefusedError("Skriv varför den inte behöver anmälas.", field="reason")
        return
    if assessment.reported_on is None:
        raise RefusedError("Skriv vilken dag den anmäldes.", field="reported_on")
    if assessment.reported_on > today:
        raise RefusedError("Dagen kan inte vara efter i dag.", field="reported_on")
    if not assessment.number.strip():
        raise RefusedError("Skriv IMY:s nummer. Det står på kvittot.", field="number")
