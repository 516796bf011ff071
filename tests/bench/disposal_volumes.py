"""Boards with closed posts that may go: each with its content, a kept copy, what was done with it, and its history."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Final

from django.db import transaction

from accounts.models import Board, User
from archive.enums import RuleAction, StartsFrom
from archive.models import DisposalRun
from archive.retention import record_types
from archive.services import disposal_run
from archive.services.retention_plan import Terms
from laholm_sociala.common.history import change_with_history
from laholm_sociala.seed import cases as seed
from laholm_sociala.seed.source import Source
from moderation.enums import ActionKind
from moderation.models import Action, Case, Evidence
from tests.archive.factories import SeriesFactory, archive_head_of, archivist_of, decided_plan
from tests.cast import Cast, gather_cast
from tests.clock import NOW, TODAY
from tests.database import session
from tests.moderation.factories import library_account

SEED: Final = 1
# More than fits in a row: read and thrown away as a picture of any size is, page by page.
PICTURE_BYTES: Final = 8_000
BATCH: Final = 1_000
AT_ONCE: Final = Terms(RuleAction.AFTER_YEARS, 0, StartsFrom.CREATED)


def fill(posts: int, *, whole: bool = True) -> Board:
    """Fill the database at hand with a board's posts, and its decided plan by which all of them may go."""
    with transaction.atomic():
        cast = gather_cast()
        library_account(cast)
        SeriesFactory(board=cast.culture_board)
        seed.make(Source(SEED), waiting=0, closed=posts, now=NOW, board=cast.culture_board)
        if whole:
            _add_what_belongs_to_them(cast)
        may_go = [one.code for one in record_types() if not (one.preserved_because or one.clears_itself)]
        decided_plan(cast.culture_board, valid_from=TODAY, **dict.fromkeys(may_go, AT_ONCE))
    analyze()
    return cast.culture_board


def approved(board: Board) -> DisposalRun:
    """Return a gallring of all that is due at the board, decided on."""
    run = disposal_run.prepare(board, TODAY, by=archivist_of(board), now=NOW)
    run = disposal_run.submit(run.pk, by=run.prepared_by, now=NOW)
    run = disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=archive_head_of(board), now=NOW)
    analyze()
    return run


def analyze() -> None:
    """Let PostgreSQL know what the tables hold, as autovacuum does on a server within a minute."""
    with session("owner") as owner:
        owner.execute("VACUUM ANALYZE")


def _add_what_belongs_to_them(cast: Cast) -> None:
    system = User.objects.system()
    for cases in _batches(Case.objects.order_by("pk").iterator(chunk_size=BATCH)):
        Evidence.objects.bulk_create(_copy(case, cast.librarian) for case in cases)
        Action.objects.bulk_create(
            Action(case=case, kind=kind, by=cast.librarian, at=NOW, text="Kritik.", case_version=version)
            for case in cases
            for version, kind in enumerate((ActionKind.NOTED, ActionKind.REMOVED), start=1)
        )
        for case in cases:
            case.version += 1
        change_with_history(cases, fields=["version"], by=system, now=NOW + timedelta(hours=1), reason="Mätning")


def _copy(case: Case, by: User) -> Evidence:
    original = os.urandom(PICTURE_BYTES)
    return Evidence(
        case=case,
        file_name="skarmbild.png",
        content_type="image/png",
        original=original,
        size=len(original),
        sha256=hashlib.sha256(original).hexdigest(),
        shown=original[:1000],
        shown_type="image/png",
        width=60,
        height=40,
        kept_by=by,
        kept_at=NOW,
    )


def _batches(rows: Iterable[Case]) -> Iterator[list[Case]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch
