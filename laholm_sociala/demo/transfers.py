"""The example municipality's leveranser to the e-archive: one receipted, and one that waits to be handed over."""

from datetime import date, datetime
from typing import Final

from accounts.models import Board, User
from archive.enums import Direction
from archive.models import Transfer, TransferReading
from archive.services import transfers
from archive.services.diary import open_matter, register_document
from archive.services.entries import Entry, Opening
from archive.services.transfer_packing import clear_packages, pack
from laholm_sociala.demo import past
from laholm_sociala.demo.people import example_id

# Made up, as everything of the example municipality's: its check digit is right, and nobody has it.
DETAILS: Final = {
    "organisation_number": "999999-9999",
    "receiver": "Kommunarkivets e-arkiv",
    "agreement": "KA 2025-000012",
}
# Working days ago: up to which day each reaches, and when what was done.
FIRST_THROUGH, SECOND_THROUGH = 130, 15
PREPARED, HANDED_OVER, RECEIPTED, SECOND_PREPARED = 12, 11, 3, 1


def deliver(now: datetime) -> None:
    """Let kultur- och utvecklingsnämnden have delivered what was old, and packed what came after it.

    The pages must be kept already. A second call changes nothing.
    """
    board = Board.objects.get(pk=example_id("board", "kun"))
    if Transfer.objects.filter(board=board).exists():
        return
    deliver_what_is_old(board, now)
    transfer = prepare_what_came_after(board, now)
    _pack(transfer, transfer.prepared_at)


def deliver_what_is_old(board: Board, now: datetime) -> None:
    """Let the board have delivered what was old, and the e-archive have answered."""
    archivist = User.objects.get(pk=example_id("person", "arkivredogorare"))
    transfers.write_details(board, **DETAILS, by=archivist, now=past.moment(now, PREPARED, "09.10"))
    at = past.moment(now, PREPARED, "09.20")
    first = transfers.prepare(board, _day(now, FIRST_THROUGH), as_bag=False, by=archivist, now=at)
    _pack(first, at)
    at = past.moment(now, HANDED_OVER, "10.15")
    TransferReading.objects.create(transfer=first, user=archivist, at=at)
    transfers.hand_over(first.pk, on=at.date(), by=archivist, now=at)
    at = past.moment(now, RECEIPTED, "13.40")
    transfers.note_receipt(first.pk, number=_receipt(board, at), by=archivist, now=at)
    clear_packages(now=at)


def prepare_what_came_after(board: Board, now: datetime) -> Transfer:
    """List what came after what is delivered."""
    archivist = User.objects.get(pk=example_id("person", "arkivredogorare"))
    at = past.moment(now, SECOND_PREPARED, "14.05")
    return transfers.prepare(board, _day(now, SECOND_THROUGH), as_bag=False, by=archivist, now=at)


def _pack(transfer: Transfer, at: datetime) -> None:
    transfers.ask_to_pack(transfer.pk, by=transfer.prepared_by, now=at)
    pack(transfer.pk, clock=lambda: at)


def _receipt(board: Board, at: datetime) -> str:
    registrar = User.objects.get(pk=example_id("person", "registrator"))
    matter = open_matter(board, Opening("Leverans till e-arkivet"), by=registrar, now=at)
    entry = Entry(
        direction=Direction.INCOMING,
        dated_on=at.date(),
        subject="Kvittens på leverans till e-arkivet",
        correspondent="Kommunarkivet",
        text="E-arkivet har tagit emot leveransen. Alla filer är kontrollerade mot METS.",
    )
    return str(register_document(matter.pk, entry, by=registrar, now=at))


def _day(now: datetime, days_ago: int) -> date:
    return past.moment(now, days_ago, "12.00").date()
