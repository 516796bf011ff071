"""What a day's förteckning says, as the text that its fingerprint is of. Pure: knows nothing of the database.

A line is `<SHA-256>  <sort>/<handling>/<fil>`: what `sha256sum` writes, with keys for names. Nothing of what the files
hold. The file's own SHA-256 stands in the next day's, so that none can be changed, taken away or put in afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

FIRST_PREVIOUS: Final = "0" * 64
TITLE: Final = "Laholms kommun. Förteckning över fingeravtryck (SHA-256)"
DAY: Final = "Dag: "


@dataclass(frozen=True)
class Heading:
    """What stands before the lines. `made_at` in Swedish time; `previous` is the SHA-256 of the day before."""

    day: date
    number: int
    made_at: str
    previous: str
    files: int

    def lines(self) -> list[str]:
        """Return it line by line."""
        return [
            TITLE,
            f"{DAY}{self.day}",
            f"Nummer: {self.number}",
            f"Upprättad: {self.made_at}",
            f"Föregående: {self.previous}",
            f"Filer: {self.files}",
        ]


def line_of(sha256: str, kind: str, record: object, key: object) -> str:
    """Return the line of one file."""
    return f"{sha256}  {kind}/{record}/{key}"


def as_text(heading: Heading, lines: Iterable[str]) -> str:
    """Return the whole text, ending with a line feed: the same for the same content."""
    return "\n".join([*heading.lines(), *lines, ""])


def day_of(text: str) -> date | None:
    """Return the day that a text says it is of, or None when it is no förteckning."""
    title, _line_feed, rest = text.partition("\n")
    day = rest.partition("\n")[0]
    if title != TITLE or not day.startswith(DAY):
        return None
    try:
        return date.fromisoformat(day.removeprefix(DAY))
    except ValueError:
        return None
