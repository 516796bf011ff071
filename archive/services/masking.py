"""Masked words are replaced, never covered: what is given out does not hold them (OSL ch. 6; R15)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archive.models import RecordsRequestContent


@dataclass(frozen=True)
class Masked:
    """A document as it is given out."""

    heading: str
    text: str
    details: dict[str, str]


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
