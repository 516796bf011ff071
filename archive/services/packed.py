"""What packs other bytes, and what it holds: zip, gzip, PDF, mail, sessions and the cache."""

import base64
import binascii
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from typing import Final

from django.core.signing import b64_decode

from archive.services.pdf_text import streams

# How each begins.
ZIP: Final = b"PK"
PDF: Final = b"%PDF"
GZIP: Final = b"\x1f\x8b"
MAIL: Final = re.compile(rb"^(MIME-Version|Message-ID|Received):", re.IGNORECASE | re.MULTILINE)
# A picture in a Word file in a zip in a mail. What packs itself for ever is left there.
DEEPEST: Final = 5
# So much of a file is read to tell what it is.
HEAD: Final = 1 << 14


def is_packed(head: bytes) -> bool:
    """Tell by its beginning whether a file packs something."""
    return head.startswith((ZIP, PDF, GZIP)) or bool(MAIL.search(head))


def _session(packed: str) -> bytes:
    """Return what a session holds: Django signs it, and compresses what is long."""
    data = packed.split(":", maxsplit=1)[0]
    try:
        return zlib.decompress(b64_decode(data[1:].encode())) if data.startswith(".") else b64_decode(data.encode())
    except (binascii.Error, ValueError, zlib.error):
        return packed.encode()


def _base64(packed: str) -> bytes:
    try:
        return base64.b64decode(packed)
    except (binascii.Error, ValueError):
        return packed.encode()


UNPACK: dict[str, Callable[[str], bytes]] = {"session": _session, "base64": _base64}


def opened(content: bytes, *, levels: int = DEEPEST) -> Iterator[bytes]:
    """Yield the bytes, and what they pack: files of a zip, streams of a PDF, parts of a mail, and what those pack."""
    yield content
    if content.startswith(PDF):
        yield from streams(content)
    elif levels:
        for inner in _within(content):
            yield from opened(inner, levels=levels - 1)


def _within(content: bytes) -> Iterator[bytes]:
    if content.startswith(GZIP):
        with suppress(OSError, EOFError, zlib.error):
            yield gzip.decompress(content)
    elif content.startswith(ZIP):
        # What is broken or locked is read as far as it goes.
        with suppress(zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error):
            yield from _files_of_zip(content)
    elif MAIL.search(content[:HEAD]):
        yield from _parts_of_mail(content)


def _files_of_zip(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            yield member.filename.encode()
            yield archive.read(member)


def _parts_of_mail(content: bytes) -> Iterator[bytes]:
    message = message_from_bytes(content, policy=policy.default)
    for part in message.walk():
        yield "\n".join(str(value) for value in part.values()).encode(errors="replace")
        found = part.get_payload(decode=True)
        if isinstance(found, bytes):
            yield found
