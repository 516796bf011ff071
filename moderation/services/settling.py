"""What is done with a decided post as a record: registered, kept in order, or of no importance (R07, R16, R21)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from accounts.models import User
from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind, CaseStatus, Lane, RecordChoice
from moderation.models import Case
from moderation.record_proposal import proposal
from moderation.services.doors import lock_and_look, write_down
from moderation.services.handing_over import hand_over_case
from moderation.services.report_outcomes import tell_reporters
from moderation.workflow import require_case_step

ALWAYS_REGISTERED: Final = "Det kan vara sekretess, och då ska det diarieföras."
NOT_ASSESSED: Final = "Bedöm först om incidenten ska anmälas till IMY."


@dataclass(frozen=True)
class Settlement:
    """The answer to "Ska det diarieföras?". The reason may be left out where our proposal is followed."""

    choice: RecordChoice
    reason: str = ""


@transaction.atomic
def settle(case_id: UUID, settlement: Settlement, *, version: int | None, by: User, now: datetime) -> Case:
    """Close a decided post, with how it is kept and why; what is to be registered goes to the registrator (R16, R21).

    What may be secret can only be registered (OSL ch. 5 § 1; R15). Raises PermissionDenied for those who may not act
    on the post, MovedOnError when somebody did something since `version`, RefusedError when it is not decided, for
    another choice of what may be secret, without a reason against our proposal, and for a post of our own whose
    incident is not assessed.
    """
    case = lock_and_look(case_id, version=version, by=by, now=now)
    require_case_step(case.status, CaseStatus.CLOSED)
    reason = _reason(case, settlement)
    if case.lane == Lane.OWN_POST and case.incident_assessed_at is None:
        raise RefusedError(NOT_ASSESSED)
    case.status, case.closed_at = CaseStatus.CLOSED, now
    case.record_choice, case.record_reason = settlement.choice, reason
    case.taken_by = case.taken_at = None
    write_down(case, ActionKind.SETTLED, by=by, now=now, text=f"{_SAID[settlement.choice]} {reason}")
    if settlement.choice == RecordChoice.REGISTER:
        hand_over_case(case, by=by, now=now)
    tell_reporters(case, now=now)
    return case


def _reason(case: Case, settlement: Settlement) -> str:
    if case.is_restricted and settlement.choice != RecordChoice.REGISTER:
        raise RefusedError(ALWAYS_REGISTERED, field="record_choice")
    proposed, said = proposal(case), settlement.reason.strip()
    if said:
        return said
    if settlement.choice != proposed.choice:
        raise RefusedError("Skriv varför du väljer något annat än förslaget.", field="record_reason")
    return proposed.reason


_SAID: Final = {
    RecordChoice.REGISTER: "Skickat till registratorn.",
    RecordChoice.KEPT_IN_ORDER: "Det hålls ordnat här.",
    RecordChoice.TRIVIAL: "Det har uppenbart ringa betydelse.",
}
