"""Copies to look at, drawn anew from the kept pictures: the records themselves are never rendered (R23)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from archive.enums import SnapshotFileKind
from archive.models import SnapshotFile
from archive.services.keeping import keep

if TYPE_CHECKING:
    from PIL.Image import Image as Drawing

PICTURES: Final = ("image/jpeg", "image/png")
# The small one shows the top of the page, as high as it is wide and a half.
SMALL_WIDTH: Final = 360
SMALL_HEIGHT: Final = 540
# The large one keeps long pages readable.
SHOWN_WIDTH: Final = 1600
SHOWN_PIXELS: Final = 24_000_000


@dataclass(frozen=True)
class Copies:
    """A picture's own size in pixels, and two PNG copies drawn anew: to look at, and small."""

    width: int
    height: int
    made: Mapping[SnapshotFileKind, tuple[bytes, int, int]]


def draw(content: bytes | Path, content_type: str) -> Copies | None:
    """Draw the copies of a picture, None of what is no picture. Takes its time: call it before anything is locked.

    The picture is one that was measured and opened before. Raises Pillow's errors (OSError) for others.
    """
    if content_type not in PICTURES:
        return None
    from PIL import Image, ImageOps  # only those who look at a picture pay for it

    source = BytesIO(content) if isinstance(content, bytes) else content
    with Image.open(source, formats=("JPEG", "PNG")) as picture:
        ImageOps.exif_transpose(picture, in_place=True)
        points = picture.convert("RGB")
    drawn = {SnapshotFileKind.SHOWN: _large(points), SnapshotFileKind.THUMBNAIL: _small(points)}
    return Copies(*points.size, {kind: (_as_png(one), *one.size) for kind, one in drawn.items()})


def keep_copies(original: SnapshotFile, copies: Copies | None, *, now: datetime) -> None:
    """Keep the copies beside the picture that they were drawn from. Raises as `keep`."""
    for kind, (content, width, height) in (copies.made if copies else {}).items():
        keep(
            content,
            snapshot=original.snapshot,
            kind=kind,
            content_type="image/png",
            viewport=original.viewport,
            position=original.position,
            width=width,
            height=height,
            made_from=original,
            now=now,
        )


def _large(points: "Drawing") -> "Drawing":
    width, height = points.size
    scale = min(1.0, SHOWN_WIDTH / width, sqrt(SHOWN_PIXELS / (width * height)))
    return points.resize((max(1, int(width * scale)), max(1, int(height * scale))))


def _small(points: "Drawing") -> "Drawing":
    width, height = points.size
    scale = min(1.0, SMALL_WIDTH / width)
    seen = points.crop((0, 0, width, min(height, int(SMALL_HEIGHT / scale))))
    return seen.resize((max(1, int(seen.width * scale)), max(1, int(seen.height * scale))), reducing_gap=2.0)


def _as_png(drawn: "Drawing") -> bytes:
    # RGB points alone: text chunks, thumbnails and positions in the file stay behind.
    from PIL import Image

    clean = Image.new("RGB", drawn.size)
    clean.paste(drawn)
    out = BytesIO()
    clean.save(out, "PNG", optimize=False)
    return out.getvalue()
