"""Charts as a few shapes that a template draws as SVG. Pure; the table beside says the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from moderation.statistics import Figures

# In the drawing's own units, about a pixel each on a phone.
WIDTH: Final = 360
TALLEST: Final = 150
TOP: Final = 24
LINE: Final = 52
THICKNESS: Final = 16
ROOM_FOR_VALUE: Final = 60


@dataclass(frozen=True)
class Bar:
    """One bar with its two words, in numbers as SVG writes them."""

    label: str
    value: str
    x: str
    y: str
    width: str
    height: str
    label_at: str


@dataclass(frozen=True)
class Chart:
    """The bars, and how high the drawing is."""

    bars: list[Bar]
    height: int


def columns(months: Sequence[Figures]) -> Chart:
    """Return a bar a month, left to right, as high as the share handled within the limit."""
    step = WIDTH / max(len(months), 1)
    bars = []
    for place, each in enumerate(months):
        height = (each.share or 0) * TALLEST / 100
        value = "" if each.share is None else str(each.share)
        middle = _number((place + 0.5) * step)
        x, y = _number((place + 0.15) * step), _number(TOP + TALLEST - height)
        bars.append(Bar(each.label[:3], value, x, y, _number(step * 0.7), _number(height), middle))
    return Chart(bars, TOP + TALLEST + 26)


def lines(figures: Sequence[Figures]) -> Chart:
    """Return a bar a line, its label above it, as long as the share handled within the limit."""
    bars = []
    for place, each in enumerate(figures):
        width = (each.share or 0) * (WIDTH - ROOM_FOR_VALUE) / 100
        value = "" if each.share is None else f"{each.share} %"
        top = place * LINE + TOP
        size = (_number(width), str(THICKNESS))
        bars.append(Bar(each.label, value, "0", str(top), *size, str(top - 7)))
    return Chart(bars, len(bars) * LINE)


def _number(value: float) -> str:
    return f"{value:.1f}"
