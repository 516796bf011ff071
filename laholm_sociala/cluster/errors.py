"""What went wrong with the database, and what to do about it, in Swedish."""

from collections.abc import Iterable

# The server's own words (it runs with LC_ALL=C) and the remedy for each.
REMEDIES = {
    "No space left on device": "Disken är full. Frigör utrymme och starta igen.",
    "Disk quota exceeded": "Diskkvoten är slut. Frigör utrymme och starta igen.",
    "File too large": "En fil fick inte växa (gräns för filstorlek, se `ulimit -f`). Höj gränsen och starta igen.",
    "Read-only file system": "Disken är skrivskyddad. Sätt LAHOLM_VAR till en mapp som går att skriva i.",
    "Permission denied": "Rättigheter saknas. Ge din användare skrivrätt eller sätt LAHOLM_VAR till en annan mapp.",
    "Cannot allocate memory": "Datorns minne räcker inte. Stäng något annat program och starta igen.",
    "could not load library": "PostgreSQL saknar ett systembibliotek. Installera det och starta igen.",
}
LOG_LINES = 8


class ClusterError(Exception):
    """The database cannot be started, stopped or reached; the text is a Swedish sentence with a remedy."""


def failure(headline: str, log: str) -> ClusterError:
    """Return an error with the remedy that fits the log, followed by the log's last lines."""
    remedy = next((text for words, text in REMEDIES.items() if words in log), "")
    return ClusterError("\n".join(part for part in (f"{headline} {remedy}".strip(), last_lines(log)) if part))


def last_lines(log: str) -> str:
    """Return the end of a log, indented so that it is seen not to be our own words."""
    lines: Iterable[str] = [line.rstrip() for line in log.splitlines() if line.strip()][-LOG_LINES:]
    return "\n".join(f"    {line}" for line in lines)
