"""What everyone may know about an account, and nothing else (R05, R34)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, TypedDict
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.enums import PUBLIC_ACCOUNT, AccountStatus
from accounts.models import Account, Closing
from laholm_sociala.common.paging import COUNTED, LongList, LongPage

PAGE_SIZE = 50


class Successor(NamedTuple):
    """The account that came instead of one that is closed."""

    id: UUID
    name: str


@dataclass(frozen=True)
class PublicAccount:
    """An account as the public sees it. No person's name and no inner state has a place here."""

    id: UUID
    name: str
    platform: str
    web_address: str
    unit: str
    email: str
    summary: str
    purpose: str
    audience: str
    topics: str
    uses: tuple[str, ...]
    ended_on: date | None = None
    successor: "Successor | None" = None


class Row(NamedTuple):
    """What the list needs of an account, as it comes from the database."""

    board: UUID
    heading: str
    id: UUID
    name: str
    summary: str
    unit: UUID
    platform: str
    platform_order: int


class Channel(TypedDict):
    """An account as one link in the list."""

    platform: str
    url: str


# Dictionaries: a template looks there first, and asks an object only after an exception.
class Channels(TypedDict):
    """One name with its channels: a row of the list."""

    name: str
    summary: str
    accounts: list[Channel]


class Group(TypedDict):
    """A board's rows, under its public heading."""

    heading: str
    rows: list[Channels]


def public_account(account: Account) -> PublicAccount:
    """Return what everyone may know. Fetch the account with its platform and unit."""
    return PublicAccount(
        id=account.pk,
        name=account.name,
        platform=account.platform.name,
        web_address=account.web_address,
        unit=str(account.unit),
        # A function address, never a person's; kommunikationsenheten answers for a unit that has none.
        email=account.unit.email or settings.COMMUNICATIONS_EMAIL,
        summary=account.summary,
        purpose=account.purpose,
        audience=account.audience,
        topics=account.topics,
        uses=tuple(account.uses_in_words),
        **_ended(account),
    )


def _ended(account: Account) -> dict[str, Any]:
    """Return when a closed account ended, and the one that everyone may see instead."""
    if account.status != AccountStatus.CLOSED:
        return {}
    closing = Closing.objects.confirmed().select_related("successor__platform").get(account=account)
    successor = closing.successor
    if successor is None or successor.status not in PUBLIC_ACCOUNT:
        return {"ended_on": closing.ended_on}
    return {"ended_on": closing.ended_on, "successor": Successor(successor.pk, str(successor))}


# SQL and not the ORM: to build these two, and records of the rows, took longer than all the rest of the page.
# {accounts} is the ORM's own statement, so what narrows the list down is said in one place.
# The limits keep PostgreSQL at one board after the other, so that it stops where enough is counted.
COUNT_BY_BOARD = """
SELECT first.id, min(first.public_name), count(*)
FROM (SELECT board.* FROM (SELECT * FROM accounts_board ORDER BY "order", sort_key, id) AS board
      CROSS JOIN LATERAL (SELECT FROM ({accounts}) AS account WHERE account.board_id = board.id LIMIT {most}) AS account
      ORDER BY board."order", board.sort_key, board.id LIMIT {most}) AS first
GROUP BY first."order", first.sort_key, first.id
ORDER BY first."order", first.sort_key, first.id
"""
# In the order of the index `account_in_public_order`, which is read up to the last row and no further.
PART_OF_BOARD = """
(SELECT {place} AS place, account.id FROM ({accounts}) AS account WHERE account.board_id = %s
 ORDER BY account.sort_key, account.unit_id, account.platform_id, account.id LIMIT %s OFFSET %s)
"""
ROWS = """
SELECT key.place, account.id, account.name, account.summary, account.unit_id, platform.name, platform."order"
FROM ({parts}) AS key
JOIN accounts_account AS account ON account.id = key.id
JOIN accounts_platform AS platform ON platform.id = account.platform_id
ORDER BY key.place, account.sort_key, account.unit_id, account.platform_id, account.id
"""


class Counted(NamedTuple):
    """A board, and how many accounts it has among those that were counted."""

    board: UUID
    heading: str
    number: int


class PublicPages(LongList):
    """The public list in the boards' order.

    One query counts the boards' accounts through a small index, a thousand or as far as the page lies; one reads the
    page's part of each board from another index, in order.
    """

    def __init__(self, accounts: QuerySet) -> None:
        super().__init__(accounts, PAGE_SIZE)
        columns = accounts.order_by().values("id", "board_id", "sort_key", "unit_id", "platform_id")
        # elide_empty: a search that cannot find anything is still a statement.
        self._accounts, self._given = columns.query.get_compiler(connection=connection, elide_empty=False).as_sql()

    @property
    def count(self) -> int:
        """How many there are, at most one more than is counted."""
        return sum(counted.number for counted in self._boards)

    def page(self, number: object) -> LongPage:
        """Return a page of rows."""
        valid = self.validate_number(number)
        first = (valid - 1) * self.per_page
        rows = self._rows(first, first + self.per_page + 1)  # one more tells whether a page follows
        return LongPage(rows[: self.per_page], valid, self, more=len(rows) > self.per_page)

    @cached_property
    def _boards(self) -> list[Counted]:
        return self._count_by_board(COUNTED + 1)

    def _count_by_board(self, most: int) -> list[Counted]:
        rows = _fetch(COUNT_BY_BOARD.format(accounts=self._accounts, most=most), self._given)
        return [Counted(*columns) for columns in rows]

    def _rows(self, start: int, stop: int) -> list[Row]:
        boards = self._boards if self.is_counted or stop <= COUNTED + 1 else self._count_by_board(stop)
        parts: list[str] = []
        given: list[object] = []
        before = 0
        for place, (board, _heading, number) in enumerate(boards):
            first, last = max(start - before, 0), min(stop - before, number)
            before += number
            if first < last:
                parts.append(PART_OF_BOARD.format(place=place, accounts=self._accounts))
                given += [*self._given, board, last - first, first]
        if not parts:
            return []
        rows = _fetch(ROWS.format(parts="UNION ALL".join(parts)), given)
        return [Row(*boards[place][:2], *columns) for place, *columns in rows]


def _fetch(statement: str, given: Sequence[object]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def grouped(rows: Iterable[Row]) -> list[Group]:
    """Return a page's accounts by board, those of the same name and unit in one row."""
    # Each account's own page lies below the list. Fifty calls of `reverse` take as long as the fifty rows.
    below = reverse("accounts:public-list")
    return [
        Group(heading=heading, rows=list(_channels(in_board, below)))
        for (_board, heading), in_board in groupby(rows, key=itemgetter(0, 1))
    ]


def _channels(rows: Iterable[Row], below: str) -> Iterator[Channels]:
    for (name, _unit), same in groupby(rows, key=attrgetter("name", "unit")):
        together = sorted(same, key=attrgetter("platform_order"))
        accounts = [Channel(platform=row.platform, url=f"{below}{row.id}/") for row in together]
        yield Channels(name=name, summary=together[0].summary, accounts=accounts)
