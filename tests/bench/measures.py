"""Every measure, in the order it is shown."""

import sys
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Final

from tests.bench import pdf
from tests.bench.capturing import measure_capture
from tests.bench.diary import measure_diary
from tests.bench.disposal import measure_disposal
from tests.bench.fixity import measure_fixity
from tests.bench.imports import measure_import
from tests.bench.pages import (
    LISTS,
    SEARCHES,
    against_floor,
    growth,
    not_modified,
    other_pages,
    same_number_of_queries,
)
from tests.bench.plans import reads_few_rows
from tests.bench.public_reports import measure_reports
from tests.bench.queue import measure_queue
from tests.bench.report import Demand, Line, table
from tests.bench.volumes import volumes
from tests.bench.worktime import measure_worktime

SMALL, LARGE = 200, 20_000
INTRODUCTION = """
Kvoten är medianen av många varv där sidan och golvet mäts växelvis, i samma process, genom Djangos testklient;
spridningen är den mittersta halvan. Golvet: samma ram och filterformulär, en osorterad fråga mot en tabell och
en slinga med lika många rader. Frågor: sidans, inom parentes golvets. Mått utan gräns är för den som bygger vidare.
"""


def measure(asked: Sequence[str]) -> int:
    """Measure the parts asked for, or all; print what was found, and return 1 where a limit does not hold."""
    if unknown := set(asked) - set(PARTS):
        _say(f"Okänt: {', '.join(sorted(unknown))}. Delarna är {', '.join(PARTS)}.")
        return 2
    _say(INTRODUCTION)
    held = [_measure(part) for part in asked or PARTS]
    return int(not all(held))


def _measure(part: str) -> bool:
    started = perf_counter()
    lines, demands = PARTS[part]()
    seconds = perf_counter() - started
    _say(f"{part}, mätt på {seconds:.0f} sekunder")
    if lines:
        _say(table(lines))
    _say("\n".join(map(str, demands)) + "\n")
    return all(measured.holds for measured in (*lines, *demands))


def _lists() -> tuple[list[Line], list[Demand]]:
    """Return the public list, the register and its searches; and, last of all because it writes, the import."""
    with volumes([SMALL, LARGE]) as (small, large):
        everything = (*LISTS, *SEARCHES)
        lines = [against_floor(shown, volume) for shown in everything for volume in (small, large)]
        lines += [not_modified(large), pdf.against_weasyprint(small)]
        lines += [line for shown in everything for line in growth(shown, small, large)]
        lines += [line for shown in LISTS for line in other_pages(shown, large)]
        demands = [same_number_of_queries(shown, small, large) for shown in everything]
        demands += [reads_few_rows(shown, large) for shown in LISTS]
        read_in, memory = measure_import(small)
    return [*lines, *read_in], [*demands, *memory]


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


PARTS: Final[dict[str, Callable[[], tuple[list[Line], list[Demand]]]]] = {
    "arbetstid": measure_worktime,
    "listor": _lists,
    "kö": measure_queue,
    "diarium": measure_diary,
    "rapporter": measure_reports,
    "ögonblicksbilder": measure_capture,
    "gallring": measure_disposal,
    "filer": measure_fixity,
}
