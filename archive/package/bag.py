"""BagIt 1.0 (RFC 8493): fingerprints of everything in the package, for its way to the archive."""

import hashlib
from collections.abc import Iterator
from typing import Final

VERSION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class Bag:
    """Notes what lies in the bag, and writes the files that a bag has beside it."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._lines: list[str] = []
        self._bytes = 0

    def note(self, name: str, size: int, sha256: str) -> None:
        """Note a file of the bag's content."""
        self._lines.append(f"{sha256}  {name.removeprefix(f'{self._folder}/')}\n")
        self._bytes += size

    def own_files(self, day: str) -> Iterator[tuple[str, bytes]]:
        """Yield the bag's own files, the list of their fingerprints last. `day` is when it was packed."""
        information = f"Bagging-Date: {day}\nPayload-Oxum: {self._bytes}.{len(self._lines)}\n"
        own = {
            "bagit.txt": VERSION,
            "bag-info.txt": information.encode(),
            "manifest-sha256.txt": "".join(self._lines).encode(),
        }
        listed = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in own.items())
        for name, content in {**own, "tagmanifest-sha256.txt": listed.encode()}.items():
            yield f"{self._folder}/{name}", content
