"""Kommunikationsenheten can be asked about every post, and answers (R33)."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind
from moderation.models import OVERSEE, Case
from moderation.services import case_notices
from moderation.services.doors import lock_and_look, write_down


@transaction.atomic
def ask(case_id: UUID, *, question: str, by: User, now: datetime) -> Case:
    """Ask kommunikationsenheten, by mail and in their Att göra.

    Of what may be secret the mail says only who asks: they may not read it. Raises PermissionDenied for those who may
    not act on the post, RefusedError for an empty question.
    """
    case = lock_and_look(case_id, version=None, by=by, now=now)
    if not question.strip():
        raise RefusedError("Skriv vad du undrar.", field="question")
    write_down(case, ActionKind.ASKED, by=by, now=now, text=question)
    case_notices.ask_communications(case, question=question.strip(), by=by, now=now)
    return case


@transaction.atomic
def advise(case_id: UUID, *, advice: str, by: User, now: datetime) -> Case:
    """Answer what was asked about a post, by mail to the one who asked last.

    Raises PermissionDenied for all but kommunikationsenheten, RefusedError for an empty answer.
    """
    case = lock_and_look(case_id, version=None, by=by, now=now)
    if not by.may(OVERSEE):
        raise PermissionDenied
    if not advice.strip():
        raise RefusedError("Skriv ditt råd.", field="advice")
    asked = case.actions.filter(kind=ActionKind.ASKED).select_related("by").first()
    write_down(case, ActionKind.ADVISED, by=by, now=now, text=advice)
    if asked is not None and asked.by.is_active:
        case_notices.tell_advice(case, asked.by, advice=advice.strip(), by=by, now=now)
    return case
