"""*Jag tar den*: it shows who is on a post, and locks nobody out (R09, R12)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind, CaseStatus
from moderation.models import Case
from moderation.services.doors import lock_case, write_down
from moderation.workflow import WHY_NOT


@transaction.atomic
def take(case_id: UUID, *, by: User, now: datetime) -> Case:
    """Say that the person is on the post, in place of whoever was. Once more changes nothing.

    Raises PermissionDenied for those who may not act on it, RefusedError when it is done.
    """
    case = _lock_open(case_id, by=by, now=now)
    if case.taken_by_id == by.pk:
        return case
    # Asked for anew: who waited for the lock has the row as it is now, and what was joined to it as it was before.
    before = User.objects.presented().filter(pk=case.taken_by_id).first()
    case.taken_by, case.taken_at = by, now
    case.looked_at = case.looked_at or now
    write_down(case, ActionKind.TAKEN, by=by, now=now, text=f"Efter {before.in_sentence}." if before else "")
    return case


@transaction.atomic
def let_go(case_id: UUID, *, by: User, now: datetime) -> Case:
    """Say that the person is no longer on the post. Raises RefusedError when somebody else is, or nobody."""
    case = _lock_open(case_id, by=by, now=now)
    if case.taken_by_id != by.pk:
        raise RefusedError("Du har inte inlägget.")
    case.taken_by = case.taken_at = None
    write_down(case, ActionKind.LET_GO, by=by, now=now)
    return case


def _lock_open(case_id: UUID, *, by: User, now: datetime) -> Case:
    # No version: whatever the others did meanwhile, saying who is on it does no harm.
    case = lock_case(case_id, version=None, by=by, now=now)
    if case.status == CaseStatus.CLOSED:
        raise RefusedError(WHY_NOT[CaseStatus.CLOSED])
    return case
