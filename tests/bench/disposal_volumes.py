"""Boards with closed posts that may go: each with its content, a kept copy, what was done with it, and its history."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Final
from uuid import uuid4

from django.db import transaction

from accounts.models import Board, User
from archive.enums import RuleAction, SnapshotFileKind, SnapshotMethod, SnapshotReason, SnapshotStatus, StartsFrom
from archive.models import DisposalRun, Snapshot, SnapshotFile, snapshot_storage
from archive.retention import record_types
from archive.services import disposal_run
from archive.services.retention_plan import Terms
from laholm_sociala.common.history import change_with_history, copy_with_history
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
POSTS_TO_A_SNAPSHOT: Final = 10
FILES_TO_A_SNAPSHOT: Final = 3
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
            _add_snapshots(cast, posts // POSTS_TO_A_SNAPSHOT)
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


def _add_snapshots(cast: Cast, number: int) -> None:
    """Add snapshots that a person sent, with their files' rows; the files are laid out before each round."""
    account, by, system = library_account(cast), cast.librarian, User.objects.system()
    asked = {"account": account, "reason": SnapshotReason.YEARLY, "method": SnapshotMethod.UPLOAD, "requested_by": by}
    made = [
        Snapshot(id=uuid4(), requested_at=NOW, requested_url=account.web_address, **asked) for _one in range(number)
    ]
    copy_with_history(made, by=system, now=NOW, reason="Mätning")
    SnapshotFile.objects.bulk_create(
        _file(snapshot, place) for snapshot in made for place in range(FILES_TO_A_SNAPSHOT)
    )
    good = {"taken_at": NOW, "verdict_at": NOW, "verdict_by": by, "attested_at": NOW, "attested_by": by}
    for snapshot in made:
        for name, value in {**good, "status": SnapshotStatus.GOOD, "attestation": "Hela sidan"}.items():
            setattr(snapshot, name, value)
    change_with_history(made, fields=[*good, "status", "attestation"], by=system, now=NOW, reason="Mätning")


def _file(snapshot: Snapshot, place: int) -> SnapshotFile:
    return SnapshotFile(
        snapshot=snapshot,
        kind=SnapshotFileKind.UPLOAD,
        position=place,
        name=f"{NOW:%Y/%m}/{uuid4()}",
        content_type="image/png",
        size=PICTURE_BYTES,
        sha256="0" * 64,
        written_at=NOW,
    )


def lay_out_files() -> None:
    """Put a file wherever a snapshot of the database at hand says that it has one."""
    for name in SnapshotFile.objects.values_list("name", flat=True).iterator(chunk_size=BATCH):
        path = Path(snapshot_storage().path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(PICTURE_BYTES))


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
