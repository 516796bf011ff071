"""Whether the files of snapshots are what they were when they were written: read anew each time (R19, R23)."""

import hashlib
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from archive.enums import FIXITY_FAULTS, FixityOutcome
from archive.models import FixityCheck, SnapshotFile, snapshot_storage
from archive.services.keeping import read_anew
from laholm_sociala.common.mail import send_later

logger = logging.getLogger(__name__)

# Each file is read within 90 days; a night or two may be missed.
WITHIN: Final = timedelta(days=80)
# A file that is younger may be one whose row is not committed yet.
ON_ITS_WAY: Final = timedelta(hours=1)
BATCH: Final = 1000
# How many files are read before what was found is written down.
AT_A_TIME: Final = 100
# How many files are read at the same time: enough to keep the disk at work while another is hashed.
READERS: Final = 2
# Two runs that find the same fault tell of it one after the other.
TURN: Final = 2_019_0060
Clock = Callable[[], datetime]


@dataclass
class Found:
    """What a run found: how many files were read to their end, and the faults; whether a mail told of a new one."""

    read: int = 0
    faults: int = 0
    told: bool = False


def check_storage(*, clock: Clock, everything: bool = False) -> Found:
    """Look for every file, read the night's share from beginning to end, and write down what was found.

    The share: those that were read longest ago, so many that each is read within 90 days, those that were faulty, and
    those that are not there at all. With `everything` all files. Each check is a row of its own, written a few at a
    time: one that is cut short keeps the rest. The first fault of a run that was not known before sends a mail in the
    transaction that writes it down, also where two runs find it at the same time.
    """
    found = Found()
    checks = _checks(clock, everything=everything)
    while some := list(islice(checks, AT_A_TIME)):
        _write_down(some, found)
    return found


def check_file(file: SnapshotFile, *, clock: Clock) -> FixityCheck:
    """Read the file's bytes from the storage, all of them, and return an unsaved check of what they were.

    Nothing that is known from before counts: neither an earlier check nor the size that the storage tells.
    """
    digest, outcome = hashlib.sha256(), FixityOutcome.GOOD
    try:
        for piece in read_anew(file):
            digest.update(piece)
    except FileNotFoundError:
        outcome = FixityOutcome.MISSING
    except Exception:  # each storage has errors of its own; whichever it was, nobody could read the file
        logger.exception("Filen %s kunde inte läsas.", file.name)
        outcome = FixityOutcome.UNREADABLE
    sha256 = digest.hexdigest() if outcome == FixityOutcome.GOOD else ""
    if sha256 and sha256 != file.sha256:
        outcome = FixityOutcome.CHANGED
    return FixityCheck(file=file, name=file.name, checked_at=clock(), outcome=outcome, sha256=sha256)


@transaction.atomic
def _write_down(checks: list[FixityCheck], found: Found) -> None:
    faults = [check for check in checks if check.outcome in FIXITY_FAULTS]
    if faults and not found.told:
        _take_turns()
        known = set(FixityCheck.objects.faults().filter(name__in=[check.name for check in faults]).values_list("name"))
        new = next((check for check in faults if (check.name,) not in known), None)
        if new is not None:
            _tell(new, now=new.checked_at)
            found.told = True
    FixityCheck.objects.bulk_create(checks)
    found.faults += len(faults)
    found.read += sum(bool(check.sha256) for check in checks)


def _take_turns() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def _checks(clock: Clock, *, everything: bool) -> Iterator[FixityCheck]:
    yield from _foreign(clock)
    keys = iter(_to_read(clock(), everything=everything))
    # Each reader holds one piece at a time, and none of them asks the database.
    with ThreadPoolExecutor(READERS) as readers:
        under_way: list[Future[FixityCheck]] = []
        while some := list(islice(keys, AT_A_TIME)):
            # Fetched now: what was disposed of since the run began is no fault.
            files = SnapshotFile.objects.in_bulk(some)
            begun = [readers.submit(check_file, files[key], clock=clock) for key in some if key in files]
            # Written down while the next ones are read.
            yield from _still_there(under_way)
            under_way = begun
        yield from _still_there(under_way)


def _still_there(under_way: list[Future[FixityCheck]]) -> Iterator[FixityCheck]:
    checks = [reading.result() for reading in under_way]
    there = set(SnapshotFile.objects.filter(pk__in=[check.file_id for check in checks]).values_list("pk", flat=True))
    yield from (check for check in checks if check.file_id in there)


def _to_read(now: datetime, *, everything: bool) -> list[UUID]:
    """Return the keys of what is to be read in this run, the one read longest ago first."""
    newest = FixityCheck.objects.filter(file=OuterRef("pk")).order_by().values("file")
    last = Coalesce(Subquery(newest.annotate(at=Max("checked_at")).values("at")), "written_at")
    files = SnapshotFile.objects.annotate(last=last).order_by("last", "pk")
    if everything:
        return list(files.values_list("pk", flat=True))
    share = -(-files.count() // WITHIN.days)
    keys = list(files.values_list("pk", flat=True)[:share])
    again = Q(last__lte=now - WITHIN) | Q(pk__in=FixityCheck.objects.faults().filter(file__isnull=False).values("file"))
    keys += files.filter(again).values_list("pk", flat=True)
    storage = snapshot_storage()
    names = SnapshotFile.objects.order_by().values_list("pk", "name")
    keys += [key for key, name in names.iterator(BATCH) if not storage.exists(name)]
    return list(dict.fromkeys(keys))


def _foreign(clock: Clock) -> Iterator[FixityCheck]:
    """Yield a check of each file in the storage that has no row, and of each such that is gone again."""
    storage, seen, stored = snapshot_storage(), set(), _stored("")
    while names := list(islice(stored, BATCH)):
        ours = set(SnapshotFile.objects.filter(name__in=names).values_list("name", flat=True))
        for name in names:
            if name not in ours and _is_old(name, clock()):
                seen.add(name)
                yield FixityCheck(name=name[:300], checked_at=clock(), outcome=FixityOutcome.FOREIGN)
    known = FixityCheck.objects.faults().filter(outcome=FixityOutcome.FOREIGN).values_list("name", flat=True)
    for name in set(known) - seen:
        if not storage.exists(name) or SnapshotFile.objects.filter(name=name).exists():
            yield FixityCheck(name=name, checked_at=clock(), outcome=FixityOutcome.GONE)


def _is_old(name: str, now: datetime) -> bool:
    try:
        return snapshot_storage().get_modified_time(name) <= now - ON_ITS_WAY
    except FileNotFoundError:  # it was taken back while we looked
        return False


def _stored(folder: str) -> Iterator[str]:
    try:
        folders, files = snapshot_storage().listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from _stored(f"{folder}/{name}".lstrip("/"))


def _tell(check: FixityCheck, *, now: datetime) -> None:
    send_later(
        to=[settings.COMMUNICATIONS_EMAIL],
        subject="Fel bland ögonblicksbildernas filer",
        template="fixity_fault",
        context={"check": check, "path": reverse("archive:fixity")},
        now=now,
    )
