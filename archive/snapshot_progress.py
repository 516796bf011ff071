"""How far a capture has come, in words."""

from dataclasses import dataclass
from typing import Final

from archive.enums import Viewport
from archive.models import Snapshot
from archive.services.capturing import step_of

WIDTHS: Final = {Viewport.DESKTOP: "så bred som på en dator", Viewport.MOBILE: "så bred som på en telefon"}
STEPS: Final = {
    "open": "Öppnar sidan",
    "scroll": "Rullar genom sidan",
    "picture": "Tar bilden",
    "done": "Har tagit bilden",
}


@dataclass(frozen=True)
class Progress:
    """What is done now, and how many of the steps that are behind."""

    words: str
    done: int
    total: int


def progress_of(snapshot: Snapshot) -> Progress | None:
    """Return how far the worker has come with it, None where it has not said anything yet."""
    step = step_of(snapshot)
    if step is None or step[0] not in WIDTHS or step[1] not in STEPS:
        return None
    width, doing = list(WIDTHS).index(Viewport(step[0])), list(STEPS).index(step[1])
    done = width * len(STEPS) + doing
    return Progress(f"{STEPS[step[1]]}, {WIDTHS[Viewport(step[0])]}.", done, len(WIDTHS) * len(STEPS))
