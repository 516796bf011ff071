"""Masked words are replaced, never covered: what is given out does not hold them (OSL ch. 6; R15)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive.enums import Assessment
from archive.models import RecordsRequestContent, RecordsRequestItem

# Before what begins with a letter stands none; what begins with another sign may stand anywhere.
NOT_WITHIN_A_WORD: Final = r"(?:(?<!\w)|(?!\w))"


@dataclass(frozen=True)
class Masked:
    """A document as it is given out."""

    heading: str
    text: str
    details: dict[str, str]


@dataclass(frozen=True)
class Overlooked:
    """Words that are masked in one document of a request, and stand in another that is given out."""

    passage: str
    masked_in: RecordsRequestItem
    stands_in: RecordsRequestItem


def mask(content: RecordsRequestContent, passages: Iterable[str], provision: str) -> Masked:
    """Return the document with every passage replaced by "[Maskat: OSL 21 kap. 7 §]", wherever it stands in it.

    However the words are broken over lines or written in capitals; passages that overlap go as one.
    """
    patterns = [_pattern(passage) for passage in passages]
    instead = f"[Maskat: {provision}]"

    def without(words: str) -> str:
        return _replace(words, patterns, instead)

    details = {without(term): without(words) for term, words in content.details.items()}
    return Masked(without(content.heading), without(content.text), details)


def stands_in(content: RecordsRequestContent, passage: str) -> bool:
    """Tell whether the passage stands somewhere in the document."""
    pattern = _pattern(passage)
    return any(pattern.search(words) for words in (content.heading, content.text, *content.details.values()))


def overlooked(items: Sequence[RecordsRequestItem]) -> list[Overlooked]:
    """Return what is masked in one of the documents and still stands in another, in the order of the documents.

    "Ek" is found in "Eks" too, and not in "biblioteket". Also where it stands in the name of a file that goes along;
    what stands inside a file is not looked for. The items come with their content and masks.
    """
    given = [(item, list(_given_out(item))) for item in items]
    found = []
    for passage, masked_in in _masked(items).values():
        begins = re.compile(NOT_WITHIN_A_WORD + _pattern(passage).pattern, re.IGNORECASE)
        for item, says in given:
            if item != masked_in and any(begins.search(words) for words in says):
                found.append(Overlooked(passage, masked_in, item))
    return sorted(found, key=lambda one: one.stands_in.position)


def _masked(items: Iterable[RecordsRequestItem]) -> dict[str, tuple[str, RecordsRequestItem]]:
    """Each passage once, however it is broken or written in capitals, with the first document that it is masked in."""
    first: dict[str, tuple[str, RecordsRequestItem]] = {}
    for item in items:
        if item.assessment == Assessment.MASKED:
            for one in item.masks.all():
                first.setdefault(" ".join(one.passage.split()).casefold(), (one.passage, item))
    return first


def _given_out(item: RecordsRequestItem) -> Iterator[str]:
    """Every piece of words that whoever asked is shown of the document."""
    if item.assessment == Assessment.RELEASED:
        yield from (file["name"] for file in item.content.files)
    if item.assessment in (Assessment.RELEASED, Assessment.MASKED):
        shown = mask(item.content, [one.passage for one in item.masks.all()], "")
        yield from (shown.heading, shown.text, *shown.details, *shown.details.values())


def _replace(words: str, patterns: Iterable[re.Pattern[str]], instead: str) -> str:
    kept, end = [], 0
    spans = sorted(found.span(1) for pattern in patterns for found in pattern.finditer(words))
    for first, last in spans:
        if first >= end:
            kept += [words[end:first], instead]
        end = max(end, last)
    return "".join([*kept, words[end:]])


def _pattern(passage: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, passage.split()))
    # A look ahead, so that what begins within another is found as well.
    return re.compile(f"(?=({words}))", re.IGNORECASE)
