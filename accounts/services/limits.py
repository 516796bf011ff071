"""What every change of the calendar and the guideline shares: who may, one at a time, and the deadlines that follow."""

from datetime import datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts import deadlines
from accounts.models import CalendarVersion, Guideline, Role, User
from accounts.services.terms import Terms

EDIT_GUIDELINE: Final = "accounts.edit_guideline"
KEEPER: Final = "kommunikationsenheten"
# Held by whoever changes what deadlines are measured by, and shared by those who measure a new one.
MEASURING: Final = 2_022_000_282
# Which rows are in force, and PostgreSQL's own mark of the guideline's last change: asked for each new post, in one
# trip with the wait, and read after it.
IN_FORCE: Final = """
SELECT pg_advisory_xact_lock_shared(%s);
SELECT id, xmin::text, (SELECT id FROM accounts_calendarversion ORDER BY number DESC LIMIT 1)
FROM accounts_guideline WHERE in_force_to IS NULL
"""


def enter(by: User) -> None:
    """Let in those who keep the guideline, one at a time until the transaction ends; raise PermissionDenied for others.

    One door for calendar and guideline both: each moves every open deadline, by the other as it stands.
    """
    if not by.may(EDIT_GUIDELINE):
        raise PermissionDenied
    Role.objects.select_for_update(no_key=True).get(pk=KEEPER)
    _wait_for_those_who_measure()


def terms_for_new(*, now: datetime) -> Terms:
    """Return what holds, and let it hold until the caller's transaction ends.

    For a deadline that is not saved yet, which a change at the same moment could not see and so not move.
    """
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [MEASURING])
        cursor.nextset()
        [(guideline, state, calendar)] = cursor.fetchall()
    return Terms.of(_guideline(guideline, state), _calendar_version(calendar), now=now)


@lru_cache(maxsize=16)
def _guideline(key: UUID, _state: str) -> Guideline:
    """Fetched once by each process for each state of the row."""
    found: Guideline = Guideline.objects.get(pk=key)
    return found


@lru_cache(maxsize=16)
def _calendar_version(key: UUID) -> CalendarVersion:
    """Fetched once by each process: PostgreSQL lets nobody change a version."""
    found: CalendarVersion = CalendarVersion.objects.get(pk=key)
    return found


def guideline_now() -> Guideline:
    """Return the version of the guideline that is in force until further notice."""
    found: Guideline = Guideline.objects.get(in_force_to__isnull=True)
    return found


def calendar_now() -> CalendarVersion:
    """Return the calendar's last version."""
    return CalendarVersion.objects.select_related("made_by__unit").latest("number")


def move_deadlines(*, by: User, now: datetime) -> int:
    """Move every open deadline to what now holds, within the caller's transaction; return how many moved."""
    return deadlines.recompute(Terms.of(guideline_now(), calendar_now(), now=now), by=by, now=now)


def _wait_for_those_who_measure() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MEASURING])
