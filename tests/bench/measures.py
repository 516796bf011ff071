"""Every measure, in the order it is shown."""

import sys

from tests.bench import pdf
from tests.bench.diary import measure_diary
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
from tests.bench.report import Line, table
from tests.bench.volumes import volumes
from tests.bench.worktime import measure_worktime

SMALL, LARGE = 200, 20_000
INTRODUCTION = """
Kvoten är medianen av många varv där sidan och golvet mäts växelvis, i samma process, genom Djangos testklient;
spridningen är den mittersta halvan. Golvet: samma ram och filterformulär, en osorterad fråga mot en tabell och
en slinga med lika många rader. Frågor: sidans, inom parentes golvets.
"""


def measure() -> int:
    """Measure and print; return 1 where a limit does not hold."""
    worked = measure_worktime()
    _say("\n".join(map(str, worked)))
    with volumes([SMALL, LARGE]) as (small, large):
        _say(INTRODUCTION)
        everything = (*LISTS, *SEARCHES)
        judged = [against_floor(shown, volume) for shown in everything for volume in (small, large)]
        judged += [not_modified(large), pdf.against_weasyprint(small)]
        _say(table(judged))
        grown = [line for shown in everything for line in growth(shown, small, large)]
        _say("\n" + table(grown))
        demands = [same_number_of_queries(shown, small, large) for shown in everything]
        demands += [reads_few_rows(shown, large) for shown in LISTS]
        _say("\n" + "\n".join(str(demand) for demand in demands))
        shown_only: list[Line] = []
        for shown in LISTS:
            shown_only += other_pages(shown, large)
        _say("\nUtan gräns, för den som bygger vidare:\n" + table(shown_only))
        # Last: it writes, and leaves the tables larger than the pages were measured on.
        read_in, memory = measure_import(small)
        _say("\n" + table(read_in) + "\n\n" + "\n".join(map(str, memory)))
    queue, queue_demands = measure_queue()
    _say("\n" + table(queue) + "\n\n" + "\n".join(map(str, queue_demands)))
    diary, diary_demands = measure_diary()
    _say("\n" + table(diary) + "\n\n" + "\n".join(map(str, diary_demands)))
    reports, none_lost = measure_reports()
    _say("\n" + table([reports]) + f"\n\n{none_lost}")
    found = (
        *worked,
        *judged,
        *grown,
        *demands,
        *read_in,
        *memory,
        *queue,
        *queue_demands,
        *diary,
        *diary_demands,
        reports,
        none_lost,
    )
    return int(not all(measured.holds for measured in found))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
