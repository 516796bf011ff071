"""Whether a package is whole: each file that METS names is there with its fingerprint, and nothing else is.

The validators of others do not look at the fingerprints, so that a file which was changed on the way passes them.
"""

import hashlib
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Final
from urllib.parse import unquote
from xml.etree import ElementTree

from archive.package.xml import qualified

BLOCK: Final = 1024 * 1024
METS: Final = "METS.xml"
# In the package's own folder, or in that of a bag's content.
OUTERMOST: Final = re.compile(r"([^/]+)/(data/\1/)?METS\.xml")


def faults(package: IO[bytes]) -> list[str]:
    """Return what is wrong with the package, a Swedish sentence each; nothing when it is whole.

    `package` is a zip opened for reading, in a bag or not. No file of it is unpacked.
    """
    try:
        with zipfile.ZipFile(package) as opened:
            return list(_faults(opened))
    except zipfile.BadZipFile:
        return ["Filen är inget paket, eller den är avbruten."]


def _faults(package: zipfile.ZipFile) -> Iterator[str]:
    there = {name for name in package.namelist() if not name.endswith("/")}
    outermost = next((name for name in sorted(there, key=len) if OUTERMOST.fullmatch(name)), "")
    if not outermost:
        yield "Paketet saknar METS.xml."
        return
    root = posixpath.dirname(outermost)
    named = {outermost}
    yield from _of_document(package, outermost, there, named)
    for name in sorted(there - named):
        if name.startswith(f"{root}/"):
            yield f"{name} nämns inte i METS."


def _of_document(package: zipfile.ZipFile, document: str, there: set[str], named: set[str]) -> Iterator[str]:
    try:
        content = ElementTree.fromstring(package.read(document))  # noqa: S314  Python's expat takes no bombs
    except ElementTree.ParseError:
        yield f"{document} går inte att läsa."
        return
    for href, size, sha256 in _references(content):
        name = posixpath.normpath(posixpath.join(posixpath.dirname(document), unquote(href)))
        if name not in there:
            yield f"{name} saknas."
            continue
        named.add(name)
        if (size, sha256) != _of_file(package, name):
            yield f"{name} har ändrats."
        elif posixpath.basename(name) == METS:
            yield from _of_document(package, name, there, named)


def _references(content: ElementTree.Element) -> Iterator[tuple[str, int, str]]:
    href = qualified("xlink:href")
    for file in content.iter(qualified("mets:file")):
        for location in file.iter(qualified("mets:FLocat")):
            yield location.get(href, ""), int(file.get("SIZE", "-1")), file.get("CHECKSUM", "").lower()
    for reference in content.iter(qualified("mets:mdRef")):
        yield reference.get(href, ""), int(reference.get("SIZE", "-1")), reference.get("CHECKSUM", "").lower()


def _of_file(package: zipfile.ZipFile, name: str) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    try:
        with package.open(name) as opened:
            while block := opened.read(BLOCK):
                digest.update(block)
                size += len(block)
    except zipfile.BadZipFile:  # the zip's own checksum says the same
        return -1, ""
    return size, digest.hexdigest()
