"""A leverans to the e-archive is prepared, packed, handed over and receipted (R07, R17, R18)."""

import re
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Board, User
from archive.enums import Direction, TransferStatus
from archive.models import (
    PREPARE_DISPOSAL,
    Document,
    Transfer,
    TransferDetails,
    TransferItem,
    TransferPackage,
    TransferReading,
)
from archive.readings import tell_of_reading
from archive.services.disposal_list import required_plan
from archive.services.entries import as_one_line
from archive.services.retention_dates import in_force
from archive.services.transfer_list import DOCUMENT, MATTER, list_to_deliver
from archive.services.transfer_queue import hand_to_worker
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.swedish import count_in_words

NUMBER: Final = re.compile(r"(?:16)?(\d{6})-?(\d{4})")
NO_DETAILS: Final = (
    "Nämndens organisationsnummer och e-arkivets namn saknas. Fyll i dem under Uppgifter för leverans, "
    "på sidan med nämndens leveranser."
)
PACKED_SINCE: Final = "Leveransen har packats om sedan du öppnade sidan."
TRANSITIONS: Final = {
    TransferStatus.DRAFT: {TransferStatus.PACKING, TransferStatus.CANCELLED},
    TransferStatus.PACKING: {TransferStatus.PACKED, TransferStatus.DRAFT, TransferStatus.CANCELLED},
    TransferStatus.PACKED: {TransferStatus.PACKING, TransferStatus.HANDED_OVER, TransferStatus.CANCELLED},
    TransferStatus.HANDED_OVER: {TransferStatus.RECEIVED, TransferStatus.CANCELLED},
    TransferStatus.RECEIVED: set(),
    TransferStatus.CANCELLED: set(),
}


@transaction.atomic
def write_details(
    board: Board, *, organisation_number: str, receiver: str, agreement: str, by: User, now: datetime
) -> TransferDetails:
    """Write what the e-archive knows the board by, for the leveranser that are packed from now on.

    Raises PermissionDenied for those who do not prepare the board's gallring; RefusedError where the number is none.
    """
    _require(by, board)
    Board.objects.select_for_update().get(pk=board.pk)
    details = TransferDetails.objects.filter(board=board).first() or TransferDetails(board=board)
    details.organisation_number = organisation_number_of(organisation_number)
    details.receiver, details.agreement = receiver.strip(), agreement.strip()
    if not details.receiver:
        raise RefusedError("Skriv vad e-arkivet heter.", field="receiver")
    details.record(by=by, now=now, reason="Uppgifter för leverans skrevs")
    return details


def organisation_number_of(typed: str) -> str:
    """Return the number as 212000-1234. Raises RefusedError where its digits do not belong together."""
    found = NUMBER.fullmatch("".join(typed.split()))
    if found is None:
        raise RefusedError("Skriv numret med tio siffror, till exempel 212000-1234.", field="organisation_number")
    digits = found[1] + found[2]
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    if sum(number // 10 + number % 10 for number in doubled) % 10:
        raise RefusedError("Siffrorna hör inte ihop. Kontrollera numret.", field="organisation_number")
    return f"{found[1]}-{found[2]}"


@transaction.atomic
def prepare(board: Board, through: date, *, as_bag: bool, by: User, now: datetime) -> Transfer:
    """List what ended by that day in Stockholm and is to be kept by the e-archive.

    Raises PermissionDenied for those who do not prepare the board's gallring; RefusedError where another leverans is
    not finished, the day lies ahead, the board has no decided plan or no details, or there is nothing to deliver.
    """
    _require(by, board)
    Board.objects.select_for_update().get(pk=board.pk)
    if Transfer.objects.filter(board=board).unfinished().exists():
        raise RefusedError("Nämnden har redan en leverans som inte är klar.")
    if through >= timezone.localdate(now):
        raise RefusedError("Välj en dag som har gått.", field="through")
    _details(board)
    governing = in_force(board, timezone.localdate(now))
    plan = required_plan(governing)
    transfer = Transfer(board=board, plan=plan, through=through, as_bag=as_bag, prepared_by=by, prepared_at=now)
    transfer.record(by=by, now=now, reason="Leveransen förbereddes")
    list_to_deliver(transfer, governing)
    return transfer


@transaction.atomic
def ask_to_pack(
    transfer_id: UUID,
    *,
    left_out: frozenset[str] = frozenset(),
    without_faults_of: datetime | None = None,
    by: User,
    now: datetime,
) -> Transfer:
    """Have the worker pack what is listed, less the handlingstyper that are left out; or pack anew what has changed.

    `without_faults_of` leaves out what could not be packed in the try that was asked for then, each with its fault as
    the reason: it counts as delivered nowhere, and is listed for the next leverans. Without it that is tried again.

    Asked while it is being packed, it asks the worker once more. Raises PermissionDenied for those who do not prepare
    the board's gallring; RefusedError where nothing is left, where handlingar are left without their ärenden, where
    another try was made since that one, or where the leverans is handed over.
    """
    transfer = lock(transfer_id)
    _require(by, transfer.board)
    _details(transfer.board)
    faulty = 0
    if transfer.status == TransferStatus.DRAFT:
        TransferItem.objects.filter(transfer=transfer, record_type__in=left_out).delete()
        faulty = _settle_faults(transfer, without_faults_of)
        _require_whole(transfer, left_out)
    elif without_faults_of:
        raise RefusedError(f"{PACKED_SINCE} Läge: {transfer.get_status_display().lower()}.")
    if transfer.status != TransferStatus.PACKING:
        move(transfer, TransferStatus.PACKING)
        transfer.packed_as_of, transfer.failure = now, ""
        transfer.record(by=by, now=now, reason=f"Packningen begärdes{_without(faulty)}")
    hand_to_worker(transfer)
    return transfer


@transaction.atomic
def finish_packing(
    transfer_id: UUID, package: TransferPackage, fingerprints: dict[tuple[str, UUID], str], *, now: datetime
) -> bool:
    """Write down the package that was made, and what of each object is in it, as the portal itself.

    Return False where the leverans is not being packed any longer: then the package is nobody's.
    """
    transfer = lock(transfer_id)
    if transfer.status != TransferStatus.PACKING or package.made_at != transfer.packed_as_of:
        return False
    items = list(transfer.items.taken_along())
    for item in items:
        item.sha256 = fingerprints.get((item.kind, item.object_id), "")
    TransferItem.objects.bulk_update(items, ["sha256"], batch_size=1000)
    package.transfer = transfer
    package.save(force_insert=True)
    move(transfer, TransferStatus.PACKED)
    transfer.record(by=User.objects.system(), now=now, reason="Leveransen packades")
    _clear_later()
    return True


@transaction.atomic
def hand_over(transfer_id: UUID, *, on: date, by: User, now: datetime) -> Transfer:
    """Note the day that the package was handed over to the e-archive.

    Raises PermissionDenied for those who do not prepare the board's gallring; RefusedError where it is not packed, the
    day lies ahead or before it was, or nobody has taken home the package as it was made last: then the e-archive has
    another than the one whose fingerprints are kept.
    """
    transfer = lock(transfer_id)
    _require(by, transfer.board)
    move(transfer, TransferStatus.HANDED_OVER)
    if on > timezone.localdate(now):
        raise RefusedError("Dagen kan inte ligga framåt i tiden.", field="on")
    if transfer.packed_as_of and on < timezone.localdate(transfer.packed_as_of):
        raise RefusedError("Paketet gjordes senare än så. Kontrollera dagen.", field="on")
    if not transfer.readings.filter(at__gte=transfer.packed_as_of).exists():
        raise RefusedError(
            "Ingen har hämtat paketet som det är nu. Hämta det, lämna över det och anteckna dagen sedan."
        )
    transfer.handed_over_on = on
    transfer.record(by=by, now=now, reason="Leveransen lämnades över till e-arkivet")
    return transfer


@transaction.atomic
def note_receipt(transfer_id: UUID, *, number: str, by: User, now: datetime) -> Transfer:
    """Note the e-archive's receipt by its number in the board's diarium: from then on the plan's time runs.

    The receipt is a handling that came in, as "KUN-SM 2026-000012-1". The package's file goes. Raises PermissionDenied
    for those who do not prepare the board's gallring; RefusedError where the leverans is not handed over, or where the
    board has no such incoming handling from the day it was or later.
    """
    transfer = lock(transfer_id)
    _require(by, transfer.board)
    move(transfer, TransferStatus.RECEIVED)
    receipt = _incoming(transfer, number)
    transfer.receipt, transfer.receipt_on = receipt, receipt.dated_on
    transfer.record(by=by, now=now, reason=f"E-arkivet kvitterade: {receipt}")
    _clear_later()
    return transfer


@transaction.atomic
def cancel(transfer_id: UUID, *, reason: str, by: User, now: datetime) -> Transfer:
    """End a leverans that the e-archive has not receipted; its package's file goes. What it held can be listed anew.

    Raises PermissionDenied for those who do not prepare the board's gallring; RefusedError without a reason, or where
    it has ended.
    """
    transfer = lock(transfer_id)
    _require(by, transfer.board)
    if not reason.strip():
        raise RefusedError("Skriv varför leveransen avbryts.", field="reason")
    move(transfer, TransferStatus.CANCELLED)
    transfer.cancelled_why = reason.strip()
    transfer.record(by=by, now=now, reason=f"Leveransen avbröts: {reason.strip()}")
    _clear_later()
    return transfer


def note_reading(transfer: Transfer, *, by: User, now: datetime) -> None:
    """Write down that a person takes the package home, before it is handed out (OSL ch. 8; R15).

    Raises PermissionDenied for those who do not prepare the board's gallring. Inside another transaction it raises
    RuntimeError: nothing is handed out that is not written down.
    """
    _require(by, transfer.board)
    with transaction.atomic(durable=True):
        TransferReading.objects.create(transfer=transfer, user=by, at=now)
        tell_of_reading(transfer.board_id, by=by, now=now)


def lock(transfer_id: UUID) -> Transfer:
    """Return the leverans, locked."""
    return Transfer.objects.select_for_update(of=("self",)).select_related("board", "plan").get(pk=transfer_id)


def _settle_faults(transfer: Transfer, without_faults_of: datetime | None) -> int:
    """Leave out what a person was shown to be at fault, and return how many; or let all of it be tried again."""
    faulty = transfer.items.faulty()
    if without_faults_of is None:
        faulty.update(fault="")
        return 0
    if without_faults_of != transfer.packed_as_of:
        raise RefusedError(f"{PACKED_SINCE} Läs vad som inte gick att packa nu.")
    return faulty.update(left_out=True, sha256="")


def _require_whole(transfer: Transfer, left_out: frozenset[str]) -> None:
    along = transfer.items.taken_along()
    if not along.exists():
        raise RefusedError("Ta med något, annars finns det inget att packa.")
    if MATTER in left_out and along.filter(record_type=DOCUMENT).exists():
        raise RefusedError("Handlingarna packas i sina ärenden. Ta med ärendena, eller lämna båda.")


def _without(faulty: int) -> str:
    if not faulty:
        return ""
    return f", utan {count_in_words(faulty, 'som inte gick', 'som inte gick', capital=False)} att läsa"


def _incoming(transfer: Transfer, number: str) -> Document:
    typed = as_one_line(number)
    designation, _dash, place = typed.rpartition("-")
    found = Document.objects.filter(matter__board=transfer.board, matter__designation__iexact=designation.strip())
    document = found.filter(number=int(place)).select_related("matter").first() if place.isdecimal() else None
    if document is None:
        raise RefusedError(
            "Nämnden har ingen handling med det numret. Skriv det som i diariet, till exempel KUN-SM 2026-000012-1.",
            field="number",
        )
    if document.cancelled_at is not None:
        raise RefusedError("Handlingen är makulerad.", field="number")
    if document.direction != Direction.INCOMING:
        raise RefusedError("Kvittensen ska vara en inkommen handling.", field="number")
    if transfer.handed_over_on and document.dated_on < transfer.handed_over_on:
        raise RefusedError("Handlingen kom in innan leveransen lämnades över.", field="number")
    if Transfer.objects.filter(receipt=document).exists():
        raise RefusedError("Handlingen är redan kvittens för en annan leverans.", field="number")
    return document


def _details(board: Board) -> TransferDetails:
    details = TransferDetails.objects.filter(board=board).first()
    if details is None:
        raise RefusedError(NO_DETAILS)
    return details


def move(transfer: Transfer, status: TransferStatus) -> None:
    """Let the leverans, which is locked, come to the status. Raises RefusedError where it cannot from where it is."""
    if status not in TRANSITIONS[TransferStatus(transfer.status)]:
        raise RefusedError(f"Leveransen kan inte ändras så. Läge: {transfer.get_status_display().lower()}.")
    transfer.status = status


def _require(by: User, board: Board) -> None:
    if not by.may(PREPARE_DISPOSAL, board):
        raise PermissionDenied


def _clear_later() -> None:
    from archive.tasks import clear_packages  # tasks import the services

    clear_packages.defer()
