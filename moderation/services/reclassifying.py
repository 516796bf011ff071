"""What a post is about turns out to be something else, or its time began earlier (R12, R14, R15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.services.terms import terms_in_force
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.swedish import moment_in_words
from moderation.enums import ActionKind, Category, CriminalGround, Lane
from moderation.models import Case
from moderation.services import case_notices
from moderation.services.acting import require_to_review
from moderation.services.doors import lock_and_look, write_down
from moderation.services.opening import measure


@dataclass(frozen=True)
class About:
    """What a post is about. A category only where it is inappropriate, grounds only where it is criminal."""

    lane: Lane
    category: str = ""
    criminal_grounds: Sequence[str] = ()
    may_be_secret: bool = False

    @property
    def is_restricted(self) -> bool:
        """Whether it is kept within the few."""
        return self.may_be_secret or self.lane == Lane.SECRECY


@transaction.atomic
def reclassify(case_id: UUID, about: About, *, reason: str, version: int | None, by: User, now: datetime) -> Case:
    """Change what the post is about; its limit is measured anew from where it began (R12).

    A breach stays. That something is no longer held to be secret is written down with the reason (R15). Of suspected
    child sexual abuse material no further copy is taken. Raises PermissionDenied for those who may not act on the
    post, MovedOnError when somebody did something since `version`, RefusedError without a reason, when nothing
    changes, or when the post is decided.
    """
    case = lock_and_look(case_id, version=version, by=by, now=now)
    require_to_review(case)
    _refuse(case, about, reason)
    before, was_restricted, was_ours = case.subject, case.is_restricted, case.lane == Lane.OWN_POST
    case.lane, case.category, case.criminal_grounds = about.lane, about.category, list(about.criminal_grounds)
    case.is_restricted = about.is_restricted
    case.copy_forbidden = CriminalGround.CHILD_ABUSE in about.criminal_grounds
    measure(case, terms_in_force(now))
    said = _said(before, case, was_restricted=was_restricted)
    write_down(case, ActionKind.RECLASSIFIED, by=by, now=now, text=f"{said} {reason.strip()}")
    if case.lane == Lane.OWN_POST and not was_ours:
        case_notices.tell_data_protection(case, by=by, now=now)
    return case


@transaction.atomic
def move_start(
    case_id: UUID, *, published_at: datetime, reason: str, version: int | None, by: User, now: datetime
) -> Case:
    """Let the limit begin when the post was published, earlier than it began; never later (R12).

    Raises as `reclassify`, and RefusedError for a moment that is not earlier, or when the time is out already.
    """
    case = lock_and_look(case_id, version=version, by=by, now=now)
    require_to_review(case)
    if case.late_since is not None:
        raise RefusedError("Tiden har redan gått ut och räknas inte om. Anteckna i stället när det publicerades.")
    if published_at >= case.starts_at:
        begins = moment_in_words(case.starts_at, now)
        raise RefusedError(f"Tiden räknas redan från {begins}. Den kan bara flyttas bakåt.", field="published_at")
    if not reason.strip():
        raise RefusedError("Skriv hur du vet det.", field="reason")
    case.published_at = case.starts_at = published_at
    measure(case, terms_in_force(now))
    said = f"Till {moment_in_words(published_at, now)}. {reason.strip()}"
    write_down(case, ActionKind.START_MOVED, by=by, now=now, text=said)
    return case


def _refuse(case: Case, about: About, reason: str) -> None:
    if not reason.strip():
        raise RefusedError("Skriv varför det ändras.", field="reason")
    if about.lane == Lane.INAPPROPRIATE and about.category not in Category.values:
        raise RefusedError("Välj vad det gäller.", field="about")
    if about.lane == Lane.CRIMINAL and not about.criminal_grounds:
        raise RefusedError("Kryssa i minst ett brott.", field="criminal_grounds")
    same = (case.lane, case.category, sorted(case.criminal_grounds), case.is_restricted)
    if same == (about.lane, about.category, sorted(about.criminal_grounds), about.is_restricted):
        raise RefusedError("Det är samma som förut.", field="about")


def _said(before: str, case: Case, *, was_restricted: bool) -> str:
    said = [f"Från ”{before}” till ”{case.subject}”." if before != case.subject else ""]
    if was_restricted and not case.is_restricted:
        said.append("Bedöms inte längre kunna vara sekretess.")
    if case.is_restricted and not was_restricted:
        said.append("Kan vara sekretess.")
    return " ".join(filter(None, said))
