"""How a platform's addresses look, worked out from one example, so that nobody has to write a pattern.

Pure: gives the `AddressRule` that `accounts.addresses` reads by.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote, urlsplit

from accounts.addresses import HOST, SCHEME, AddressError, AddressRule, read_address

LETTERS: Final = "A-Za-z0-9._"  # and "-", which stands last in the set, or it would span one
LONGEST_PATTERN: Final = 250
BEFORE_HANDLE: Final = re.compile(r"[\w./@~+-]*")
# A group that repeats and is repeated can take for ever to fail: "(a+)+".
REPEATED_REPEAT: Final = re.compile(r"\((?:[^()\\]|\\.)*[*+}](?:[^()\\]|\\.)*\)[*+{]")


@dataclass(frozen=True)
class _Parts:
    """An example taken apart: what comes before the handle, as it is written, and the handle."""

    host: str
    before: str
    handle: str


def rule_from_example(
    example: str,
    *,
    code: str,
    name: str,
    handle: str = "",
    other_hosts: Sequence[str] = (),
    any_host: bool = False,
    reserved: Sequence[str] = (),
    case_sensitive: bool = False,
) -> AddressRule:
    """Return the rule of addresses like the example; `handle` is the user name in it, else its last part.

    Raises AddressError, with a sentence on what the example must be.
    """
    parts = _take_apart(example, handle)
    own_host = parts.host.removeprefix("www.")
    pattern = f"^{re.escape(parts.before)}(?P<handle>[{LETTERS}{_other_letters(parts.handle)}-]+)(?:[/?]|$)"
    host = "{host}" if any_host else parts.host
    rule = AddressRule(
        code=code,
        name=name,
        hosts=() if any_host else tuple(dict.fromkeys([own_host, *other_hosts])),
        patterns=(pattern,),
        address_form=f"https://{host}{parts.before}{{handle}}",
        example=f"https://{parts.host}{parts.before}{parts.handle}",
        reserved=frozenset(reserved),
        case_sensitive=case_sensitive,
    )
    return checked(rule)


def checked(rule: AddressRule) -> AddressRule:
    """Return the rule with its example in its one form. Raises AddressError when the rule does not hold together."""
    for pattern in rule.patterns:
        require_safe(pattern)
    return replace(rule, example=read_address(rule.example, rule).url)


def require_safe(pattern: str) -> None:
    """Raise AddressError unless the pattern can be read, finds a handle, and answers at once whatever is typed."""
    try:
        finds = re.compile(pattern).groupindex
    except re.error as error:
        raise AddressError("Mönstret för adresserna går inte att läsa.") from error
    if "handle" not in finds or len(pattern) > LONGEST_PATTERN or REPEATED_REPEAT.search(pattern):
        raise AddressError("Mönstret för adresserna går inte att använda. Skriv ett enklare exempel.")


def _take_apart(example: str, handle: str) -> _Parts:
    typed = example.strip()
    try:
        address = urlsplit(typed if SCHEME.match(typed) else f"https://{typed}")
        host = (address.hostname or "").lower()
    except ValueError:
        host = ""
    if not HOST.fullmatch(host):
        raise AddressError("Skriv en hel adress till ett konto, så som den står i webbläsaren.")
    path = unquote(address.path).rstrip("/")
    handle = (handle.strip() or path.rpartition("/")[2]).removeprefix("@")
    before, found, _after = path.rpartition(handle or "/")
    if not handle or not found or not before.endswith(("/", "@")):
        raise AddressError("Användarnamnet ska stå som en egen del av adressen, efter webbplatsens namn.")
    if not BEFORE_HANDLE.fullmatch(before):
        raise AddressError("Adressen innehåller tecken som portalen inte kan läsa. Välj ett annat exempel.")
    return _Parts(host, before, handle)


def _other_letters(handle: str) -> str:
    # Both cases: addresses are read as ASCII, where "å" and "Å" have nothing to do with each other.
    both = {cased for letter in handle for cased in (letter.lower(), letter.upper())}
    others = sorted(letter for letter in both if not re.match(f"[{LETTERS}-]", letter))
    return "".join(re.escape(letter) for letter in others)
