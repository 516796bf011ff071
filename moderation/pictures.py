"""Pictures that people send in of a post: checked before they are unpacked, and made anew to be looked at (R23)."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING, Final

from laholm_sociala.common.uploads import MOST_BYTES, PICTURE_BEGINS, FileError, TooLargeError, whole_picture

if TYPE_CHECKING:
    from PIL.Image import Image as Drawing

# A whole page on a wide screen is 1280 × 20 000. Unpacked, this many points are 120 MB.
MOST_PIXELS: Final = 40_000_000
# What is shown: no wider than a screen, and long pages still readable.
SHOWN_WIDTH: Final = 2000
SHOWN_PIXELS: Final = 12_000_000
MOST_AT_ONCE: Final = 10

MEGABYTES: Final = MOST_BYTES // 1024 // 1024


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

    Raises FileError, in Swedish, for what is not a whole JPEG or PNG of at most 15 MB and 40 million points.
    """
    if len(content) > MOST_BYTES:
        raise TooLargeError(f"Bilden är större än {MEGABYTES} MB. Beskär den och försök igen.")
    if not content.startswith(PICTURE_BEGINS):
        raise FileError("Filen är ingen bild i JPEG eller PNG. Ta en skärmbild och välj den.")
    try:
        kind = whole_picture(content, MOST_PIXELS)
    except TooLargeError as error:
        raise TooLargeError("Bilden är för stor. Beskär den och försök igen.") from error
    except FileError as error:
        raise FileError("Bilden går inte att öppna. Ta en ny skärmbild och välj den.") from error
    shown, width, height = _drawn_anew(content)
    return Picture(file_name, kind.content_type, content, shown, "image/png", width, height)


def _drawn_anew(content: bytes) -> tuple[bytes, int, int]:
    from PIL import Image, ImageOps  # only those who look at a picture pay for it

    with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
        size = _bearable(*picture.size)
        picture.draft("RGB", size)  # a JPEG can be unpacked small at once
        ImageOps.exif_transpose(picture, in_place=True)
        points = _in_plain_colours(picture)
        points.thumbnail(_bearable(*points.size))
        # A new picture of the points alone: text chunks, thumbnails and positions in the file stay behind.
        clean = Image.new(points.mode, points.size)
        clean.paste(points)
        out = BytesIO()
        clean.save(out, "PNG", optimize=False)
        return out.getvalue(), clean.width, clean.height


def _bearable(width: int, height: int) -> tuple[int, int]:
    """Return the size that the picture is shown in: its own, or as much smaller as it takes."""
    scale = min(1.0, SHOWN_WIDTH / width, sqrt(SHOWN_PIXELS / (width * height)))
    return max(1, int(width * scale)), max(1, int(height * scale))


def _in_plain_colours(picture: "Drawing") -> "Drawing":
    if picture.mode.startswith("I"):  # 16 bits of grey: converting would turn all but the darkest white
        return picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    has_see_through = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    plain = "RGBA" if has_see_through else "RGB"
    return picture if picture.mode == plain else picture.convert(plain)
