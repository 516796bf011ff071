"""What can be given out when somebody asks for public documents: each app tells how its own is gathered.

Higher apps fill the registry in `AppConfig.ready()`, so that the archive gathers posts without knowing what a post is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from accounts.models import Account, Board, User
from archive.models import Matter


@dataclass(frozen=True)
class Selection:
    """What is asked for of a board: an account, an ärende, or what came in or was drawn up between two days."""

    board: Board
    account: Account | None = None
    matter: Matter | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Original:
    """A file as it is kept. `ref` finds it again."""

    ref: str
    name: str
    content_type: str
    sha256: str


@dataclass(frozen=True)
class Piece:
    """One document, in words. `key` names it within its source; `on` is the day that it is sorted by."""

    key: str
    kind: str
    heading: str
    on: date
    is_restricted: bool = False
    text: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[Original] = ()


@dataclass(frozen=True)
class Source:
    """A kind of document. `code` begins its references: "case:<uuid>".

    `pieces` yields what the person may read of what is selected, in a fixed number of queries and at most `most` of
    them; `content` returns a file's bytes, or raises LookupError when it is gone; `note_view` writes down that a piece
    that may be secret is read.
    """

    code: str
    pieces: Callable[[Selection, User, datetime, int], Iterable[Piece]]
    content: Callable[[str], bytes]
    note_view: Callable[[str, User, datetime], None]


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Add a kind of document. Raises ValueError where its code is taken by another."""
    if _sources.setdefault(source.code, source) != source:
        raise ValueError(f"{source.code} is registered already")


def gather(selection: Selection, *, by: User, now: datetime, most: int) -> list[tuple[str, Piece]]:
    """Return the pieces of every source with their references, by day; at most one more than `most` of each source."""
    found: list[tuple[str, Piece]] = []
    for source in _sources.values():
        pieces: Iterable[Any] = source.pieces(selection, by, now, most + 1)
        found += [(f"{source.code}:{piece.key}", piece) for piece in pieces]
    return sorted(found, key=lambda one: (one[1].on, one[0]))


def content_of(ref: str) -> bytes:
    """Return the bytes of an original. Raises LookupError when it is no longer kept."""
    code, _, key = ref.partition(":")
    return _sources[code].content(key)


def note_view(ref: str, *, by: User, now: datetime) -> None:
    """Write down that a person reads what may be secret, where its own app keeps that log."""
    code, _, key = ref.partition(":")
    _sources[code].note_view(key, by, now)
