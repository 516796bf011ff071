"""What a capture came back with, and how it was taken."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from archive.capture.guard import EgressGuard, Refusal

Progress = Callable[[str, str], None]


class CaptureError(Exception):
    """The capture came to nothing; the message is a Swedish sentence for the person."""


class MissingChromiumError(CaptureError):
    """There is no browser on the server."""


@dataclass(frozen=True)
class Viewport:
    """A width to see the page in, in pixels."""

    name: str
    width: int
    height: int
    mobile: bool = False


@dataclass(frozen=True)
class Limits:
    """How long each step and the whole may take (seconds), and how much a page may be (pixels, bytes).

    `most_memory` is for the browser and all that belongs to it, in bytes.
    """

    load: float = 45
    settle: float = 5
    scroll: float = 60
    picture: float = 30
    whole: float = 300
    highest: int = 40_000
    tile: int = 8_000
    most_bytes: int = 400 * 1024 * 1024
    most_text: int = 20 * 1024 * 1024
    most_memory: int = 2 * 1024 * 1024 * 1024


@dataclass(frozen=True)
class Picture:
    """A PNG on disk: the whole page, or one of the parts that it was cut in, from the top."""

    path: Path
    position: int
    width: int
    height: int


@dataclass(frozen=True)
class View:
    """The page in one width. `truncated` when it went on below the highest that is kept."""

    viewport: Viewport
    final_url: str
    redirects: tuple[str, ...]
    http_status: int | None
    pictures: tuple[Picture, ...]
    text: Path
    dom: Path
    images_loaded: int
    images_total: int
    height: int
    truncated: bool
    wall: str


@dataclass(frozen=True)
class Capture:
    """The page in every width, with what was refused on the way. Times are aware, in UTC."""

    requested_url: str
    started_at: datetime
    ended_at: datetime
    versions: dict[str, str]
    views: tuple[View, ...]
    refused: tuple[Refusal, ...]

    @property
    def wall(self) -> str:
        """The first wall that any of the views met, or an empty text."""
        return next(filter(None, (view.wall for view in self.views)), "")


@dataclass(frozen=True)
class Step:
    """How far a capture has come."""

    viewport: str
    step: str


@dataclass(frozen=True)
class Job:
    """A capture to do in a process of its own. `make_guard` makes the guard there, of the hosts in `documents`."""

    url: str
    folder: Path
    documents: frozenset[str]
    make_guard: Callable[[frozenset[str]], EgressGuard] = EgressGuard
    limits: Limits = field(default_factory=Limits)
    portal_version: str = ""
