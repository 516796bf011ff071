"""The queue with 500 posts waiting, among a thousand and among 200 000 closed, and a calendar that moves 10 000."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Assignment, User
from accounts.services.terms import Terms, terms_in_force
from laholm_sociala.seed import cases as seed
from laholm_sociala.seed.source import Source
from moderation.models import Case
from moderation.services.recompute import MOMENTS, OpenCases
from tests.bench import floor
from tests.bench.pages import queries
from tests.bench.report import Demand, Line, thousands
from tests.bench.timing import Ratio, in_turn, rolled_back
from tests.bench.volumes import SEED, Volume, filled
from tests.database import TestDatabase

LIMIT: Final = 1.5
MOST_GROWTH: Final = 1.2
MOST_AGAINST_BULK_UPDATE: Final = 3.0
ACCOUNTS: Final = 200
WAITING: Final = 500
FEW, MANY = 1_000, 200_000
MOVED: Final = 10_000
ROUNDS: Final = 3


@dataclass(frozen=True)
class Reader:
    """Who opens the queue: kommunikationsenheten sees all boards, an editor the own board's and what may be secret."""

    name: str
    person: Callable[[Volume], User]


READERS: Final = (
    Reader("Kön", lambda volume: volume.cast.communicator),
    Reader("Kön, för en redaktör", lambda volume: _editor()),
)


def measure_queue() -> tuple[list[Line], list[Demand]]:
    """Return the queue against its floor, its growth and its number of queries, and the recomputing."""
    lines: list[Line] = []
    demands: list[Demand] = []
    with queue_volumes() as (small, large):
        for reader in READERS:
            lines += [_against_floor(reader, volume, closed) for volume, closed in ((small, FEW), (large, MANY))]
            lines.append(_growth(reader, small, large))
            demands.append(_same_number_of_queries(reader, small, large))
        lines.append(_against_bulk_update(small))
    return lines, demands


@contextmanager
def queue_volumes() -> Iterator[list[Volume]]:
    """Make a database with few closed posts and one with many; drop them afterwards."""
    with ExitStack() as stack:
        made = []
        for closed in (FEW, MANY):
            database = TestDatabase(f"benchqueue{closed}")
            stack.callback(database.destroy)
            made.append(filled(database, ACCOUNTS, also=_posts(closed)))
        yield made


def _posts(closed: int) -> Callable[[], None]:
    return lambda: seed.make(Source(SEED), waiting=WAITING, closed=closed, now=timezone.now())


def _editor() -> User:
    return Assignment.objects.filter(to_date=None).order_by("id").select_related("user").first().user


def _pages(reader: Reader, volume: Volume) -> tuple[Callable[[], object], Callable[[], object]]:
    volume.use()
    client = volume.client(reader.person(volume))
    path = reverse("moderation:case-list")
    rows = client.get(path).content.count(b'id="inlagg-')
    if not rows:
        raise RuntimeError(f"{path} har inga rader.")

    def page() -> object:
        volume.use()
        return client.get(path)

    def plain() -> object:
        volume.use()
        return client.get(f"{floor.QUEUE}?rader={rows}")

    return page, plain


def _against_floor(reader: Reader, volume: Volume, closed: int) -> Line:
    page, plain = _pages(reader, volume)
    client = volume.client(reader.person(volume))
    asked = f"{len(queries(client, reverse('moderation:case-list')))} ({len(queries(client, floor.QUEUE))})"
    times = in_turn({"page": page, "plain": plain})
    return Line(f"{reader.name} mot golvet", f"{thousands(closed)} klara", asked, times.ratio("page", "plain"), LIMIT)


def _growth(reader: Reader, small: Volume, large: Volume) -> Line:
    times = in_turn({"small": _pages(reader, small)[0], "large": _pages(reader, large)[0]})
    between = f"{thousands(MANY)}/{thousands(FEW)} klara"
    return Line(f"Växt: {reader.name}", between, "", times.ratio("large", "small"), MOST_GROWTH)


def _same_number_of_queries(reader: Reader, small: Volume, large: Volume) -> Demand:
    numbers = []
    for volume in (small, large):
        volume.use()
        numbers.append(len(queries(volume.client(reader.person(volume)), reverse("moderation:case-list"))))
    found = f"{numbers[0]} bland {thousands(FEW)} klara, {numbers[1]} bland {thousands(MANY)}"
    return Demand(f"{reader.name}, lika många frågor", found, numbers[0] == numbers[1])


def _against_bulk_update(volume: Volume) -> Line:
    """Return how many times as long moving 10 000 deadlines takes, with history, as bulk_update of the same rows."""
    volume.use()
    with transaction.atomic():
        seed.make(Source(SEED), waiting=MOVED, closed=0, first=FEW + WAITING, now=timezone.now())
    terms = _other_terms()
    ours: list[float] = []
    plain: list[float] = []
    for number in range(ROUNDS + 1):
        pair = [(ours, lambda: _recompute(terms, volume)), (plain, lambda: _bulk_update(terms))]
        for seconds, work in pair if number % 2 else reversed(pair):
            seconds.append(rolled_back(work))
    # The first round warms up.
    ratio = Ratio(tuple(one / other for one, other in zip(ours[1:], plain[1:], strict=True)))
    what = f"Räkna om {thousands(MOVED)} tidsfrister mot bulk_update"
    return Line(what, "", "", ratio, MOST_AGAINST_BULK_UPDATE)


def _other_terms() -> Terms:
    terms = terms_in_force(timezone.now())
    terms.guideline.limit_hours = 24 * 20  # so that each of them moves
    return terms


def _recompute(terms: Terms, volume: Volume) -> None:
    moved = OpenCases().recompute(terms, volume.cast.communicator, timezone.now())
    if moved < MOVED * 0.7:
        raise RuntimeError(f"Bara {moved} tidsfrister flyttades: måttet jämför inte samma arbete.")


def _bulk_update(terms: Terms) -> None:
    """Do what anyone would write, without history: read the same rows, and move them by a number of days."""
    cases = list(Case.objects.to_review().filter(late_since__isnull=True, handle_by__gt=timezone.now()))
    for case in cases:
        for moment in MOMENTS:
            setattr(case, moment, getattr(case, moment) + timedelta(days=1))
        case.guideline, case.calendar_version = terms.guideline, terms.calendar_version
        case.version += 1
    # Past our own queryset, which refuses.
    models.QuerySet(Case).bulk_update(cases, [*MOMENTS, "guideline", "calendar_version", "version"], batch_size=500)
