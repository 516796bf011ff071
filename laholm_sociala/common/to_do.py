"""Att göra: what waits for a person. Each app adds its kinds of task in `AppConfig.ready()`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from laholm_sociala.common.once import each_once

SHOWN = 20


@dataclass(frozen=True)
class Task:
    """One row: what it is, one line of why, and where to go. `mail`: whom to write to, right from the row."""

    heading: str
    url: str
    meta: str = ""
    action: str = ""
    about: str = ""
    mail: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of task. `waiting` gives the records, oldest first, or None where it is none of the person's business.

    `nothing` is said where nothing waits, to those whose duty it is to know; left empty, nothing is said. `panel` names
    a template that shows the whole section, before all rows, where it is done on the spot: it gets `section`.
    """

    order: int
    waiting: Callable[[Any, datetime], QuerySet | None]
    heading: Callable[[int], str]
    task: Callable[[Any], Task]
    nothing: str = ""
    more_url: Callable[[], str] | None = None
    panel: str = ""


@dataclass(frozen=True)
class Section:
    """A kind as one person sees it now."""

    heading: str
    count: int
    tasks: Sequence[Task]
    more_url: str
    is_duty: bool
    is_first: bool = False
    panel: str = ""


_kinds: list[Kind] = []


def add_kinds(*kinds: Kind) -> None:
    """Add kinds of task, kept in the order they ask for."""
    _kinds.extend(kinds)
    _kinds.sort(key=lambda kind: kind.order)


def sections(user: Any, now: datetime) -> list[Section]:
    """Return what waits for the person, kind by kind; a kind with nothing waiting says so or is left out."""
    with each_once():
        found = list(_sections(user, now))
    first = next((section for section in found if section.count and not section.panel), None)
    return [replace(section, is_first=section is first) for section in found]


def count(user: Any, now: datetime) -> int:
    """Return how many things wait for the person: few queries find whose they are, and one counts them all."""
    with each_once():
        waiting = [records.order_by().values("pk") for _kind, records in _waiting(user, now)]
    if not waiting:
        return 0
    return waiting[0].union(*waiting[1:], all=True).count()


def _waiting(user: Any, now: datetime) -> Iterator[tuple[Kind, QuerySet]]:
    for kind in _kinds:
        records = kind.waiting(user, now)
        if records is not None:
            yield kind, records


def _sections(user: Any, now: datetime) -> Iterator[Section]:
    for kind, records in _waiting(user, now):
        shown = list(records[: SHOWN + 1])
        number = len(shown) if len(shown) <= SHOWN else records.count()
        if not number and not kind.nothing:
            continue
        yield Section(
            heading=kind.heading(number) if number else kind.nothing,
            count=number,
            tasks=[kind.task(record) for record in shown[:SHOWN]],
            more_url=kind.more_url() if kind.more_url and number > SHOWN else "",
            is_duty=bool(kind.nothing),
            panel=kind.panel,
        )
