"""What everyone may know about an account, and nothing else (R05, R34)."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet

from accounts.models import Account

PAGE_SIZE = 50


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


@dataclass(frozen=True)
class Channels:
    """One name with its channels: a row of the list."""

    name: str
    summary: str
    accounts: tuple[PublicAccount, ...]


@dataclass(frozen=True)
class Group:
    """A board's rows, under its public heading."""

    heading: str
    rows: tuple[Channels, ...]


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
    )


class PublicPages:
    """The public list in the boards' order, a page at a time.

    The database reads each board's slice from its index, so a page costs the same at 200 accounts as at 20,000:
    one query for how many each board has, one for the page's keys, one for its rows.
    """

    def __init__(self, accounts: QuerySet) -> None:
        boards = accounts.order_by().values("board", "board__order", "board__sort_key", "board__public_name")
        self._accounts = accounts
        self._boards = sorted(
            boards.annotate(number=Count("pk")), key=lambda row: (row["board__order"], row["board__sort_key"])
        )
        self.count = sum(row["number"] for row in self._boards)

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, part: slice) -> list[Account]:
        keys = self._keys(part.start or 0, part.stop)
        if not keys:
            return []
        rows = {row.pk: row for row in Account.objects.filter(pk__in=keys).select_related("platform", "unit", "board")}
        return [rows[key] for key in keys if key in rows]

    def _keys(self, start: int, stop: int) -> list[UUID]:
        slices, before = [], 0
        for board in self._boards:
            first, last = max(start - before, 0), min(stop - before, board["number"])
            before += board["number"]
            if first < last:
                slices.append(self._slice(board["board"], first, last))
        if not slices:
            return []
        together = slices[0].union(*slices[1:], all=True) if len(slices) > 1 else slices[0]
        return [row[0] for row in together]

    def _slice(self, board: UUID, first: int, last: int) -> QuerySet:
        ordered = self._accounts.filter(board=board).order_by("sort_key", "unit", "platform")
        return ordered.values_list("pk")[first:last]


def grouped(accounts: Iterable[Account]) -> list[Group]:
    """Return a page's accounts by board, those of the same name and unit in one row."""
    groups = []
    for heading, in_board in groupby(accounts, key=lambda account: account.board.public_name):
        rows = [
            Channels(name, together[0].summary, tuple(public_account(account) for account in together))
            for (name, _unit), same in groupby(in_board, key=lambda account: (account.name, account.unit_id))
            if (together := sorted(same, key=lambda account: account.platform.order))
        ]
        groups.append(Group(heading, tuple(rows)))
    return groups
