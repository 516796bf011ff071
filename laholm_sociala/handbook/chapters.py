"""The handbook: one Markdown file a chapter in docs/handbok, the same text here and under Hjälp."""

import re
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER: Final = settings.BASE_DIR / "docs" / "handbok"
FOUND_AT_MOST: Final = 20


@dataclass(frozen=True)
class Section:
    """What stands under one heading of a chapter."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class Chapter:
    """A chapter: its address, heading, first words, and page."""

    slug: str
    title: str
    introduction: str
    html: SafeString
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Hit:
    """A section that has all the words, with the sentence around the first of them."""

    chapter: Chapter
    section: Section
    excerpt: str


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the chapters by the number that their files' names begin with."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.md"), key=_number))


def search(words: str) -> list[Hit]:
    """Return the sections where every word stands, in the handbook's order."""
    wanted = words.casefold().split()
    if not wanted:
        return []
    hits = []
    for chapter in chapters():
        for section in chapter.sections:
            everything = f"{chapter.title} {section.heading} {section.text}".casefold()
            if all(word in everything for word in wanted):
                hits.append(Hit(chapter, section, _excerpt(section.text, wanted)))
    return hits[:FOUND_AT_MOST]


def _number(path: Path) -> int:
    return int(path.name.partition("-")[0])


def _read(path: Path) -> Chapter:
    source = path.read_text(encoding="utf-8")
    title, _line, body = source.removeprefix("# ").partition("\n")
    introduction, *parts = re.split(r"^## ", body, flags=re.MULTILINE)
    sections = tuple(_section(part) for part in parts)
    return Chapter(
        slug=path.stem.partition("-")[2],
        title=title.strip(),
        introduction=_plain(introduction),
        html=_html(body, sections),
        sections=sections,
    )


def _section(part: str) -> Section:
    heading, _line, text = part.partition("\n")
    return Section(anchor=_anchor(heading), heading=heading.strip(), text=_plain(text))


def _html(body: str, sections: tuple[Section, ...]) -> SafeString:
    # "html": False lets no tag of the text through, so that what comes out is safe.
    reader = MarkdownIt("commonmark", {"html": False})
    tokens = reader.parse(body)
    anchors = iter(section.anchor for section in sections)
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2":
            token.attrSet("id", next(anchors))
        for child in token.children or []:
            if child.type == "image":
                _show(child)
    return SafeString(reader.renderer.render(tokens, reader.options, {}))


def _show(picture: Token) -> None:
    """Let a picture be fetched when it is scrolled to, into a place of its own size."""
    source = str(picture.attrGet("src"))
    width, height = _size(FOLDER / source)
    shown = {"src": static(f"handbok/{Path(source).name}"), "class": "ls-picture", "loading": "lazy"}
    picture.attrs.update({**shown, "width": width, "height": height})


def _size(png: Path) -> tuple[int, int]:
    # A PNG begins with eight bytes of signature and its first piece's length and name; then width and height.
    with png.open("rb") as file:
        width, height = struct.unpack(">II", file.read(24)[16:])
    return width, height


def _plain(text: str) -> str:
    without_pictures = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    return " ".join(re.sub(r"[*_`]|^\d+\. ", "", without_pictures, flags=re.MULTILINE).split())


def _anchor(heading: str) -> str:
    plain = heading.strip().lower().translate(str.maketrans("åäöé", "aaoe"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _excerpt(text: str, wanted: list[str]) -> str:
    for sentence in re.split(r"(?<=[.?!]) ", text):
        if any(word in sentence.casefold() for word in wanted):
            return sentence
    return text.partition(". ")[0]
