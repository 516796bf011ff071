"""What a page that is captured may reach: public addresses, and by itself only registered ones (the egress guard).

Whoever opens an address on somebody's behalf can be led anywhere by it: to the portal's own database, to the cloud's
inside, to files. The guard decides; `proxy` is the only way out of the browser, and asks it for each connection.
Everything it stands on is given to its constructor, so that no setting of an installation can open it.
"""

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Final
from urllib.parse import urlsplit

from archive.capture.addresses import Address, is_public, read_host

Resolver = Callable[[str], Iterable[str]]
HTTP: Final = 80
HTTPS: Final = 443


class ForbiddenError(Exception):
    """The guard says no, and why, in words for the log."""


@dataclass(frozen=True)
class Refusal:
    """One thing that the page asked for and did not get."""

    what: str
    why: str


def look_up(name: str) -> list[str]:
    """Return the addresses of a name, as the system finds them."""
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in found))


@dataclass
class EgressGuard:
    """Decides for one capture. Looks each name up once, and holds to that answer as long as it lives.

    `documents` are the hosts that the page itself may be at: those of the registered account. What the page consists
    of (pictures, scripts, frames) may come from any public host, on `ports` by http and https. `permits` says which
    addresses may be connected to, and `resolver` what a name's addresses are; tests give their own.
    """

    documents: frozenset[str]
    resolver: Resolver = look_up
    permits: Callable[[Address], bool] = is_public
    ports: dict[str, frozenset[int]] = field(
        default_factory=lambda: {"http": frozenset({HTTP}), "https": frozenset({HTTPS})}
    )
    refused: list[Refusal] = field(default_factory=list)
    _pinned: dict[str, tuple[Address, ...]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def check_document(self, url: str) -> None:
        """Raise ForbiddenError unless the page itself may be at this address."""
        try:
            parts = urlsplit(url)
            host, port = str(read_host(_bracketed(parts.hostname or ""))), parts.port
        except ValueError as error:
            raise self.refuse(url, "adressen går inte att läsa") from error
        if parts.scheme not in self.ports:
            raise self.refuse(url, "bara http och https öppnas")
        if parts.username is not None or parts.password is not None:
            raise self.refuse(url, "adressen har ett användarnamn")
        if (port or _usual_port(parts.scheme)) not in self.ports[parts.scheme]:
            raise self.refuse(url, "porten är inte webbens")
        if host not in self.documents:
            raise self.refuse(url, "adressen hör inte till kontot")

    def addresses(self, written_host: str, port: int, scheme: str) -> tuple[Address, ...]:
        """Return the addresses that a connection may go to, the same for as long as the guard lives.

        One address that is not permitted forbids them all: a name that answers with both is not to be trusted.
        Raises ForbiddenError.
        """
        asked = f"{scheme}://{written_host}:{port}"
        if port not in self.ports.get(scheme, ()):
            raise self.refuse(asked, "porten är inte webbens")
        try:
            host = read_host(written_host)
        except ValueError as error:
            raise self.refuse(asked, "värdnamnet går inte att läsa") from error
        found = self._pin(host) if isinstance(host, str) else (host,)
        if not found:
            raise self.refuse(asked, "namnet finns inte")
        if not all(map(self.permits, found)):
            raise self.refuse(asked, "adressen är inte publik")
        return found

    def refuse(self, what: str, why: str) -> ForbiddenError:
        """Note what was refused, and return the error to raise."""
        with self._lock:
            self.refused.append(Refusal(what, why))
        return ForbiddenError(f"{what}: {why}")

    def _pin(self, name: str) -> tuple[Address, ...]:
        # One at a time: two look-ups of one name at once could each see an answer of its own.
        with self._lock:
            if name not in self._pinned:
                self._pinned[name] = self._resolve(name)
            return self._pinned[name]

    def _resolve(self, name: str) -> tuple[Address, ...]:
        try:
            return tuple(ip_address(answer) for answer in self.resolver(name))
        except (OSError, ValueError, UnicodeError):
            return ()


def _bracketed(host: str) -> str:
    try:
        return f"[{IPv6Address(host)}]"
    except ValueError:
        return host


def _usual_port(scheme: str) -> int:
    return HTTPS if scheme == "https" else HTTP
