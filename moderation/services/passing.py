"""A post goes to those whose matter it is: another verksamhet or nämnd of ours, or somebody outside (R22)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Unit, User
from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind, Lane
from moderation.models import Case
from moderation.services import case_notices
from moderation.services.acting import NOT_HERE, decide, require_to_review
from moderation.services.doors import lock_and_look, write_down
from moderation.workflow import OFFERED


@dataclass(frozen=True)
class Receiver:
    """Whom it goes to: a unit of ours, or else an authority outside in words."""

    unit: Unit | None = None
    outside: str = ""

    def __str__(self) -> str:
        return str(self.unit) if self.unit else self.outside.strip()


@transaction.atomic
def pass_on(case_id: UUID, *, receiver: Receiver, why: str, version: int | None, by: User, now: datetime) -> Case:
    """Record where the post went and why; a unit of ours gets mail at its function address (R22).

    Raises PermissionDenied for those who may not act on the post, MovedOnError when somebody did something since
    `version`, RefusedError without a receiver or words for it, when it is decided already, where the unit has no
    address, or where the post may be secret: that goes to the registrator, never by mail.
    """
    case = lock_and_look(case_id, version=version, by=by, now=now)
    require_to_review(case)
    if case.is_restricted or ActionKind.PASSED_ON not in OFFERED[Lane(case.lane)]:
        refusal = "Det kan vara sekretess och får inte mejlas vidare. Skicka det till registratorn."
        raise RefusedError(refusal if case.is_restricted else NOT_HERE, field="act")
    _require_address(receiver)
    if not why.strip():
        raise RefusedError("Skriv vad de ska göra med det.", field="why")
    decide(case, ActionKind.PASSED_ON, now=now)
    write_down(case, ActionKind.PASSED_ON, by=by, now=now, text=why, reference=str(receiver))
    if receiver.unit is not None:
        case_notices.send_on(case, receiver.unit, why=why.strip(), by=by, now=now)
    return case


def _require_address(receiver: Receiver) -> None:
    if not str(receiver):
        raise RefusedError("Välj en verksamhet, eller skriv vilken myndighet det gäller.", field="unit")
    if receiver.unit is not None and not receiver.unit.email:
        raise RefusedError(
            f"{receiver.unit} har ingen funktionsadress. Be administratören lägga till den.", field="unit"
        )
