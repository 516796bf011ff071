"""What files are called in a package: so that they open anywhere and land nowhere else."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from pathlib import PurePosixPath
from typing import Any, Final
from uuid import UUID

from archive.package.contents import Original
from laholm_sociala.common.swedish import STOCKHOLM, file_name_words

NO_PROVISION: Final = "Kan vara sekretess. Ingen bestämmelse är angiven."
DRAWN_UP: Final = "Gjordes av portalen ur det som registrerades, för leveransen."


def folder_of(words: str, key: UUID) -> str:
    """Return the folder of what is called so: never that of another."""
    return f"{file_name_words(words)[:60]}-{str(key)[:8]}".lstrip("-")


def file_name_of(words: str) -> str:
    """Return what the file is called among the originals."""
    own = PurePosixPath(words.replace("\\", "/"))
    stem, ending = file_name_words(own.stem)[:60] or "fil", file_name_words(own.suffix)[:8]
    return f"{stem}{'.' if ending else ''}{ending}"


def media_type_of(content_type: str) -> str:
    """Return the sort of file without what follows it."""
    return content_type.partition(";")[0].strip() or "application/octet-stream"


def noon(day: date) -> datetime:
    """A day as the schemas' moment: in the middle of it, so that no time zone makes it another."""
    return datetime.combine(day, time(12), STOCKHOLM)


def later(reading: Callable[..., Iterable[bytes]], *what: Any) -> Callable[[], Iterable[bytes]]:
    """Read only when the package is written: nothing is held until then."""
    return lambda: reading(*what)


def drawn_up(path: str, media_type: str, created_at: datetime, reading: Callable[[], Iterable[bytes]]) -> Original:
    """Return a file that the portal draws up for the package."""
    return Original(path, PurePosixPath(path).name, media_type, created_at, DRAWN_UP, reading)
