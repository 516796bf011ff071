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


@dataclass(frozen=True)
class FileKind:
    """What a file really is."""

    content_type: str
    ending: str


PDF: Final = FileKind("application/pdf", "pdf")
PICTURES: Final = {"JPEG": FileKind("image/jpeg", "jpg"), "PNG": FileKind("image/png", "png")}


def kind_of(content: bytes) -> FileKind:
    """Return what the file is: a whole PDF, or a JPEG or PNG that can be opened.

    A picture is measured before it is unpacked, since a small file can hold a huge one. Raises FileError for
    everything else.
    """
    if not content:
        raise FileError("Filen är tom. Välj filen en gång till.")
    if len(content) > MOST_BYTES:
        raise FileError(f"Filen är större än {MOST_BYTES // 1024 // 1024} MB. Skanna med lägre upplösning.")
    if content.startswith(b"%PDF-"):
        return _whole_pdf(content)
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _picture(content)
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


def _picture(content: bytes) -> FileKind:
    from PIL import Image, UnidentifiedImageError  # only those who look at a picture pay for it

    try:
        with _whole_pictures_only(), warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=list(PICTURES)) as picture:
                found, (width, height) = PICTURES[picture.format or ""], picture.size
                if width * height > MOST_PIXELS:
                    raise FileError("Bilden är för stor. Skanna med lägre upplösning.")
                picture.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise FileError("Bilden är för stor. Skanna med lägre upplösning.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError("Bilden går inte att öppna. Skanna eller spara den en gång till.") from error
    return found
