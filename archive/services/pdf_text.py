"""What a PDF shows where its text is drawn by glyph numbers, as in our own: read by the fonts' maps (R18)."""

import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Final

STREAM: Final = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
SHOWN: Final = re.compile(rb"\[([^\]]*)\]\s*TJ|(<[0-9a-fA-F]+>)\s*Tj")
CODES: Final = re.compile(rb"<([0-9a-fA-F]+)>")
SECTION: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
CODE_LENGTH: Final = 4

# What each glyph number stands for.
Glyphs = dict[int, str]


def streams(content: bytes) -> Iterator[bytes]:
    """Yield the compressed parts of a PDF, unpacked; what cannot be is passed over."""
    for stream in STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(stream[1])
        except zlib.error:
            continue


def drawn_text(parts: Sequence[bytes]) -> Iterator[str]:
    """Yield what the parts draw, read by each font's map in turn, without blanks: lines break where they may."""
    shown = [_codes(found[1] or found[2]) for part in parts for found in SHOWN.finditer(part)]
    for glyphs in [found for part in parts if (found := _glyphs(part))]:
        text = "".join(glyphs.get(code, "") for codes in shown for code in codes)
        yield "".join(text.split())


def _codes(shown: bytes) -> list[int]:
    digits = b"".join(CODES.findall(shown))
    return [int(digits[at : at + CODE_LENGTH], 16) for at in range(0, len(digits), CODE_LENGTH)]


def _glyphs(part: bytes) -> Glyphs:
    glyphs: Glyphs = {}
    for kind, section in SECTION.findall(part):
        found = CODES.findall(section)
        if kind == b"bfchar":
            glyphs |= {int(code, 16): _words(word) for code, word in zip(found[::2], found[1::2], strict=False)}
            continue
        for first, last, word in zip(found[::3], found[1::3], found[2::3], strict=False):
            start = int(word, 16)
            span = range(int(first, 16), int(last, 16) + 1)
            glyphs |= {code: chr(start + step) for step, code in enumerate(span) if start + step < 0x10000}
    return glyphs


def _words(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", errors="ignore")
