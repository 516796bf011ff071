"""PDFs as a reader sees them: their text, copied out."""

import io
import re

import pikepdf


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


def text_of(pdf):
    """Every page's text as a reader would copy it out, on one line, without the hyphens and breaks of layout."""
    with opened(pdf) as document:
        return " ".join(" ".join(_shown(page)) for page in document.pages)


def _shown(page):
    fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
    letters = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = fonts[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            strings = operands[0] if str(operator) == "TJ" else operands
            yield "".join(_decoded(bytes(part), letters) for part in strings if isinstance(part, pikepdf.String))


def _decoded(glyphs, letters):
    return "".join(letters[glyphs[at : at + 2].hex()] for at in range(0, len(glyphs), 2))


def _letters(font):
    pairs = re.findall(r"<([0-9a-f]{4})>\s*<([0-9a-f]+)>", font.ToUnicode.read_bytes().decode().lower())
    return {glyph: bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}
