"""Pictures that people send in of a post: checked before they are unpacked, and made anew to be looked at (R23)."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from laholm_sociala.common.uploads import FileError, kind_of

LONGEST_SIDE: Final = 2000


@dataclass(frozen=True)
class Picture:
    """A picture as it came, and as it is shown."""

    file_name: str
    content_type: str
    original: bytes
    shown: bytes
    shown_type: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The original's fingerprint, as hexadecimal digits."""
        return hashlib.sha256(self.original).hexdigest()


def read_picture(file_name: str, content: bytes) -> Picture:
    """Return the picture with a copy drawn anew from its points, without anything hidden in the file.

    Raises FileError, in Swedish, for what is not a whole JPEG or PNG of bearable size.
    """
    kind = kind_of(content)
    if not kind.content_type.startswith("image/"):
        raise FileError("Filen är ingen bild. Välj en skärmbild i JPEG eller PNG.")
    with _drawn_anew(content) as (shown, width, height):
        return Picture(file_name, kind.content_type, content, shown, "image/png", width, height)


@contextmanager
def _drawn_anew(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    from PIL import Image, ImageOps  # only those who look at a picture pay for it

    with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as opened:
        upright = ImageOps.exif_transpose(opened)
        has_see_through = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
        points = upright.convert("RGBA" if has_see_through else "RGB")
        points.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        # A new picture of the points alone: text chunks, thumbnails and positions in the file stay behind.
        clean = Image.new(points.mode, points.size)
        clean.paste(points)
        out = BytesIO()
        clean.save(out, "PNG", optimize=False)
        yield out.getvalue(), clean.width, clean.height
