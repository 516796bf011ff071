"""Whether the files of snapshots are what they were when they were written: read anew each time (R19, R23)."""

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from archive.enums import FIXITY_FAULTS, FixityOutcome
from archive.models import FixityCheck, SnapshotFile, snapshot_storage
from archive.services.keeping import read
from laholm_sociala.common.mail import send_later

logger = logging.getLogger(__name__)

# Each file is read within 90 days; a night or two may be missed.
WITHIN: Final = timedelta(days=80)
# A file that is younger may be one whose row is not committed yet.
ON_ITS_WAY: Final = timedelta(hours=1)
BATCH: Final = 1000
Clock = Callable[[], datetime]


@dataclass
class Found:
    """What a run found: how many files were read to their end, and the faults."""

    read: int = 0
    faults: int = 0


def check_storage(*, clock: Clock, everything: bool = False) -> Found:
    """Look for every file, read the night's share from beginning to end, and write down what was found.

    The share: those that were read longest ago, so many that each is read within 90 days, those that were faulty, and
    those that are not there at all. With `everything` all files. Each check is a row of its own, kept if the run is
    cut short. The first fault of a run that was not known before sends a mail in the transaction that writes it down.
    """
    found, told = Found(), False
    for check in _checks(clock, everything=everything):
        if check is None:
            continue
        with transaction.atomic():
            is_fault = check.outcome in FIXITY_FAULTS
            if is_fault and not told and not FixityCheck.objects.faults().filter(name=check.name).exists():
                _tell(check, now=check.checked_at)
                told = True
            check.save(force_insert=True)
        found.faults += is_fault
        found.read += bool(check.sha256)
    return found


def check_file(file: SnapshotFile, *, clock: Clock) -> FixityCheck:
    """Read the file's bytes from the storage, all of them, and return an unsaved check of what they were.

    Nothing that is known from before counts: neither an earlier check nor the size that the storage tells.
    """
    digest, outcome = hashlib.sha256(), FixityOutcome.GOOD
    try:
        for block in read(file):
            digest.update(block)
    except FileNotFoundError:
        outcome = FixityOutcome.MISSING
    except Exception:  # each storage has errors of its own; whichever it was, nobody could read the file
        logger.exception("Filen %s kunde inte läsas.", file.name)
        outcome = FixityOutcome.UNREADABLE
    sha256 = digest.hexdigest() if outcome == FixityOutcome.GOOD else ""
    if sha256 and sha256 != file.sha256:
        outcome = FixityOutcome.CHANGED
    return FixityCheck(file=file, name=file.name, checked_at=clock(), outcome=outcome, sha256=sha256)


def _checks(clock: Clock, *, everything: bool) -> Iterator[FixityCheck | None]:
    yield from _foreign(clock)
    for key in _to_read(clock(), everything=everything):
        # Fetched now: what was disposed of since the run began is no fault.
        file = SnapshotFile.objects.filter(pk=key).first()
        yield _still_there(check_file(file, clock=clock)) if file else None


def _still_there(check: FixityCheck) -> FixityCheck | None:
    is_fault = check.outcome != FixityOutcome.GOOD
    there = check.file_id is not None and SnapshotFile.objects.filter(pk=check.file_id).exists()
    return None if is_fault and not there else check


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
