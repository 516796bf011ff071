"""What every change of the calendar and the guideline shares: who may, one at a time, and the deadlines that follow."""

from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied

from accounts import deadlines
from accounts.models import CalendarVersion, Guideline, Role, User
from accounts.services.terms import Terms

EDIT_GUIDELINE: Final = "accounts.edit_guideline"
KEEPER: Final = "kommunikationsenheten"


def enter(by: User) -> None:
    """Let in those who keep the guideline, one at a time until the transaction ends; raise PermissionDenied for others.

    One door for calendar and guideline both: each moves every open deadline, by the other as it stands.
    """
    if not by.may(EDIT_GUIDELINE):
        raise PermissionDenied
    Role.objects.select_for_update(no_key=True).get(pk=KEEPER)


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
