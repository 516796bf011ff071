"""Answers: to a question, or in the thread under a post (R08)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind, Lane
from moderation.models import Case
from moderation.services.acting import NOT_HERE, decide, require_to_review
from moderation.services.doors import lock_and_look, write_down
from moderation.workflow import OFFERED


@transaction.atomic
def reply(case_id: UUID, *, version: int | None, answer: str, by: User, now: datetime) -> Case:
    """Record what was answered on the platform, and when. It decides a question or a message, nothing else (R08).

    Raises PermissionDenied for those who may not act on the post, MovedOnError when somebody did something since
    `version`, RefusedError without an answer, when it is decided already, or where there is nobody to answer.
    """
    case = lock_and_look(case_id, version=version, by=by, now=now)
    require_to_review(case)
    if ActionKind.REPLIED not in OFFERED[Lane(case.lane)]:
        raise RefusedError(NOT_HERE, field="act")
    if not answer.strip():
        raise RefusedError("Skriv vad du svarade.", field="answer")
    decide(case, ActionKind.REPLIED, now=now)
    write_down(case, ActionKind.REPLIED, by=by, now=now, text=answer)
    return case
