"""The public list and the register, against their floors, through Django's test client."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import AccountStatus, Use
from laholm_sociala.seed.source import Source
from tests.bench import floor, schools
from tests.bench.report import Demand, Line, thousands
from tests.bench.timing import TO_SHOW, in_turn
from tests.bench.volumes import SEED, Volume

LIMIT: Final = 1.5
MOST_GROWTH: Final = 1.2
# How the register marks a row; the public list always has a full page here.
ROW: Final = b'role="rowheader"'


@dataclass(frozen=True)
class List:
    """A list of accounts. `is_public`: read by nobody in particular; else by kommunikationsenheten."""

    name: str
    path: str
    floor: str
    is_public: bool = False

    def client(self, volume: Volume) -> Client:
        return volume.client(None if self.is_public else volume.cast.communicator)

    def rows(self, volume: Volume) -> int:
        """Return how many rows the first page has."""
        return floor.ROWS if self.is_public else _answer(self.client(volume), self.path).content.count(ROW)

    def floor_for(self, volume: Volume) -> str:
        """Return the path of the floor with as many rows."""
        return f"{self.floor}?rader={self.rows(volume)}"


def _register(**asked: str) -> str:
    return f"{reverse('accounts:account-list')}?{urlencode(asked)}"


# Each leaves a page and more, however many accounts there are: see tests.bench.schools.
EVERY_FILTER: Final = {
    "q": "skolan",
    "namnd": str(Source(SEED).key("board", 0)),
    "kanal": schools.PLATFORM,
    "lage": AccountStatus.ACTIVE,
    "verksamhet": "skolan",
    "anvandning": Use.AUDIENCES,
    "ansvarig": "e",
    "saknar": "on",
    "ordning": "verksamhet",
}
LISTS: Final = (
    List("Offentliga listan", reverse("accounts:public-list"), floor.PUBLIC, is_public=True),
    List("Registret", reverse("accounts:account-list"), floor.REGISTER),
)
SEARCHES: Final = (
    List("Registret, sökning", _register(q="skolan"), floor.REGISTER),
    List("Registret, verksamhet och person", _register(verksamhet="a", ansvarig="e"), floor.REGISTER),
    List("Registret, alla filter och sökning", _register(**EVERY_FILTER), floor.REGISTER),
)


def against_floor(shown: List, volume: Volume) -> Line:
    """Return how many times as long as its floor the first page takes."""
    client = shown.client(volume)
    below = shown.floor_for(volume)
    times = in_turn({path: _get(client, path) for path in (shown.path, below)})
    number = len(queries(client, shown.path))
    return Line(
        f"{shown.name} mot golvet",
        thousands(volume.accounts),
        f"{number} ({len(queries(client, below))})",
        times.ratio(shown.path, below),
        LIMIT,
    )


def not_modified(volume: Volume) -> Line:
    """Return how many times as long as a page of one row the answer 304 takes."""
    shown = LISTS[0]
    client = shown.client(volume)
    known = {"HTTP_IF_NONE_MATCH": _answer(client, shown.path).headers["ETag"]}
    if client.get(shown.path, **known).status_code != 304:
        raise RuntimeError("Listan svarade inte 304.")
    times = in_turn({"304": lambda: client.get(shown.path, **known), "one row": _get(client, floor.ONE_ROW)})
    return Line(
        "Offentliga listan, 304 mot en rad",
        thousands(volume.accounts),
        f"{len(queries(client, shown.path, **known))} ({len(queries(client, floor.ONE_ROW))})",
        times.ratio("304", "one row"),
        LIMIT,
    )


def same_number_of_queries(shown: List, small: Volume, large: Volume) -> Demand:
    """Tell whether the list asks as many questions however many accounts there are."""
    numbers = [len(queries(shown.client(volume), shown.path)) for volume in (small, large)]
    found = f"{numbers[0]} vid {thousands(small.accounts)}, {numbers[1]} vid {thousands(large.accounts)}"
    return Demand(f"{shown.name}, lika många frågor", found, numbers[0] == numbers[1])


def growth(shown: List, small: Volume, large: Volume) -> Iterator[Line]:
    """Return how many times as long the page takes in the large volume as in the small, and its floor's own growth.

    Raises RuntimeError where it has more rows in one than in the other: then it would be the rows that grow.
    """
    if shown.rows(small) != shown.rows(large):
        raise RuntimeError(f"{shown.name} har {shown.rows(small)} rader, och {shown.rows(large)} i den stora volymen.")
    works = {}
    for volume in (small, large):
        works[f"page {volume.accounts}"] = _get(shown.client(volume), shown.path, volume)
        works[f"floor {volume.accounts}"] = _get(shown.client(volume), shown.floor_for(volume), volume)
    times = in_turn(works)
    page, below = (times.ratio(f"{what} {large.accounts}", f"{what} {small.accounts}") for what in ("page", "floor"))
    between = f"{thousands(large.accounts)}/{thousands(small.accounts)}"
    yield Line(f"Växt: {shown.name}", between, "", page, MOST_GROWTH)
    yield Line("  golvets egen växt", between, "", below)


def other_pages(shown: List, volume: Volume) -> Iterator[Line]:
    """Return how many times as long as the first page a page in the middle, the last one and a search take."""
    client = shown.client(volume)
    last = volume.public_pages if shown.is_public else volume.pages
    asked = {"mitten": f"?page={last // 2}", "sista sidan": f"?page={last}", "en sökning": "?q=biblioteket"}
    times = in_turn({query: _get(client, shown.path + query) for query in ("", *asked.values())}, TO_SHOW)
    for name, query in asked.items():
        number = len(queries(client, shown.path + query))
        yield Line(f"{shown.name}: {name} mot första", thousands(volume.accounts), str(number), times.ratio(query, ""))


def queries(client: Client, path: str, **headers: str) -> list[str]:
    """Return the SQL of one request, but not of what is then kept for a while."""
    client.get(path, **headers)
    with CaptureQueriesContext(connections["default"]) as captured:
        client.get(path, **headers)
    return [query["sql"] for query in captured.captured_queries]


def _answer(client: Client, path: str) -> Any:
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} svarade {response.status_code}")
    return response


def _get(client: Client, path: str, volume: Volume | None = None) -> Callable[[], Any]:
    _answer(client, path)

    def get() -> Any:
        if volume is not None:
            volume.use()
        return client.get(path)

    return get
