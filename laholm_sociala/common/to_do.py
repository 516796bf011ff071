"""Att göra: what waits for a person. Each app adds its kinds of task in `AppConfig.ready()`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from laholm_sociala.common.once import each_once, once

SHOWN = 20

Waiting = Callable[[Any, datetime], QuerySet | None]


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

    Every page counts them, and only Att göra shows them: `shown` adds what a row tells and the number does not need.
    `nothing` is said where nothing waits, to those whose duty it is to know; left empty, nothing is said. `panel` names
    a template that shows the whole section, before all rows, where it is done on the spot: it gets `section`.
    """

    order: int
    waiting: Waiting
    heading: Callable[[int], str]
    task: Callable[[Any], Task]
    nothing: str = ""
    more_url: Callable[[], str] | None = None
    panel: str = ""
    shown: Callable[[QuerySet, datetime], QuerySet] | None = None


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
    """Return how many things wait for the person."""
    return sum(counts(user, now).values())


@once
def counts(user: Any, now: datetime) -> dict[Waiting, int]:
    """Return how many wait of each kind, by its `waiting`: few queries find whose they are, one counts them all.

    A kind that the person has nothing to do with, or that cannot hold anything, is left out and never asked about.
    """
    asked: dict[Waiting, str] = {}
    given: list[Any] = []
    with each_once():
        for kind, records in _waiting(user, now):
            try:
                statement, values = records.order_by().values("pk").query.get_compiler(connection=connection).as_sql()
            except EmptyResultSet:
                continue
            asked[kind.waiting] = f"(SELECT COUNT(*) FROM ({statement}) AS waiting)"  # noqa: S608  the ORM's own
            given += values
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(asked.values())}", given)
        return dict(zip(asked, cursor.fetchone(), strict=True))


def _waiting(user: Any, now: datetime) -> Iterator[tuple[Kind, QuerySet]]:
    for kind in _kinds:
        records = kind.waiting(user, now)
        if records is not None:
            yield kind, records


def _sections(user: Any, now: datetime) -> Iterator[Section]:
    for kind, records in _waiting(user, now):
        shown = list((kind.shown(records, now) if kind.shown else records)[: SHOWN + 1])
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
