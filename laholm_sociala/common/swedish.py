"""Dates, moments and counts as a person would say them in Swedish. Pure: the clock is always an argument."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
NUMBERS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def date_in_words(day: date, today: date) -> str:
    """tisdag 1 december; the year is said when it is not this one."""
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


def whole_date(day: date) -> str:
    """1 december 2026: a day so far off that its weekday says nothing."""
    return f"{_day_and_month(day)} {day.year}"


def month_in_words(day: date) -> str:
    """november 2026."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def period_in_words(first: date, last: date, today: date) -> str:
    """9–11 december, 30 november–2 december; a day alone with its name. The year is said when it is not this one."""
    if first == last:
        return date_in_words(first, today)
    ends = _day_and_month(last) + ("" if last.year == today.year else f" {last.year}")
    begins = f"{first.day}" if (first.year, first.month) == (last.year, last.month) else _day_and_month(first)
    return f"{begins}–{ends}"


def _day_and_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def moment_in_words(moment: datetime, now: datetime) -> str:
    """i dag kl. 08.41, i går kl. 16.05, fredag kl. 08.52, tisdag 1 december kl. 15.00."""
    local, today = _in_stockholm(moment), _in_stockholm(now).date()
    return f"{_day_in_words(local.date(), today)} kl. {local:%H.%M}"


def _day_in_words(day: date, today: date) -> str:
    # A weekday alone is only said of days gone by, and stops at six: seven days ago bears today's name.
    match (today - day) // timedelta(days=1):
        case 0:
            return "i dag"
        case 1:
            return "i går"
        case 2 | 3 | 4 | 5 | 6:
            return WEEKDAYS[day.weekday()]
        case _:
            return date_in_words(day, today)


def _in_stockholm(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone, or it could be shown an hour or two wrong.")
    return moment.astimezone(STOCKHOLM)


def number_in_words(number: int, *, neuter: bool = False) -> str:
    """en (or ett), två … tolv; from 13 in figures, grouped in threes."""
    if number == 1 and neuter:
        return "ett"
    if 0 <= number < len(NUMBERS):
        return NUMBERS[number]
    return in_figures(number)


def in_figures(number: int) -> str:
    """1 284: grouped in threes."""
    return f"{number:,}".replace(",", NO_BREAK_SPACE)


def count_in_words(number: int, singular: str, plural: str, *, neuter: bool = False, capital: bool = True) -> str:
    """Två nya uppstarter, Ett inlägg för sent, Inga frågor till oss. capital=False inside a sentence."""
    amount = "inga" if number == 0 else number_in_words(number, neuter=neuter)
    words = f"{amount} {singular if number == 1 else plural}"
    return capitalised(words) if capital else words


def duration_in_words(seconds: float) -> str:
    """9 timmar, 1 timme 30 minuter, 45 minuter; what is left of a minute is not said, unless there is nothing else."""
    hours, minutes = divmod(int(seconds) // 60, 60)
    parts = []
    if hours:
        parts.append(f"{hours} {'timme' if hours == 1 else 'timmar'}")
    if minutes:
        parts.append(f"{minutes} {'minut' if minutes == 1 else 'minuter'}")
    return " ".join(parts) or "under en minut"


def capitalised(words: str) -> str:
    """Return the words with a capital first, and the rest as it is."""
    return words[:1].upper() + words[1:]


def join_in_words(words: Sequence[str]) -> str:
    """a, b och c."""
    *first, last = words or [""]
    return f"{', '.join(first)} och {last}" if first else last


def file_name_words(words: str) -> str:
    """Laholms förskola becomes laholms-forskola, in letters that every mail program takes; it may come out empty."""
    plain = words.lower().translate(str.maketrans("åäöéü ", "aaoeu-"))
    return "".join(letter for letter in plain if letter.isascii() and (letter.isalnum() or letter == "-"))
