"""The public list and the register, against their floors, through Django's test client."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench import floor
from tests.bench.report import Demand, Line, thousands
from tests.bench.timing import TO_SHOW, in_turn
from tests.bench.volumes import Volume

LIMIT: Final = 1.5


@dataclass(frozen=True)
class List:
    """A list of accounts. `is_public`: read by nobody in particular; else by kommunikationsenheten."""

    name: str
    path: str
    floor: str
    is_public: bool

    def client(self, volume: Volume) -> Client:
        return volume.client(None if self.is_public else volume.cast.communicator)


LISTS: Final = (
    List("Offentliga listan", "/konton/", floor.PUBLIC, is_public=True),
    List("Registret", "/register/", floor.REGISTER, is_public=False),
)


def against_floor(shown: List, volume: Volume) -> Line:
    """Return how many times as long as its floor the first page takes."""
    client = shown.client(volume)
    times = in_turn({path: _get(client, path) for path in (shown.path, shown.floor)})
    number = len(queries(client, shown.path))
    return Line(
        f"{shown.name} mot golvet",
        thousands(volume.accounts),
        f"{number} ({len(queries(client, shown.floor))})",
        times.ratio(shown.path, shown.floor),
        LIMIT,
    )


def same_number_of_queries(shown: List, small: Volume, large: Volume) -> Demand:
    """Tell whether the list asks as many questions however many accounts there are."""
    numbers = [len(queries(shown.client(volume), shown.path)) for volume in (small, large)]
    found = f"{numbers[0]} vid {thousands(small.accounts)}, {numbers[1]} vid {thousands(large.accounts)}"
    return Demand(f"{shown.name}, lika många frågor", found, numbers[0] == numbers[1])


def growth(shown: List, small: Volume, large: Volume) -> Iterator[Line]:
    """Return how many times as long the page, and its floor, take in the large volume as in the small."""
    for name, path in ((shown.name, shown.path), (f"{shown.name}, golvet", shown.floor)):
        works = {}
        for volume in (small, large):
            works[str(volume.accounts)] = _get(shown.client(volume), path, volume)
        between = f"{thousands(large.accounts)}/{thousands(small.accounts)}"
        yield Line(
            f"Växt: {name}", between, "", in_turn(works, TO_SHOW).ratio(str(large.accounts), str(small.accounts))
        )


def other_pages(shown: List, volume: Volume) -> Iterator[Line]:
    """Return how many times as long as the first page a page in the middle, the last one and a search take."""
    client = shown.client(volume)
    last = volume.public_pages if shown.is_public else volume.pages
    asked = {"mitten": f"?page={last // 2}", "sista sidan": f"?page={last}", "en sökning": "?q=biblioteket"}
    times = in_turn({query: _get(client, shown.path + query) for query in ("", *asked.values())}, TO_SHOW)
    for name, query in asked.items():
        number = len(queries(client, shown.path + query))
        yield Line(f"{shown.name}: {name} mot första", thousands(volume.accounts), str(number), times.ratio(query, ""))


def queries(client: Client, path: str) -> list[str]:
    """Return the SQL of one request."""
    with CaptureQueriesContext(connections["default"]) as captured:
        client.get(path)
    return [query["sql"] for query in captured.captured_queries]


def _get(client: Client, path: str, volume: Volume | None = None) -> Callable[[], Any]:
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} svarade {response.status_code}")

    def get() -> Any:
        if volume is not None:
            volume.use()
        return client.get(path)

    return get
