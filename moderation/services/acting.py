"""What is done with a post on the platform: removed, hidden, left, or already gone (R12, R14, R15, R23)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from accounts.models import User
from laholm_sociala.common.errors import RefusedError
from moderation.enums import REMOVAL_ONLY, ActionKind, CaseStatus, Lane
from moderation.models import Case
from moderation.services.doors import lock_and_look, write_down
from moderation.workflow import NEEDS_COPY, OFFERED, decides, require_case_step

NO_COPY: Final = "Spara en kopia först: klistra in texten eller en skärmbild. Är det redan borta väljer du det."
NOT_HERE: Final = "Det går inte att göra med den här sortens inlägg. Ändra först vad det gäller."
CANNOT_STAY: Final = (
    "Det som är uppenbart brottsligt eller kan vara sekretess får inte stå kvar. Ändra först vad det gäller, "
    "om det är något annat."
)


@transaction.atomic
def remove(
    case_id: UUID, *, version: int | None, to_author: str = "", reason: str = "", by: User, now: datetime
) -> Case:
    """Record that the post was removed on the platform, and why or what was written to its author (R12, R23).

    Raises as `_act`, and RefusedError where no copy of the post is kept.
    """
    return _act(case_id, ActionKind.REMOVED, version=version, text=to_author or reason, by=by, now=now)


@transaction.atomic
def hide(case_id: UUID, *, version: int | None, reason: str = "", by: User, now: datetime) -> Case:
    """Record that the post was hidden on the platform (R12, R23).

    What is plainly criminal or may be secret stays open: hidden, it is still there for the one who wrote it
    (lag 1998:112 § 5; R15). Raises as `remove`.
    """
    return _act(case_id, ActionKind.HIDDEN, version=version, text=reason, by=by, now=now)


@transaction.atomic
def gone(case_id: UUID, *, version: int | None, reason: str = "", by: User, now: datetime) -> Case:
    """Record that the platform or the author removed the post first; no copy is needed (R23). Raises as `_act`."""
    return _act(case_id, ActionKind.GONE, version=version, text=reason, by=by, now=now)


@transaction.atomic
def leave(case_id: UUID, *, version: int | None, reason: str = "", by: User, now: datetime) -> Case:
    """Record that the post stays: criticism of the municipality may.

    Raises as `_act`, and RefusedError for what is plainly criminal or may be secret.
    """
    return _act(case_id, ActionKind.LEFT, version=version, text=reason, by=by, now=now)


def has_copy(case: Case) -> bool:
    """Tell whether the post's text or a picture of it is kept (R23)."""
    return bool(case.content.text.strip()) or case.evidence.exists()


def decide(case: Case, kind: ActionKind, *, now: datetime) -> bool:
    """Let the action decide a locked post, where its lane says that it does; return whether it did."""
    if not decides(case.lane, kind):
        return False
    require_case_step(case.status, CaseStatus.DECIDED)
    case.status, case.decided_at, case.outcome = CaseStatus.DECIDED, now, kind
    return True


def require_to_review(case: Case) -> None:
    """Raise RefusedError, with a sentence on where it stands, unless the post waits to be reviewed."""
    require_case_step(case.status, CaseStatus.DECIDED)


def _act(case_id: UUID, kind: ActionKind, *, version: int | None, text: str = "", by: User, now: datetime) -> Case:
    """Do it. A breach that is noted on the post stays.

    Raises PermissionDenied for those who may not act on the post, MovedOnError when somebody did something since
    `version`, RefusedError when it is not to be reviewed or the lane does not know the action.
    """
    case = lock_and_look(case_id, version=version, by=by, now=now)
    require_to_review(case)
    if kind == ActionKind.LEFT and case.lane in REMOVAL_ONLY:
        raise RefusedError(CANNOT_STAY, field="act")
    if kind not in OFFERED[Lane(case.lane)]:
        raise RefusedError(NOT_HERE, field="act")
    if kind in NEEDS_COPY and not case.copy_forbidden and not has_copy(case):
        raise RefusedError(NO_COPY, field="act")
    decide(case, kind, now=now)
    write_down(case, kind, by=by, now=now, text=text)
    return case
