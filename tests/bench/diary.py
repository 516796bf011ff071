"""The diarium at a thousand and at 200 000 handlingar against its floor, and registering in it."""

from collections.abc import Callable
from typing import Final

from django.urls import reverse

from accounts.models import User
from tests.archive.factories import registrar_of
from tests.bench import diary_writing as writing
from tests.bench import floor
from tests.bench.diary_volumes import diary_volumes
from tests.bench.pages import queries
from tests.bench.report import Demand, Line, thousands
from tests.bench.timing import in_turn
from tests.bench.volumes import Volume

LIMIT: Final = 1.5
MOST_GROWTH: Final = 1.3
FEW, MANY = 1_000, 200_000
WRITERS: Final = (1, 2, 4, 8)
ROW: Final = b'role="rowheader"'
ASKED: Final = {
    "Diariet": "",
    "Diariet, ett ord i var femte": "?q=dörröppnaren",
    "Diariet, del av ett ord": "?q=öppn",
    "Diariet, två ord": "?q=biblioteket+synpunkter",
    "Diariet, ett nummer": "?q=2020-000401",
    "Diariet, inget att finna": "?q=sovjettrumpet",
    "Diariet, alla filter": "?q=simhallen&riktning=incoming&fran=2020-01-05",
}


def measure_diary() -> tuple[list[Line], list[Demand]]:
    """Return the diarium's pages against their floor, their growth and queries, and what registering costs."""
    lines: list[Line] = []
    demands: list[Demand] = []
    with diary_volumes([FEW, MANY]) as (small, large):
        for volume in (small, large):
            volume.use()
            registrar_of(volume.cast.culture_board)
        for name, asked in ASKED.items():
            lines += [_against_floor(name, asked, volume, size) for volume, size in ((small, FEW), (large, MANY))]
            lines.append(_growth(name, asked, small, large))
            demands.append(_same_number_of_queries(name, asked, small, large))
    lines.append(writing.register_against_insert())
    demands += [writing.no_gap(writers) for writers in WRITERS]
    return lines, demands


def _registrar(volume: Volume) -> User:
    volume.use()
    return User.objects.filter(role_assignments__board=volume.cast.culture_board, title="registrator").get()


def _pages(asked: str, volume: Volume) -> tuple[Callable[[], object], Callable[[], object], int]:
    volume.use()
    client = volume.client(_registrar(volume))
    path = reverse("archive:document-list") + asked
    rows = client.get(path).content.count(ROW)

    def page() -> object:
        volume.use()
        return client.get(path)

    def plain() -> object:
        volume.use()
        return client.get(f"{floor.DIARY}?rader={rows}")

    return page, plain, rows


def _against_floor(name: str, asked: str, volume: Volume, size: int) -> Line:
    page, plain, rows = _pages(asked, volume)
    client = volume.client(_registrar(volume))
    path = reverse("archive:document-list") + asked
    number = f"{len(queries(client, path))} ({len(queries(client, f'{floor.DIARY}?rader={rows}'))})"
    times = in_turn({"page": page, "plain": plain})
    what = f"{thousands(size)} handl., {rows} rader"
    return Line(f"{name} mot golvet", what, number, times.ratio("page", "plain"), LIMIT)


def _growth(name: str, asked: str, small: Volume, large: Volume) -> Line:
    """Return how many times as long the page takes; where it has more rows in the large, against its floor's growth."""
    (page, plain, rows), (large_page, large_plain, large_rows) = _pages(asked, small), _pages(asked, large)
    works = {"page": page, "plain": plain, "large page": large_page, "large plain": large_plain}
    times = in_turn(works)
    grown = times.ratio("large page", "page")
    between = f"{thousands(MANY)}/{thousands(FEW)}"
    if rows == large_rows:
        return Line(f"Växt: {name}", between, "", grown, MOST_GROWTH)
    more = grown.over(times.ratio("large plain", "plain"))
    return Line(f"Växt: {name}, mot golvets", between, "", more, MOST_GROWTH)


def _same_number_of_queries(name: str, asked: str, small: Volume, large: Volume) -> Demand:
    numbers = []
    for volume in (small, large):
        client = volume.client(_registrar(volume))
        numbers.append(len(queries(client, reverse("archive:document-list") + asked)))
    found = f"{numbers[0]} vid {thousands(FEW)}, {numbers[1]} vid {thousands(MANY)}"
    return Demand(f"{name}, lika många frågor", found, numbers[0] == numbers[1])
