"""Addresses of accounts on the platforms: checked, written in one form, and given one canonical key.

Pure: the rules are data (`Platform`), handed in as an `AddressRule`.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

LONGEST_HANDLE: Final = 120
LONGEST_ADDRESS: Final = 2000
BARE_HANDLE: Final = re.compile(r"@([\w.\-]+)")
HANDLE_AT_HOST: Final = re.compile(r"@?([\w.\-]+)@([\w.\-]+\.[\w\-]+)")
SCHEME: Final = re.compile(r"[a-z][a-z0-9+.\-]*://", re.IGNORECASE)
HOST: Final = re.compile(r"[a-z0-9\-]+(\.[a-z0-9\-]+)+")
# www, the mobile pages, and the same pages in a language: sv-se.facebook.com, uk.linkedin.com.
VARIANT_OF_HOST: Final = re.compile(r"^(www|m|mobile|[a-z]{2}(-[a-z]{2})?)\.")


class AddressError(ValueError):
    """The address is not one of an account on the platform; the message says in Swedish what is expected."""


@dataclass(frozen=True)
class AddressRule:
    """How a platform's addresses look. `hosts` empty: any host (Mastodon); the first one is the platform's own."""

    code: str
    name: str
    hosts: tuple[str, ...]
    patterns: tuple[str, ...]
    address_form: str
    example: str
    reserved: frozenset[str]
    case_sensitive: bool


@dataclass(frozen=True)
class Address:
    """An account's address in its one form. `handle` has no "@"; `key` is the same for every way to write it."""

    url: str
    handle: str
    key: str

    @property
    def short(self) -> str:
        """The address as people write it, without https:// and www."""
        return self.url.removeprefix("https://").removeprefix("www.")


def read_address(typed: str, rule: AddressRule) -> Address:
    """Return the one form of an address, however it was typed or copied.

    Understands a missing scheme, mobile and language hosts, tracking parts after "?", a bare "@name" on platforms
    with a host of their own, and "@name@host" on those without. Raises AddressError with a sentence that says what
    is expected.
    """
    typed = unicodedata.normalize("NFC", typed.strip())
    if not typed:
        raise AddressError(f"Skriv adressen till kontot på {rule.name}, till exempel {rule.example}.")
    if len(typed) > LONGEST_ADDRESS:
        raise AddressError(f"Adressen är för lång. Så här ska den se ut: {rule.example}.")
    host, rest = _split(_from_bare_handle(typed, rule), rule)
    handle = _handle(rest, rule)
    if not rule.case_sensitive:
        handle = handle.lower()
    own_host = rule.hosts[0] if rule.hosts else host.removeprefix("www.")
    return Address(
        url=rule.address_form.format(handle=handle, host=own_host),
        handle=handle,
        key=f"{rule.code}:{own_host}/{handle}",
    )


def expected(typed: str, rule: AddressRule, others: Iterable[AddressRule]) -> str:
    """Return the sentence on why the address is not one of the platform's, and on what is.

    An address to an account on another platform is named as that: the wrong channel is the likeliest mistake.
    """
    for other in others:
        # A platform without a host of its own would take nearly any address for one of its accounts.
        if other.hosts and other.code != rule.code and not typed.strip().startswith("@") and _reads(typed, other):
            return (
                f"Det där är en adress till {other.name}. Du valde {rule.name}. "
                f"Välj {other.name} som kanal, eller skriv en adress som {rule.example}."
            )
    try:
        read_address(typed, rule)
    except AddressError as error:
        return str(error)
    return ""


def is_at(link: str, rule: AddressRule) -> bool:
    """Tell whether the link leads to the platform, whatever it shows there. One without a host of its own has none."""
    try:
        _split(link.strip(), rule)
    except AddressError:
        return False
    return bool(rule.hosts)


def _reads(typed: str, rule: AddressRule) -> bool:
    try:
        read_address(typed, rule)
    except AddressError:
        return False
    return True


def _from_bare_handle(typed: str, rule: AddressRule) -> str:
    found = BARE_HANDLE.fullmatch(typed) if rule.hosts else HANDLE_AT_HOST.fullmatch(typed)
    if found is None:
        return typed
    return rule.address_form.format(handle=found[1], host=rule.hosts[0] if rule.hosts else found[2])


def _split(typed: str, rule: AddressRule) -> tuple[str, str]:
    try:
        parts = urlsplit(typed if SCHEME.match(typed) else f"https://{typed}")
        # One form also of a name in Swedish letters: måstodon.example is xn--mstodon-exa.example.
        host = (parts.hostname or "").removesuffix(".").encode("idna").decode()
        port = parts.port
    except ValueError:
        host, port = "", None
    if (
        not HOST.fullmatch(host)
        or parts.scheme not in {"http", "https"}
        or parts.username
        or port not in {None, 80, 443}
    ):
        raise AddressError(f"Det där är ingen webbadress. Så här ska den se ut: {rule.example}.")
    if rule.hosts and not {host, VARIANT_OF_HOST.sub("", host)} & {name.removeprefix("www.") for name in rule.hosts}:
        raise AddressError(f"Adressen går till {host}, inte till {rule.name}. Så här ska den se ut: {rule.example}.")
    path = unquote(parts.path).rstrip("/")
    return host, f"{path}?{parts.query}" if parts.query else path


def _handle(rest: str, rule: AddressRule) -> str:
    for pattern in rule.patterns:
        # ASCII: otherwise IGNORECASE takes "ſ" (a long s) for s, and the same name would have two keys.
        found = re.match(pattern, rest, re.IGNORECASE | re.ASCII)
        if found and _is_name(found["handle"]) and found["handle"].lower() not in rule.reserved:
            return found["handle"]
    raise AddressError(f"Adressen pekar inte på ett konto på {rule.name}. Så här ska den se ut: {rule.example}.")


def _is_name(handle: str) -> bool:
    # "..", which a browser reads as the page above, is made of letters that are each allowed.
    return len(handle) <= LONGEST_HANDLE and any(letter.isalnum() for letter in handle)
