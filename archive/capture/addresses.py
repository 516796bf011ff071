"""Which addresses on the net may be reached at all: public ones, and no other way of writing a private one.

Pure: knows nothing of Django, of names or of browsers.
"""

import re
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_network
from typing import Final

Address = IPv4Address | IPv6Address

# Public by the registries, and yet never the way to a platform: relays, documentation, clouds' own insides.
REFUSED: Final = tuple(
    ip_network(network)
    for network in (
        "100.64.0.0/10",  # carriers' own nets (CGNAT); some clouds answer for their machines here
        "168.63.129.16/32",  # the inside of Azure, on an address that looks public
        "192.0.0.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # Teredo and other protocols: an IPv4 address within
        "2001:db8::/32",
        "3fff::/20",
        "2002::/16",  # 6to4: an IPv4 address within
    )
)
GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
# Both carry an IPv4 address in their last 32 bits, to which the packets go in the end.
NAT64: Final = IPv6Network("64:ff9b::/96")
ISATAP: Final = (0x00005EFE, 0x02005EFE)

NAME: Final = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
# The system's look-up takes "2130706433", "0x7f.1" and "0177.0.0.1" for addresses; no real name ends like this.
NUMBER: Final = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the open net, also when it is an IPv4 address in the clothes of an IPv6."""
    if isinstance(address, IPv6Address):
        within = _carried_by(address)
        if within is not None:
            return is_public(within)
        if address not in GLOBAL_UNICAST or address.scope_id is not None:
            return False
    if any(address.version == network.version and address in network for network in REFUSED):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def read_host(written: str) -> str | Address:
    """Return what a host as it stands in an address means: a literal address, or a name in its one form.

    Raises ValueError for what is neither: user names, ports, percent signs, numbers that a system reads as addresses.
    """
    host = written.lower().removesuffix(".")
    with suppress(ValueError):
        return IPv6Address(host[1:-1]) if host.startswith("[") and host.endswith("]") else IPv4Address(host)
    if not NAME.fullmatch(host) or NUMBER.fullmatch(host.rpartition(".")[2]):
        raise ValueError(f"{written!r} is not a host")
    return host


def _carried_by(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    last = IPv4Address(int(address) & 0xFFFFFFFF)
    if address in NAT64:
        return last
    if address in GLOBAL_UNICAST and (int(address) >> 32) & 0xFFFFFFFF in ISATAP:
        return last
    return None
