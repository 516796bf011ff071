import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from accounts.enums import LimitClock
from accounts.services.terms import terms_in_force
from laholm_sociala.common import opening_hours_file
from laholm_sociala.common.local_time import MomentError, read_moment
from laholm_sociala.common.opening_hours import CalendarTextError
from laholm_sociala.common.swedish import WEEKDAYS, duration_in_words
from laholm_sociala.common.worktime import HOUR, HorizonError, limit_on_working_days

EXAMPLE = "manage.py deadline 2026-11-27T15:00 --hours 48"
PLAIN_NUMBER = re.compile(r"[-+]?[0-9]*[.,]?[0-9]+(e[-+]?[0-9]{1,3})?", re.ASCII | re.IGNORECASE)
MOST_HOURS = 10_000 * 366 * 24


@dataclass(frozen=True)
class Answer:
    """When it is due, or how many seconds there are between; and a way to the days, each in a line."""

    days: Callable[[], list[str]]
    due: datetime | None = None
    seconds: float | None = None

    def as_json(self, *, explain):
        found = {"due": self.due.isoformat()} if self.due else {"working_seconds": self.seconds}
        return json.dumps({**found, **({"days": self.days()} if explain else {})}, ensure_ascii=False)

    def lines(self, *, explain):
        first = self.due.isoformat() if self.due else str(self.seconds)
        return [first, *(self.days() if explain else ())]


class Command(BaseCommand):
    help = (
        "Räknar ut senast när, eller hur många sekunder arbetstid det är mellan två tidpunkter. Med --calendar räknas "
        "arbetstid efter filens kalender; annars gäller kommunens kalender och riktlinjens klocka. Tidpunkter är "
        "lokala i kalenderns tidszon om de inte har en egen. Ett klockslag som finns två gånger när klockan ställs om "
        "är det första; ett som inte finns är fel. Tider i kalendern som överlappar eller står i fel ordning är fel."
    )
    requires_system_checks = ()

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, allow_abbrev=False, **kwargs)

        def refuse(_message):
            sentence = f"Argumenten går inte att förstå. Skriv till exempel: {EXAMPLE}"
            if not self._called_from_command_line:
                raise wrong(sentence)
            parser.exit(2, f"{sentence}\n")

        parser.error = refuse
        return parser

    def add_arguments(self, parser):
        parser.add_argument("start", metavar="START", help="från när, som 2026-11-27T15:00")
        parser.add_argument("--hours", metavar="TIMMAR", help="hur många timmar; annars riktlinjens, 48")
        parser.add_argument("--calendar", metavar="FIL", help="en kalender i JSON i stället för kommunens")
        parser.add_argument("--until", metavar="SLUT", help="räkna arbetstiden fram till dess")
        parser.add_argument("--explain", action="store_true", help="visa också dag för dag")
        parser.add_argument("--json", action="store_true", help="svara med JSON")

    def handle(self, *, start, hours, calendar, until, explain, **options):
        if hours is not None and until is not None:
            raise wrong("Ange antingen --hours eller --until, inte båda.")
        try:
            amount = None if hours is None else _hours(hours)
            answer = _by_file(calendar, start, amount, until) if calendar else _by_terms(start, amount, until)
        except HorizonError as error:
            raise wrong("Så långt räcker inte kalendern.") from error
        except (CalendarTextError, MomentError) as error:
            raise wrong(str(error)) from error
        except DatabaseError as error:
            raise wrong(
                "Kommunens kalender finns i databasen, som inte svarar eller är tom. Kör manage.py migrate."
            ) from error
        lines = [answer.as_json(explain=explain)] if options["json"] else answer.lines(explain=explain)
        self.stdout.write("\n".join(lines))


def wrong(sentence):
    """Say in one line what is wrong, whatever was typed."""
    return CommandError(" ".join(sentence.split()), returncode=2)


def _by_file(path, start, hours, until):
    """Working time, by the hours of the calendar in the file."""
    found = opening_hours_file.read_file(path)
    begin, end = _moments(start, until, found.zone)
    if end is None:
        calendar, end = opening_hours_file.add(found, begin, (48 if hours is None else hours) * HOUR)
        return Answer(due=end, days=lambda: _days(calendar, begin, end))
    calendar, seconds = opening_hours_file.between(found, begin, end)
    return Answer(seconds=seconds, days=lambda: _days(calendar, begin, end))


def _by_terms(start, hours, until):
    """By the guideline in force: its clock, and the municipality's calendar."""
    terms = terms_in_force(timezone.now())
    begin, end = _moments(start, until, terms.calendar.zone.key)
    by_days = terms.guideline.clock == LimitClock.WORKING_DAYS
    clock = terms.calendar.whole_days if by_days else terms.calendar
    if end is not None:
        return Answer(seconds=clock.between(begin, end), days=lambda: _days_in_words(terms, begin, end))
    amount = terms.guideline.limit_hours if hours is None else hours
    due = limit_on_working_days(begin, amount, terms.calendar) if by_days else clock.add(begin, amount * HOUR)
    return Answer(due=due, days=lambda: _days_in_words(terms, begin, due))


def _moments(start, until, zone_name):
    zone = ZoneInfo(zone_name)
    begin = read_moment(start, zone)
    end = None if until is None else read_moment(until, zone)
    if end is not None and end.timestamp() < begin.timestamp():
        raise wrong("Slutet ligger före början.")
    return begin, end


def _hours(text):
    try:
        found = Decimal(text.replace(",", ".")) if PLAIN_NUMBER.fullmatch(text) else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise wrong(f"”{text}” är inget antal timmar. Skriv till exempel 48 eller 1.5.")
    if found < 0:
        raise wrong("Antalet timmar kan inte vara mindre än noll.")
    if found > MOST_HOURS:
        raise wrong("Så långt räcker inte kalendern.")
    return found


def _days(calendar, start, end):
    return [
        f"{day.date} {WEEKDAYS[day.date.weekday()]}: "
        + (", ".join(f"{opened.start:%H.%M}–{opened.end:%H.%M}" for opened in day.stretches) or "räknas inte")
        + (f", {duration_in_words(day.seconds)}" if day.seconds else "")
        for day in calendar.explain(start, end)
    ]


def _days_in_words(terms, start, end):
    return [
        f"{day.when}: {day.counted}" + (f" ({day.reason})" if day.reason else "") for day in terms.explain(start, end)
    ]
