"""Files that people send in, known by their content and never by their name."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Final

MOST_BYTES: Final = 15 * 1024 * 1024
MOST_PIXELS: Final = 60_000_000
# A PDF ends within its last bytes: what comes after is another file, or half of one.
END_OF_PDF: Final = 1024


class FileError(ValueError):
    """The file is not one of those that are taken; the message says in Swedish what to do."""


class TooLargeError(FileError):
    """The file, or the picture in it, is larger than what is taken."""


@dataclass(frozen=True)
class FileKind:
    """What a file really is."""

    content_type: str
    ending: str


PDF: Final = FileKind("application/pdf", "pdf")
PICTURES: Final = {"JPEG": FileKind("image/jpeg", "jpg"), "PNG": FileKind("image/png", "png")}
# Phones write JPEG files that hold several pictures, of which the first is the one that was taken.
SEVERAL_IN_ONE: Final = "MPO"
PICTURE_BEGINS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


def kind_of(content: bytes) -> FileKind:
    """Return what the file is: a whole PDF, or a JPEG or PNG that can be opened.

    A picture is measured before it is unpacked, since a small file can hold a huge one. Raises FileError for
    everything else.
    """
    if not content:
        raise FileError("Filen är tom. Välj filen en gång till.")
    if len(content) > MOST_BYTES:
        raise TooLargeError(f"Filen är större än {MOST_BYTES // 1024 // 1024} MB. Skanna med lägre upplösning.")
    if content.startswith(b"%PDF-"):
        return _whole_pdf(content)
    if content.startswith(PICTURE_BEGINS):
        return whole_picture(content, MOST_PIXELS)
    raise FileError("Filen är varken PDF, JPEG eller PNG. Spara den som PDF och försök igen.")


def _whole_pdf(content: bytes) -> FileKind:
    if b"%%EOF" not in content[-END_OF_PDF:] or b"startxref" not in content[-2 * END_OF_PDF :]:
        raise FileError("PDF-filen är inte hel. Skanna eller spara den en gång till.")
    return PDF


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Refuse half a picture: WeasyPrint, once it is loaded, lets them through for the whole process."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def whole_picture(content: bytes, most_pixels: int) -> FileKind:
    """Return which of the picture kinds the file is, measured before it is unpacked.

    Raises TooLargeError above `most_pixels`, FileError for what is not a whole JPEG or PNG.
    """
    from PIL import Image, UnidentifiedImageError  # only those who look at a picture pay for it

    try:
        with _whole_pictures_only(), warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=list(PICTURES)) as picture:
                width, height = picture.size
                if width * height > most_pixels:
                    raise TooLargeError("Bilden är för stor. Skanna med lägre upplösning.")
                picture.load()
                return PICTURES["JPEG" if picture.format == SEVERAL_IN_ONE else picture.format or ""]
    except FileError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise TooLargeError("Bilden är för stor. Skanna med lägre upplösning.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise FileError("Bilden går inte att öppna. Skanna eller spara den en gång till.") from error
