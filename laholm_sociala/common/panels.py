"""Panels that one app shows on another's page. The page names a place; apps fill it in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# What the panel's template gets, or None where it has nothing to show: the page's record, who reads, the moment.
Shown = Callable[[Any, Any, datetime], dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """A template and what it shows. `place` is the model's label of the page's record: "accounts.account"."""

    place: str
    template: str
    shown: Shown


_panels: list[Panel] = []


def add_panels(*panels: Panel) -> None:
    """Add panels, shown in the order they come."""
    _panels.extend(panels)


def panels_of(record: Any, user: Any, now: datetime) -> list[tuple[str, dict[str, Any]]]:
    """Return the template and the content of each panel on the record's page."""
    shown = [(panel, panel.shown(record, user, now)) for panel in _panels if panel.place == record._meta.label_lower]
    return [(panel.template, content) for panel, content in shown if content is not None]
