"""What stood in the way of the page: a login, a question about cookies, or nothing at all. Rules kept as data.

A capture that met a wall is no picture of the account until a person says why it is one all the same.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

LOGIN: Final = "login"
COOKIES: Final = "cookies"
BLANK: Final = "blank"

LOGIN_PATHS: Final = {
    "facebook.com": re.compile(r"^/(login|checkpoint|recover)\b"),
    "instagram.com": re.compile(r"^/(accounts/(login|signup)|challenge)\b"),
    "linkedin.com": re.compile(r"^/(authwall|login|uas/login|checkpoint|signup)\b"),
    "threads.com": re.compile(r"^/login\b"),
    "threads.net": re.compile(r"^/login\b"),
    "tiktok.com": re.compile(r"^/login\b"),
    "x.com": re.compile(r"^/(i/flow/(login|signup)|login|account/access)\b"),
}
ANY_LOGIN_PATH: Final = re.compile(r"/(log-?in|sign-?in|inloggning|logga-in)(/|\.|$)", re.IGNORECASE)
LOGIN_WORDS: Final = re.compile(
    r"logga in för att|du måste logga in|se mer på (facebook|instagram)|log ?in to (continue|see|view)|"
    r"you must log ?in|sign (in|up) to (continue|see|view)|see more on (facebook|instagram)|skapa (ett )?konto för att",
    re.IGNORECASE,
)
COOKIE_WORDS: Final = re.compile(r"\b(cookies?|kakor|cookie-?inställningar|samtycke|consent)\b", re.IGNORECASE)
# Fewer letters than this and a picture in one colour, or nearly: there is no page to see.
FEWEST_LETTERS: Final = 20
LEAST_ENTROPY: Final = 0.05


@dataclass(frozen=True)
class Signs:
    """What was seen of one page. `dialogs` are the words of what lies over it, `entropy` the picture's in bits."""

    final_url: str
    text: str = ""
    dialogs: tuple[str, ...] = ()
    password_fields: int = 0
    entropy: float = 8.0


def wall_in(signs: Signs) -> str:
    """Return what seems to have stood in the way, or an empty text."""
    address = urlsplit(signs.final_url)
    own = LOGIN_PATHS.get(_site(signs.final_url))
    if signs.password_fields or ANY_LOGIN_PATH.search(address.path) or (own and own.search(address.path)):
        return LOGIN
    if any(map(LOGIN_WORDS.search, signs.dialogs)) or (len(signs.text) < 2000 and LOGIN_WORDS.search(signs.text)):
        return LOGIN
    if any(map(COOKIE_WORDS.search, signs.dialogs)):
        return COOKIES
    if len(signs.text.strip()) < FEWEST_LETTERS and signs.entropy < LEAST_ENTROPY:
        return BLANK
    return ""


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")
