"""The municipality's calendar: its ordinary week, and its own shortened days, klämdagar and closures (R12)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts import deadlines
from accounts.deadlines import Preview
from accounts.models import CalendarVersion, User
from accounts.services.limits import calendar_now, enter, guideline_now, move_deadlines
from accounts.services.terms import Terms
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.opening_hours import CalendarTextError, read_opening_hours

Content = dict[str, Any]
WrittenHours = list[list[str]]


def with_week(content: Content, week: Mapping[str, WrittenHours]) -> Content:
    """Return the calendar with another ordinary week. Raises RefusedError when the office would never open."""
    if not any(week.values()):
        raise RefusedError("Någon dag i veckan behöver kontoret ha öppet, annars tar ingen tid slut.")
    return {**content, "week": {name: hours for name, hours in week.items() if hours}}


def with_day(
    content: Content, day: date, *, hours: WrittenHours, label: str, instead_of: date | None = None
) -> Content:
    """Return the calendar with a day of its own, instead of another one if it is named.

    Raises RefusedError when the day is there already.
    """
    dates = {key: row for key, row in content["dates"].items() if instead_of is None or key != instead_of.isoformat()}
    if day.isoformat() in dates:
        raise RefusedError("Dagen finns redan i kalendern. Ändra den i stället.", field="day")
    dates[day.isoformat()] = {"hours": hours, "label": label}
    return {**content, "dates": dict(sorted(dates.items()))}


def without_day(content: Content, day: date) -> Content:
    """Return the calendar with the day as any other of its kind."""
    return {**content, "dates": {key: row for key, row in content["dates"].items() if key != day.isoformat()}}


def preview_calendar(content: Content, *, now: datetime) -> Preview:
    """Return which open deadlines would move. Nothing is saved."""
    return deadlines.preview(Terms.of(guideline_now(), CalendarVersion(content=content), now=now), now=now)


@transaction.atomic
def save_calendar(content: Content, *, seen: int, by: User, now: datetime) -> int:
    """Make a new version of the calendar and move every open deadline by it; return how many moved.

    `seen` is the number of the version that the person changed. Raises PermissionDenied without the permission, and
    RefusedError when somebody has saved another since, when nothing is changed, or when it is no calendar.
    """
    enter(by)
    current = calendar_now()
    if current.number != seen:
        raise RefusedError(
            f"{current.made_by.presented_as} ändrade kalendern medan du höll på. Se hur den ser ut nu och gör om."
        )
    if content == current.content:
        raise RefusedError("Inget är ändrat.")
    _require_calendar(content)
    CalendarVersion.objects.create(number=current.number + 1, content=content, made_by=by, made_at=now)
    return move_deadlines(by=by, now=now)


def _require_calendar(content: Content) -> None:
    try:
        read_opening_hours({**content, "dates": {day: row["hours"] for day, row in content["dates"].items()}})
    except CalendarTextError as error:
        raise RefusedError(str(error)) from error
