"""Tells a password from a note on where one is kept (R11). Pure: no Django."""

import re
from typing import Final

# "Lösenord: x", "lösen=x", "pw: x": whatever follows, a note on where a password is kept does not begin like that.
_NAMED: Final = re.compile(
    r"\b(lösen|lösenord|lösenordet|password|passwd|pwd|pw|pinkod|pin)\s*[:=]\s*\S", re.IGNORECASE
)
_TOLD: Final = re.compile(r"\b(lösenord|lösenordet|password|pinkoden|koden)\s+(är|is)\s+(?P<word>\S+)", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"^(https?://|www\.)|@[\w-]+\.\w|^\w[\w.-]*\.\w{2,}(/|$)")
_SECRET_SIGNS: Final = frozenset("!@#$%^&*?+=~|\\§€£{}[]<>")
_SHORTEST: Final = 8


def looks_like_password(text: str) -> bool:
    """Tell whether the text seems to hold a password, rather than to say where it is."""
    if _NAMED.search(text):
        return True
    told = _TOLD.search(text)
    if told and not told["word"].rstrip(".,").isalpha():
        return True
    return any(_is_secret(word) for word in text.split())


def _is_secret(word: str) -> bool:
    """A long word of letters, digits and signs, that is no address: Sommar2024!, not Keeper-2024 or a@laholm.se."""
    word = word.strip("()\"'”,;.")
    return (
        len(word) >= _SHORTEST
        and not _ADDRESS.search(word)
        and any(sign.isalpha() for sign in word)
        and any(sign.isdigit() for sign in word)
        and any(sign in _SECRET_SIGNS for sign in word)
    )
