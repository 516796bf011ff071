"""Words as people write them in spreadsheets, folded so that the same words are the same. Pure."""

import re
import unicodedata
from typing import Final

# Soft hyphens, zero-width spaces, byte order marks: what comes along from the web and is never seen.
UNSEEN: Final = re.compile("[\\u00ad\\u200b-\\u200f\\u2060\\ufeff\\0\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f]")
EMAIL: Final = re.compile(r"\b(?:e[\s-]?)?(?:post|mejl|mail)(?:adress)?(?:en)?\b")
# What people write in a cell to say that there is nothing.
NOTHING: Final = frozenset(
    {"-", "–", "—", "?", "saknas", "ingen", "inget", "n/a", "null", "#n/a", "#saknas!", "ej klart"}
)
# Before these a spreadsheet, or our own export, puts an apostrophe so that the cell is no formula.
AFTER_APOSTROPHE: Final = ("=", "+", "-", "@")


def tidy(cell: str) -> str:
    """Return a cell's text without what cannot be seen; empty when it says that there is nothing."""
    text = UNSEEN.sub("", unicodedata.normalize("NFC", cell)).replace("\u00a0", " ").replace("\u202f", " ")
    text = "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
    if text.startswith("'") and text[1:].startswith(AFTER_APOSTROPHE):
        text = text[1:]
    return "" if text.casefold() in NOTHING else text


def folded(words: str) -> str:
    """Return the words as they are compared: case, spaces, punctuation and asterisks make no difference."""
    plain = EMAIL.sub("epost", unicodedata.normalize("NFC", words).casefold())
    return " ".join(re.sub(r"[^\w@]+", " ", re.sub(r"\([^)]*\)", " ", plain)).replace("_", " ").split())
