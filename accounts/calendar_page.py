"""The calendar in words: the ordinary week, the days off of the years to come, and what each version changed. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from accounts.models import CalendarVersion
from accounts.services.terms import day_off_in_words
from laholm_sociala.common.opening_hours import WEEKDAYS as CODES
from laholm_sociala.common.swedish import WEEKDAYS, capitalised, date_in_words
from laholm_sociala.common.working_days import days_off

Content = dict[str, Any]
CLOSED = "stängt"


class OwnDay(NamedTuple):
    """A day with hours of its own."""

    key: str
    day: date
    words: str
    label: str
    hours: str


def hours_in_words(hours: Sequence[Sequence[str]]) -> str:
    """Return 08.00–12.00, 13.00–17.00, or that it is closed."""
    return ", ".join(f"{opens}–{closes}" for opens, closes in hours).replace(":", ".") or CLOSED


def week_in_words(content: Content) -> list[tuple[str, str]]:
    """Return each weekday and its hours."""
    week = content["week"]
    return [(capitalised(name), hours_in_words(week.get(code, []))) for code, name in zip(CODES, WEEKDAYS, strict=True)]


def own_days(content: Content, today: date) -> list[OwnDay]:
    """Return the calendar's own days, in order."""
    return [
        OwnDay(
            key,
            date.fromisoformat(key),
            capitalised(date_in_words(date.fromisoformat(key), today)),
            row["label"],
            hours_in_words(row["hours"]),
        )
        for key, row in content["dates"].items()
    ]


def red_days(year: int) -> list[tuple[date, str]]:
    """Return the year's days off that are neither Saturday nor Sunday, which everybody has off anyway."""
    return [(day, day_off_in_words(day)) for day in sorted(days_off(year)) if day.weekday() < 5]


def changes(before: Content, after: Content, today: date) -> list[str]:
    """Return, a sentence each, what one version of the calendar has that the other had not."""
    old_week, new_week = dict(week_in_words(before)), dict(week_in_words(after))
    found = [f"{name}: {new_week[name]} (förut {old})" for name, old in old_week.items() if new_week[name] != old]
    old, new = ({row.key: row for row in own_days(content, today)} for content in (before, after))
    for key in sorted({*old, *new}):
        if key not in new:
            found.append(f"{old[key].words} togs bort: {old[key].label}, {old[key].hours}")
        elif old.get(key) != new[key]:
            found.append(f"{new[key].words}: {new[key].label}, {new[key].hours}")
    return found


def history(versions: Sequence[CalendarVersion], today: date) -> list[dict[str, object]]:
    """Return the versions, newest first, as the lines of a timeline."""
    lines: list[dict[str, object]] = []
    for version, before in zip(versions, [*versions[1:], None], strict=True):
        words = f"{version.made_by.presented_as} ändrade kalendern." if before else "Kalendern lades in med portalen."
        changed = changes(before.content, version.content, today) if before else []
        lines.append({"moment": version.made_at, "words": words, "changes": changed})
    return lines
