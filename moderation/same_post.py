"""Whether two posts are the same one: by where it is, or else by what it says. Pure."""

import hashlib
import unicodedata

from moderation.post_links import post_at


def same_key(*, link: str, text: str, account_address: str) -> str:
    """Return the fingerprint of a post on an account, as hexadecimal digits; empty where there is nothing to tell by.

    A link to the account itself, or to a page that is no post, tells nothing: then the text decides.
    """
    place = post_at(link)
    if place and place.casefold() != post_at(account_address).casefold():
        return _fingerprint(f"link {place}")
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _fingerprint(f"text {words}") if words else ""


def _fingerprint(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
