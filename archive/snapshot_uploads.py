"""What a person sends of a page: known by its content, and measured before it is unpacked (R19, R23)."""

from collections.abc import Iterable
from typing import Final

from django.core.files.uploadedfile import UploadedFile

from archive.services.snapshots import SentFile
from laholm_sociala.common.uploads import FileError, TooLargeError, kind_of, whole_picture

# A whole page on a wide screen is 1280 × 20 000. Unpacked, this many points are 120 MB.
MOST_PIXELS: Final = 40_000_000
PICTURE: Final = "image/"


def look_through(files: Iterable[UploadedFile]) -> tuple[list[SentFile], list[str]]:
    """Return the files that can be kept, and what is wrong with the others, each by its name and in Swedish."""
    good, faults = [], []
    for file in files:
        name = file.name or "bild"
        try:
            good.append(_looked_at(name, file.read()))
        except FileError as error:
            faults.append(f"{name}: {error}")
    return good, faults


def _looked_at(name: str, content: bytes) -> SentFile:
    try:
        kind = kind_of(content)
        if kind.content_type.startswith(PICTURE):
            kind = whole_picture(content, MOST_PIXELS)
    except TooLargeError as error:
        raise TooLargeError("Filen är för stor. Beskär bilden, eller dela upp den i flera.") from error
    except FileError as error:
        raise FileError("Filen går inte att öppna som PNG, JPEG eller PDF. Ta en ny skärmbild.") from error
    return SentFile(name, kind.content_type, content)
