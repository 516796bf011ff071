"""Where the files of snapshots lie unless the settings say otherwise: a folder of the machine's own."""

import os
from pathlib import Path
from typing import NoReturn

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="archive.storage.LocalFolder")
class LocalFolder(FileSystemStorage):
    """A folder that no web server shows. A file that is written is on the disk, and only the portal reads it."""

    def __init__(self, location: str | None = None) -> None:
        super().__init__(location=location, file_permissions_mode=0o600, directory_permissions_mode=0o700)

    def url(self, name: str | None) -> NoReturn:
        """Raise: a file is handed out by a view, to those who may see it."""
        raise ValueError("Filerna i ögonblicksbilderna har ingen adress.")

    def _save(self, name: str, content: File) -> str:
        saved = super()._save(name, content)
        path = Path(self.path(saved))
        _flush(path)
        # The name must be on the disk too, or the file is gone after a power cut: each folder down to ours.
        for folder in path.parents:
            _flush(folder)
            if folder == Path(self.location):
                break
        return saved


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
