"""Every page of the portal, who looks at it, and the states that a page can be in: a file for each app.

A route that is neither here nor among NOT_PAGES fails `test_every_route_is_listed`: add it to its app's file, with
someone who may see it.
"""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser.places import (
    accounts,
    archive,
    gallring,
    moderation,
    project,
    register,
    sign_in,
    snapshots,
    transfers,
)

PLACES = [
    *project.PLACES,
    *sign_in.PLACES,
    *accounts.PLACES,
    *register.PLACES,
    *moderation.PLACES,
    *archive.PLACES,
    *snapshots.PLACES,
    *gallring.PLACES,
    *transfers.PLACES,
]

# Answers that are no page: files, what is only ever sent to, and what a watcher asks.
NOT_PAGES = (
    project.NOT_PAGES
    | accounts.NOT_PAGES
    | moderation.NOT_PAGES
    | archive.NOT_PAGES
    | snapshots.NOT_PAGES
    | gallring.NOT_PAGES
    | transfers.NOT_PAGES
)


def places() -> list:
    """Return the places as pytest's parameters."""
    return [pytest.param(place, id=str(place)) for place in PLACES]


def routes(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """Yield the name of every route in the URLconf."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}"
        else:
            yield from routes(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
