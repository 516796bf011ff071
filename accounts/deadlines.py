"""How open deadlines follow the calendar and the guideline: a registry that higher apps fill in `AppConfig.ready()`.

Whoever keeps deadlines says which of them would move under other terms, and moves them when the terms change, in the
same transaction and each with its history.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from accounts.models import User
from accounts.services.terms import Terms


class Moved(NamedTuple):
    """One deadline that moves: what a person calls it, its address, and when it was and becomes due."""

    label: str
    url: str
    old_due: datetime
    new_due: datetime


@dataclass(frozen=True)
class Preview:
    """How many deadlines are open, and those of them that would move."""

    total_open: int
    moved: list[Moved]


class Holder(Protocol):
    """Whoever keeps deadlines. Both methods cost the same number of queries however many there are."""

    def preview(self, terms: Terms, now: datetime) -> Preview:
        """Return what would move under the terms. Nothing is saved; the terms may not be saved either."""

    def recompute(self, terms: Terms, by: User, now: datetime) -> int:
        """Move every open deadline to what the terms say, with history, and return how many moved."""


_holders: list[Holder] = []


def register_holder(holder: Holder) -> None:
    """Add one who keeps deadlines."""
    _holders.append(holder)


def preview(terms: Terms, *, now: datetime) -> Preview:
    """Return what would move under the terms, the first due first."""
    found = [holder.preview(terms, now=now) for holder in _holders]
    moved = sorted((row for one in found for row in one.moved), key=lambda row: row.new_due)
    return Preview(sum(one.total_open for one in found), moved)


def recompute(terms: Terms, *, by: User, now: datetime) -> int:
    """Move all open deadlines to what the terms say, within the caller's transaction; return how many moved."""
    return sum(holder.recompute(terms, by=by, now=now) for holder in _holders)
