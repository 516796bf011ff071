"""By what a deadline is measured: the guideline in force, and the municipality's calendar (R12)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.utils import timezone

from accounts.enums import LimitClock
from accounts.models import CalendarVersion, Guideline
from laholm_sociala.common.once import once
from laholm_sociala.common.opening_hours import read_opening_hours
from laholm_sociala.common.swedish import WEEKDAYS, capitalised, count_in_words, date_in_words, duration_in_words
from laholm_sociala.common.working_days import days_off
from laholm_sociala.common.worktime import HOUR, Calendar, Day, limit_on_working_days

# Older than the social media themselves: a post is measured from when it was published, however long ago.
FIRST_YEAR: Final = 2004
YEARS_AHEAD: Final = 6


@dataclass(frozen=True)
class ExplainedDay:
    """One row of *Så räknade vi*, in words: "Fredag 27 november, från kl. 15.00", and to the right "9 timmar".

    A day that does not count says "räknas inte", and `reason` why: "söndag", "julafton", the calendar's own words.
    """

    date: date
    when: str
    counted: str
    reason: str


@dataclass(frozen=True)
class Terms:
    """One version of the guideline and one of the calendar. Every moment it returns is in the calendar's zone."""

    guideline: Guideline
    calendar_version: CalendarVersion
    calendar: Calendar

    @classmethod
    def of(cls, guideline: Guideline, calendar_version: CalendarVersion, *, now: datetime) -> "Terms":
        """Put the two together, saved or not, for questions up to some years from now."""
        return cls(guideline, calendar_version, municipal_calendar(calendar_version.content, now.year + YEARS_AHEAD))

    def due(self, start: datetime) -> datetime:
        """Return by when a post must be dealt with, by the guideline's clock, in whole seconds (R12)."""
        hours = self.guideline.limit_hours
        if self.guideline.clock == LimitClock.OFFICE_HOURS:
            due = self.calendar.add(start, hours * HOUR)
        else:
            due = limit_on_working_days(start, hours, self.calendar)
        return due.replace(microsecond=0)

    def look_by(self, discovered: datetime) -> datetime:
        """Return by when somebody has looked at it: closing time some working days on, and never after `due`."""
        return min(self._closing_time_after(discovered, self.guideline.look_days), self.due(discovered))

    def answer_by(self, start: datetime) -> datetime:
        """Return by when a question is answered: closing time, the guideline's number of working days on."""
        return self._closing_time_after(start, self.guideline.question_days)

    def warn_at(self, due: datetime) -> datetime:
        """Return when to remind of a deadline: so many office hours before it, while the office is open."""
        return self.calendar.subtract(due, self.guideline.warn_hours_before * HOUR)

    @property
    def sentence(self) -> str:
        """The rule in one line: "48 timmar, helger räknas inte"."""
        hours = self.guideline.limit_hours
        if self.guideline.clock == LimitClock.OFFICE_HOURS:
            return count_in_words(hours, "arbetstimme", "arbetstimmar", capital=False)
        return f"{hours} {'timme' if hours == 1 else 'timmar'}, helger räknas inte"

    def explain(self, start: datetime, due: datetime) -> list[ExplainedDay]:
        """Return, day by day and in words, how the deadline came about (*Så räknade vi*).

        A limit that falls while the office is closed is explained up to the limit, so that its hours add up; a last
        row then says when the office closed before it.
        """
        if self.guideline.clock == LimitClock.OFFICE_HOURS:
            return [self._in_words(day, start, due) for day in self.calendar.explain(start, due)]
        clock, limit = self.calendar.whole_days, due
        if self.due(start) == due:
            limit = clock.add(start, self.guideline.limit_hours * HOUR).replace(microsecond=0)
        days = clock.explain(start, limit)
        if len(days) > 1 and not days[-1].seconds:
            days.pop()  # a limit at midnight: the new day has not begun to count
        rows = [self._in_words(day, start, limit) for day in days]
        return rows if limit == due else [*rows, self._closes(due)]

    def _closing_time_after(self, moment: datetime, days: int) -> datetime:
        day = moment.astimezone(self.calendar.zone).date()
        return self.calendar.closing_time(self.calendar.add_working_days(day, days))

    def _in_words(self, day: Day, start: datetime, end: datetime) -> ExplainedDay:
        begins, ends = start.astimezone(self.calendar.zone), end.astimezone(self.calendar.zone)
        when = capitalised(date_in_words(day.date, begins.date()))
        if day.date == begins.date():
            when += f", från kl. {begins:%H.%M}"
        if day.date == ends.date():
            when += f"{'' if day.date == begins.date() else ','} till kl. {ends:%H.%M}"
        counted = duration_in_words(day.seconds) if day.seconds else ""
        return ExplainedDay(day.date, when, counted or "räknas inte", self._reason(day))

    def _closes(self, due: datetime) -> ExplainedDay:
        closes = due.astimezone(self.calendar.zone)
        words = date_in_words(closes.date(), closes.date())
        return ExplainedDay(closes.date(), f"Kontoret stänger {words} kl. {closes:%H.%M}", "senast då", "")

    def _reason(self, day: Day) -> str:
        """Why the day is as it is. What counts in full needs none."""
        own = self.calendar_version.content["dates"].get(day.date.isoformat())
        counts_in_full = day.seconds and self.guideline.clock == LimitClock.WORKING_DAYS
        if own is not None and not counts_in_full:
            return own["label"]
        return "" if day.seconds else day_off_in_words(day.date) or WEEKDAYS[day.date.weekday()]


def terms_in_force(now: datetime) -> Terms:
    """Return what holds at that moment. Two queries; the calendar is worked out once per version and year."""
    guideline = Guideline.objects.filter(in_force_from__lte=now).latest("version")
    return Terms.of(guideline, _calendar_version(now), now=now)


def calendar_in_force(now: datetime) -> Calendar:
    """Return the municipality's calendar at that moment. One query."""
    return municipal_calendar(_calendar_version(now).content, now.year + YEARS_AHEAD)


@once
def _calendar_version(now: datetime) -> CalendarVersion:
    return CalendarVersion.objects.filter(made_at__lte=now).latest("number")


def terms_for(guideline_id: UUID, calendar_version_id: UUID) -> Terms:
    """Return what a deadline was once measured by. Raises DoesNotExist where there is no such version."""
    guideline = Guideline.objects.get(pk=guideline_id)
    # The clock only says how many years of days off to work out.
    return Terms.of(guideline, CalendarVersion.objects.get(pk=calendar_version_id), now=timezone.now())


def municipal_calendar(content: Mapping[str, object], last_year: int) -> Calendar:
    """Work out a calendar version to the end of the year: red days and eves are closed, its own dates go before them.

    Raises CalendarTextError when the content is no calendar.
    """
    return _worked_out(json.dumps(content, sort_keys=True), last_year)


def day_off_in_words(day: date) -> str:
    """Return "julafton" or "Kristi himmelsfärdsdag", or nothing on a day that is not off."""
    name = days_off(day.year).get(day, "")
    return name if name.startswith("Kristi") else name[:1].lower() + name[1:]


@lru_cache(maxsize=16)
def _worked_out(content: str, last_year: int) -> Calendar:
    found = json.loads(content)
    own = {day: row["hours"] for day, row in found["dates"].items()}
    hours = read_opening_hours({**found, "dates": own})
    red = {day: () for year in range(FIRST_YEAR, last_year + 1) for day in days_off(year)}
    first, last = date(FIRST_YEAR, 1, 1), date(last_year, 12, 31)
    return Calendar(hours.zone, hours.week, {**red, **hours.dates}, first=first, last=last)
