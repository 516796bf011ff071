"""The worker packs a leverans: whole or not at all, and again where it was stopped (R07, R18).

The package is written beside its storage, read again by its own METS, and put in the storage; only then is it written
down, with what of each object is in it. Whatever stops it before that, nothing is packed, and what is left lying about
is removed when it is taken up again.
"""

import hashlib
import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import File
from django.db.models import Exists, OuterRef, Q

from archive.enums import TransferFault, TransferStatus
from archive.models import Transfer, TransferPackage, transfer_storage
from archive.package.checking import faults
from archive.package.contents import Aggregation, Organisation, Submission
from archive.package.sip import FaultyOriginalsError, Written, write_package
from archive.portal_version import portal_version
from archive.services.transfer_documentation import supporting
from archive.services.transfer_failing import FAULTY, STOPPED, give_up_packing
from archive.services.transfer_parts import parts_of
from archive.services.transfers import finish_packing

logger = logging.getLogger(__name__)
SOFTWARE: Final = "Laholm Sociala"
BLOCK: Final = 1024 * 1024
PROGRESS_KEPT_SECONDS: Final = 600
# The progress is written in the database: once for so many files.
TOLD_EVERY: Final = 20


def pack(transfer_id: UUID, *, tries_left: int = 0, clock: Callable[[], datetime]) -> None:
    """Make the package that is asked for, or say why it could not be made. Runs in the worker.

    Idempotent: what is packed, handed over or cancelled is left as it is. An error of the portal's own is raised for
    the log and the queue, which takes it up again `tries_left` times; after the last the person is told. Fewer than
    none are left where the last try took its worker with it: then there is no other.
    """
    transfer = Transfer.objects.select_related("board__transfer_details", "plan").get(pk=transfer_id)
    # Also where it was cancelled since: what the stopped try left may be secret, and is nobody's.
    _remove_what_is_left(transfer)
    if transfer.status != TransferStatus.PACKING:
        return
    if tries_left < 0:
        _give_up(transfer, STOPPED, now=clock())
        return
    try:
        with _folder_of(transfer) as folder:
            _pack(transfer, folder / "paket.zip", clock)
    except FaultyOriginalsError as error:
        logger.exception("Leveransen %s kunde inte packas.", transfer.pk)
        faulty = dict.fromkeys(error.changed, TransferFault.CHANGED)
        faulty |= dict.fromkeys(error.missing, TransferFault.MISSING)
        _give_up(transfer, FAULTY, faulty, now=clock())
    except Exception:
        if not tries_left:
            _give_up(transfer, STOPPED, now=clock())
        raise


def progress_of(transfer: Transfer) -> tuple[int, int] | None:
    """Return how many files are packed, of how many; None where the worker has not said anything yet."""
    told: tuple[int, int] | None = cache.get(_progress_key(transfer))
    return told


def read_package(package: TransferPackage) -> IO[bytes]:
    """Return the package's file, opened. Raises FileNotFoundError when it is gone."""
    return transfer_storage().open(package.name, "rb")


def clear_packages(*, now: datetime) -> int:
    """Remove the files of packages that nobody waits for: receipted, cancelled, or made anew; return how many.

    Called again it goes on where it was. Raises OSError when a file cannot be removed.
    """
    newer = TransferPackage.objects.filter(transfer=OuterRef("transfer"), made_at__gt=OuterRef("made_at"))
    ended = Q(transfer__status__in=[TransferStatus.RECEIVED, TransferStatus.CANCELLED])
    done = TransferPackage.objects.filter(ended | Q(Exists(newer)), removed_at__isnull=True)
    removed = 0
    for package in done:
        transfer_storage().delete(package.name)
        package.removed_at = now
        package.save(update_fields=["removed_at"])
        removed += 1
    return removed


def _pack(transfer: Transfer, path: Path, clock: Callable[[], datetime]) -> None:
    parts, made_at = parts_of(transfer), transfer.packed_as_of
    if made_at is None:  # PostgreSQL packs nothing without it
        raise ValueError(f"{transfer.pk} has no time of its own")
    submission = _submission(transfer, made_at)
    with path.open("w+b") as target:
        written = write_package(
            target,
            submission,
            parts.aggregations,
            supporting(transfer, submission),
            as_bag=transfer.as_bag,
            on_progress=_teller(transfer, parts.aggregations),
        )
        _require_whole(target)
        package = _keep(transfer, target, written, made_at)
    if not finish_packing(transfer.pk, package, parts.fingerprints, now=clock()):
        transfer_storage().delete(package.name)


def _give_up(
    transfer: Transfer, failure: str, faulty: Mapping[UUID, TransferFault] | None = None, *, now: datetime
) -> None:
    give_up_packing(transfer.pk, of_try=transfer.packed_as_of, failure=failure, faulty=faulty, now=now)


def _submission(transfer: Transfer, made_at: datetime) -> Submission:
    details = transfer.board.transfer_details
    return Submission(
        key=transfer.pk,
        label=f"{transfer}, {transfer.board}",
        made_at=made_at,
        creator=Organisation(transfer.board.name, details.organisation_number),
        receiver=details.receiver,
        agreement=details.agreement,
        software=SOFTWARE,
        version=portal_version(),
    )


def _require_whole(target: IO[bytes]) -> None:
    """Read the package again, by its own METS: what the disk holds is what was written."""
    target.flush()
    target.seek(0)
    if wrong := faults(target):
        raise OSError(f"The package is not whole: {wrong[0]}")


def _keep(transfer: Transfer, target: IO[bytes], written: Written, made_at: datetime) -> TransferPackage:
    name = f"{transfer.pk}/{uuid4()}.zip"
    target.seek(0)
    digest, size = hashlib.sha256(), 0
    while block := target.read(BLOCK):
        digest.update(block)
        size += len(block)
    target.seek(0)
    saved = transfer_storage().save(name, File(target, name=name))
    if transfer_storage().size(saved) != size:
        raise OSError(f"Filen {saved} blev inte hel i lagringen.")
    return TransferPackage(
        name=saved,
        size=size,
        files=written.files,
        sha256=digest.hexdigest(),
        mets_sha256=written.mets_sha256,
        made_at=made_at,
    )


def _teller(transfer: Transfer, aggregations: Iterable[Aggregation]) -> Callable[[int], None]:
    total = sum(1 for one in aggregations for _original in one.originals())
    _tell(transfer, 0, total)

    def tell(done: int) -> None:
        if done % TOLD_EVERY == 0 or done == total:
            _tell(transfer, done, total)

    return tell


def _tell(transfer: Transfer, done: int, total: int) -> None:
    # The page asks for it; that it cannot be told stops no packing.
    with suppress(Exception):
        cache.set(_progress_key(transfer), (done, total), PROGRESS_KEPT_SECONDS)


def _progress_key(transfer: Transfer) -> str:
    # Of one try: a package that is made again begins at nothing.
    asked = transfer.packed_as_of.timestamp() if transfer.packed_as_of else 0
    return f"transfer-packing:{transfer.pk}:{asked}"


@contextmanager
def _folder_of(transfer: Transfer) -> Iterator[Path]:
    """A folder of the portal's own to write in, which nobody else reads; gone when the packing is over."""
    folder = settings.PACKING_FOLDER / str(transfer.pk)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_what_is_left(transfer: Transfer) -> None:
    """Remove what an earlier try that was stopped left: half a package, or a whole one that nobody wrote down."""
    shutil.rmtree(settings.PACKING_FOLDER / str(transfer.pk), ignore_errors=True)
    storage = transfer_storage()
    try:
        _folders, names = storage.listdir(str(transfer.pk))
    except FileNotFoundError:
        return
    known = set(transfer.packages.values_list("name", flat=True))
    for name in (f"{transfer.pk}/{name}" for name in names):
        if name not in known:
            storage.delete(name)
