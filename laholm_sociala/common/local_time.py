"""A moment as a person writes it, by a zone's wall clock. Pure."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


class MomentError(ValueError):
    """What is written is no moment; the message is a Swedish sentence for the person."""


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """Return the moment that 2026-11-27T15:00 says by the zone's clock, or by its own offset where it has one.

    A local time that a clock change skips does not exist, and raises MomentError; one that comes twice is the first of
    the two, so that a deadline is never later than was meant.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise MomentError(f"”{text}” är ingen tidpunkt. Skriv dag och klockslag som 2026-11-27T15:00.") from error
    if _is_date(text):
        raise MomentError(f"”{text}” saknar klockslag. Skriv dag och klockslag som 2026-11-27T15:00.")
    if not 2 < found.year < 9998:
        raise MomentError(f"”{text}” ligger för långt bort för att räknas.")
    if found.tzinfo is not None:
        return found.astimezone(zone)
    local = found.replace(tzinfo=zone)
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != found:
        raise MomentError(f"”{text}” finns inte i {zone.key}: klockan ställs om just då.")
    return local


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
