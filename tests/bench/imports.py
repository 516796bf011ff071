"""Reading in accounts from a file, against Django's own bulk_create of the very same rows and their history."""

import gc
import tracemalloc
from collections.abc import Callable
from typing import Final

from django.db import models, transaction

from accounts.enums import ImportStatus
from accounts.models import Account, AccountImport, Assignment, User
from accounts.services import imports
from laholm_sociala.common.history import TrackedModel
from tests.bench.report import Demand, Line, thousands
from tests.bench.timing import Ratio, rolled_back
from tests.bench.volumes import Volume
from tests.clock import NOW
from tests.spreadsheets import accounts_file, as_csv, as_excel

LIMIT: Final = 3.0
ROWS: Final = 5_000
FEW_ROWS, MANY_ROWS = 1_000, 4_000
# What one more row may cost: its own text in the file, and the mark by which a second one like it is known.
MOST_BYTES_A_ROW: Final = 500
ROUNDS: Final = 3


def measure_import(volume: Volume) -> tuple[list[Line], list[Demand]]:
    """Return how many times as long as bulk_create an import takes, from the file's bytes to the last history row."""
    lines = [_against_bulk_create(volume, kind, make) for kind, make in (("CSV", as_csv), ("Excel", as_excel))]
    return lines, [_flat_memory(volume)]


def _against_bulk_create(volume: Volume, kind: str, make: Callable[[list[list[str]]], bytes]) -> Line:
    volume.use()
    ready = _ready(volume, make(accounts_file(ROWS, person=volume.cast.assistant.email)))
    accounts, assignments = _what_it_makes(ready)
    by = volume.cast.communicator
    ours: list[float] = []
    plain: list[float] = []
    for number in range(ROUNDS + 1):
        pair = [
            (ours, lambda: imports.apply(ready.pk, now=NOW)),
            (plain, lambda: _bulk_create(by, accounts, assignments)),
        ]
        for seconds, work in pair if number % 2 else reversed(pair):
            seconds.append(rolled_back(work))
    # The first round warms up.
    ratio = Ratio(tuple(one / other for one, other in zip(ours[1:], plain[1:], strict=True)))
    return Line(f"Läsa in {thousands(ROWS)} konton från {kind} mot bulk_create", "", "", ratio, LIMIT)


def _flat_memory(volume: Volume) -> Demand:
    volume.use()
    small, large = (_peak(_ready(volume, as_csv(accounts_file(rows)))) for rows in (FEW_ROWS, MANY_ROWS))
    each = (large - small) / (MANY_ROWS - FEW_ROWS)
    text = f"{_megabytes(small)} för {thousands(FEW_ROWS)} rader, {each:.0f} byte för varje rad till"
    return Demand("Läsa in konton, minne", text, each <= MOST_BYTES_A_ROW)


def _ready(volume: Volume, content: bytes) -> AccountImport:
    """Return a file that is checked and about to be read in."""
    # One at a time: what was measured last is left as it was.
    AccountImport.objects.filter(status=ImportStatus.APPLYING).update(status=ImportStatus.REFUSED)
    with transaction.atomic():
        made = imports.upload(file_name="mätning", content=content, by=volume.cast.communicator, now=NOW)
    imports.check(made.pk, now=NOW)
    with transaction.atomic():
        imports.start(made.pk, by=volume.cast.communicator, now=NOW)
    return AccountImport.objects.get(pk=made.pk)


def _what_it_makes(ready: AccountImport) -> tuple[list[Account], list[Assignment]]:
    """Return the rows that the import writes, to be written once more in the plainest way."""
    with transaction.atomic():
        imports.apply(ready.pk, now=NOW)
        accounts = list(Account.objects.filter(imported_from=ready))
        assignments = list(Assignment.objects.filter(account__imported_from=ready))
        transaction.set_rollback(True)
    if not len(accounts) == len(assignments) == ROWS:
        raise RuntimeError("Inläsningen skrev inte alla rader: måttet jämför inte samma arbete.")
    return accounts, assignments


def _bulk_create(by: User, *kinds: list[Account] | list[Assignment]) -> None:
    for rows in kinds:
        model: type[TrackedModel] = type(rows[0])
        # Past our own queryset, which refuses: this is what an import without it would do.
        models.QuerySet(model).bulk_create(rows, batch_size=500)
        model.history.bulk_history_create(  # type: ignore[attr-defined]
            rows, batch_size=500, default_user=by, default_change_reason="Mätning", default_date=NOW
        )


def _peak(ready: AccountImport) -> int:
    gc.collect()
    tracemalloc.start()
    with transaction.atomic():
        imports.apply(ready.pk, now=NOW)
        transaction.set_rollback(True)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def _megabytes(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB".replace(".", ",")
