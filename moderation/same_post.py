"""Whether two posts are the same one: by where it is, or else by what it says. Pure."""

import hashlib
import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

# What platforms add to a shared link, which says nothing about the post.
TRACKING: Final = re.compile(r"^(utm_\w+|fbclid|gclid|igsh|igshid|mibextid|si|s|t|ref\w*|feature|rdid|share\w*|_r|_t)$")
MOBILE: Final = re.compile(r"^(www|m|mobile|mbasic|web)\.")


def same_key(*, link: str, text: str, account_address: str) -> str:
    """Return the fingerprint of a post on an account, as hexadecimal digits; empty where there is nothing to tell by.

    A link to the account itself points at no post, so then the text decides.
    """
    place = _place(link)
    if place and place != _place(account_address):
        return _fingerprint(f"link {place}")
    words = " ".join(text.casefold().split())
    return _fingerprint(f"text {words}") if words else ""


def _place(link: str) -> str:
    if not link.strip():
        return ""
    parts = urlsplit(link.strip() if "//" in link else f"https://{link.strip()}")
    host = MOBILE.sub("", (parts.hostname or "").lower())
    query = sorted((name, value) for name, value in parse_qsl(parts.query) if not TRACKING.match(name.lower()))
    return f"{host}{parts.path.rstrip('/')}?{urlencode(query)}"


def _fingerprint(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
