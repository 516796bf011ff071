"""What is written down about a post beside what decides it: notes, and reports to the platform and the police."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind
from moderation.models import Case
from moderation.services.doors import lock_and_look, write_down


@transaction.atomic
def note(case_id: UUID, *, text: str, by: User, now: datetime) -> Case:
    """Write a note, also on what is done. Whatever others did meanwhile does not matter, so no version is asked for.

    Raises PermissionDenied for those who may not act on the post, RefusedError for an empty note.
    """
    if not text.strip():
        raise RefusedError("Skriv vad du vill anteckna.", field="text")
    return _write(case_id, ActionKind.NOTED, text=text, by=by, now=now)


@transaction.atomic
def report_to_platform(case_id: UUID, *, reference: str = "", text: str = "", by: User, now: datetime) -> Case:
    """Record that the post was reported to the platform, with its reference where it gave one. Raises as `note`."""
    return _write(case_id, ActionKind.REPORTED_TO_PLATFORM, text=text, reference=reference, by=by, now=now)


@transaction.atomic
def report_to_police(case_id: UUID, *, reference: str, text: str = "", by: User, now: datetime) -> Case:
    """Record the police report. Raises PermissionDenied as `note`, RefusedError without the report's number."""
    if not reference.strip():
        raise RefusedError("Skriv polisanmälans nummer, till exempel 5000-K123456-26.", field="reference")
    return _write(case_id, ActionKind.REPORTED_TO_POLICE, text=text, reference=reference, by=by, now=now)


def _write(case_id: UUID, kind: ActionKind, *, text: str = "", reference: str = "", by: User, now: datetime) -> Case:
    case = lock_and_look(case_id, version=None, by=by, now=now)
    write_down(case, kind, by=by, now=now, text=text, reference=reference)
    return case
