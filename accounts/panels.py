"""What other apps show on an account's page: a registry that higher apps fill in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Account, User

Context = Callable[[Account, User, datetime], dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """A section as one person sees it: the template that shows it, and what the template gets as `panel`."""

    template: str
    shown: dict[str, Any]


_panels: list[tuple[str, Context]] = []


def register_panel(template: str, context: Context) -> None:
    """Add a section to the account's page. `context` gives what it shows, or None where it is left out."""
    _panels.append((template, context))


def panels_of(account: Account, *, user: User, now: datetime) -> list[Panel]:
    """Return the sections of an account that the person sees; each costs its own fixed number of queries."""
    found = [(template, context(account, user, now)) for template, context in _panels]
    return [Panel(template, shown) for template, shown in found if shown is not None]
