"""Who sends a request, as far as the network can tell: never what the sender says of themselves."""

from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

# What one subscriber has of IPv6: within it a sender can change address as often as they like.
ONE_SUBSCRIBER: Final = 64


def client_address(meta: Mapping[str, object], *, trusted_proxies: int) -> str:
    """Return the sender's address: IPv4, or the /64 of an IPv6 address; empty where there is none.

    `meta` is the request's. Each of our own proxies adds the address it was called from last in `X-Forwarded-For`, so
    the one that the outermost of them saw stands `trusted_proxies` from the end. What stands before it the sender
    wrote, and it counts for nothing. Where the list is too short or holds no address there, the connection's own
    address counts: then many share a limit, and nobody evades it.
    """
    connected = _one_form(str(meta.get("REMOTE_ADDR") or ""))
    if not trusted_proxies:
        return connected
    listed = str(meta.get("HTTP_X_FORWARDED_FOR") or "").split(",")
    if len(listed) < trusted_proxies:
        return connected
    return _one_form(listed[-trusted_proxies]) or connected


def _one_form(written: str) -> str:
    try:
        address = ip_address(_without_port(written.strip()))
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), ONE_SUBSCRIBER), strict=False))


def _without_port(written: str) -> str:
    if written.startswith("["):
        return written[1:].partition("]")[0]
    return written.partition(":")[0] if written.count(":") == 1 else written
