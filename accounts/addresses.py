"""Addresses of accounts on the platforms: checked, written in one form, and given one canonical key.

Pure: the rules are data (`Platform`), handed in as an `AddressRule`.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


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

    Understands a missing scheme, mobile hosts, tracking parts after "?", and on platforms with one host a bare
    "@name". Raises AddressError with a sentence that says what is expected.
    """
    typed = typed.strip()
    if not typed:
        raise AddressError(f"Skriv adressen till kontot på {rule.name}, till exempel {rule.example}.")
    if rule.hosts and _is_bare_handle(typed):
        typed = rule.address_form.format(handle=typed.lstrip("@"), host=rule.hosts[0])
    host, rest = _split(typed, rule)
    handle = _handle(rest, rule)
    if not rule.case_sensitive:
        handle = handle.lower()
    own_host = rule.hosts[0] if rule.hosts else host
    url = rule.address_form.format(handle=handle, host=own_host)
    return Address(
        url=url,
        handle=handle,
        key=f"{rule.code}:{own_host}/{handle}".lower()
        if not rule.case_sensitive
        else f"{rule.code}:{own_host}/{handle}",
    )


def _is_bare_handle(typed: str) -> bool:
    return bool(re.fullmatch(r"@[\w.\-]+", typed))


def _split(typed: str, rule: AddressRule) -> tuple[str, str]:
    try:
        parts = urlsplit(typed if "//" in typed else f"https://{typed}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    except ValueError:
        host = ""
    if not host or "." not in host or parts.scheme not in {"http", "https"} or parts.username:
        raise AddressError(f"Det där är ingen webbadress. Så här ska den se ut: {rule.example}.")
    known = {name.removeprefix("www.") for name in rule.hosts}
    if known and host not in known:
        raise AddressError(f"Adressen går till {host}, inte till {rule.name}. Så här ska den se ut: {rule.example}.")
    path = unquote(parts.path).rstrip("/")
    return host, f"{path}?{parts.query}" if parts.query else path


def _handle(rest: str, rule: AddressRule) -> str:
    for pattern in rule.patterns:
        found = re.match(pattern, rest, re.IGNORECASE)
        if found and found["handle"].lower() not in rule.reserved:
            return found["handle"]
    raise AddressError(f"Adressen pekar inte på ett konto på {rule.name}. Så här ska den se ut: {rule.example}.")
