"""The menu. Each app adds its entries in `AppConfig.ready()`; a person sees those they may use."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from laholm_sociala.common.once import each_once

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """One line of the menu. `permission` None: for everyone; else it is held for the municipality or some board.

    `counts` tells how many things wait behind it; `also` names addresses that belong under the line
    though they begin otherwise.
    """

    order: int
    label: str
    icon: str
    url_name: str
    permission: str | None = None
    hidden_with: str | None = None
    also: tuple[str, ...] = ()
    counts: "Callable[[Any, datetime], int] | None" = None


@dataclass(frozen=True)
class Line:
    """An entry as one person sees it on one page."""

    label: str
    icon: str
    url: str
    is_current: bool
    count: int


@dataclass(frozen=True)
class Setting:
    """A page under Administration, with what it is for in a sentence."""

    label: str
    meaning: str
    url_name: str


_entries: list[Entry] = []
_settings: list[Setting] = []


def add_settings(*settings: Setting) -> None:
    """Add pages under Administration, for administrators."""
    _settings.extend(settings)


def settings_pages() -> list[Setting]:
    """Return the pages that the apps have added under Administration."""
    return list(_settings)


def add_entries(*entries: Entry) -> None:
    """Add entries to the menu, kept in the order they ask for."""
    _entries.extend(entries)
    _entries.sort(key=lambda entry: entry.order)


def navigation(request: HttpRequest) -> dict[str, object]:
    """Give templates the menu and who is signed in, worked out only where the staff frame asks.

    On a public page nothing asks, so the session is never looked at and one answer holds for everyone.
    """
    return {
        "navigation": SimpleLazyObject(lambda: _menu(request) if _is_signed_in(request) else []),
        "navigation_person": SimpleLazyObject(lambda: getattr(request.user, "presented_as", "")),
    }


def _is_signed_in(request: HttpRequest) -> bool:
    return hasattr(request, "user") and request.user.is_authenticated


def _may(user: Any, permission: str | None) -> bool:
    return permission is None or user.may(permission) or bool(user.boards_with(permission))


def _menu(request: HttpRequest) -> list[Line]:
    from django.utils import timezone

    with each_once():
        return list(_lines(request, timezone.now()))


def _lines(request: HttpRequest, now: "datetime") -> Iterator[Line]:
    user: Any = request.user
    shown = [
        entry
        for entry in _entries
        if _may(user, entry.permission) and not (entry.hidden_with and user.may(entry.hidden_with))
    ]
    begins = {entry: (reverse(entry.url_name), *map(reverse, entry.also)) for entry in shown}
    place = {address: entry for entry, addresses in begins.items() for address in addresses}
    nearest = max((address for address in place if request.path.startswith(address)), key=len, default="")
    current = None if nearest == "/" and request.path != "/" else place.get(nearest)
    for entry in shown:
        count = entry.counts(user, now) if entry.counts else 0
        yield Line(entry.label, entry.icon, begins[entry][0], entry is current, count)
