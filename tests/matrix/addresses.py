"""Every address of the portal, by its name."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def named_addresses(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, str]]:
    """Yield every address of the portal as (name, route), included ones with their namespace."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_addresses(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", str(pattern.pattern)


ADDRESSES = dict(named_addresses())
