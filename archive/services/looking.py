"""Copies to look at, drawn anew from the kept pictures: the records themselves are never rendered (R23)."""

from datetime import datetime
from io import BytesIO
from math import sqrt
from typing import IO, TYPE_CHECKING, Final

from archive.enums import SnapshotFileKind
from archive.models import Snapshot, SnapshotFile
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


def keep_with_copies(
    content: bytes | IO[bytes],
    *,
    snapshot: Snapshot,
    kind: SnapshotFileKind,
    content_type: str,
    now: datetime,
    viewport: str = "",
    position: int = 0,
    original_name: str = "",
    width: int | None = None,
    height: int | None = None,
) -> SnapshotFile:
    """Keep the file as `keep` does, and beside a picture a small and a large copy of it; return the file's row.

    The picture is one that was measured and opened before. What is not a picture is kept alone.
    """
    points = _opened(content) if content_type in PICTURES else None
    size = points.size if points is not None else (width, height)
    kept = keep(
        content,
        snapshot=snapshot,
        kind=kind,
        content_type=content_type,
        now=now,
        viewport=viewport,
        position=position,
        original_name=original_name,
        width=size[0],
        height=size[1],
    )
    if points is not None:
        for made, drawn in ((SnapshotFileKind.SHOWN, _large(points)), (SnapshotFileKind.THUMBNAIL, _small(points))):
            keep(
                _as_png(drawn),
                snapshot=snapshot,
                kind=made,
                content_type="image/png",
                now=now,
                viewport=viewport,
                position=position,
                width=drawn.width,
                height=drawn.height,
                made_from=kept,
            )
    return kept


def _opened(content: bytes | IO[bytes]) -> "Drawing":
    from PIL import Image, ImageOps  # only those who look at a picture pay for it

    source = BytesIO(content) if isinstance(content, bytes) else content
    with Image.open(source, formats=("JPEG", "PNG")) as picture:
        ImageOps.exif_transpose(picture, in_place=True)
        points = picture.convert("RGB")
    if not isinstance(content, bytes):
        content.seek(0)
    return points


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
