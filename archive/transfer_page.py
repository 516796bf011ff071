"""What stands on a leverans's page: what it holds, how far it has come, and what the reader may do."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count
from django.utils import timezone

from accounts.models import Board, User
from archive.enums import TransferStatus
from archive.models import PREPARE_DISPOSAL, REGISTER, Document, Transfer, TransferDetails
from archive.models.transfer import WITH_PACKAGE
from archive.retention import RecordType
from archive.services.transfer_list import MATTER, deliverable
from archive.services.transfer_packing import progress_of
from archive.services.transfer_parts import changed_since_packing
from archive.services.transfer_queue import next_try_at
from archive.transfer_faults import faults
from laholm_sociala.common.swedish import count_in_words, in_figures

# One and many, and what of them goes along.
WORDS: Final = {
    "matter": ("ärende", "ärenden", "Det som antecknats i diariet, också om handlingar som inte levereras."),
    "document": ("handling", "handlingar", "Text och filer, som de registrerades."),
    "snapshot": ("ögonblicksbild", "ögonblicksbilder", "Filerna som de togs eller skickades."),
}


IN_WORDS: Final = "Det som står i portalen, med historik och filer."
AS_LIST: Final = "Raderna, i en lista."
WITHIN: Final = "Packas i det som de hör till, när också det kommer med."


@dataclass(frozen=True)
class Listed:
    """How many objects of a handlingstyp are in the leverans."""

    code: str
    words: str
    text: str


def transfer_page(transfer: Transfer, user: User) -> dict[str, Any]:
    """Return what the page shows to the person."""
    package = transfer.package if transfer.status in WITH_PACKAGE else None
    return {
        "transfer": transfer,
        "rows": listed(transfer),
        "package": package,
        "changed": changed_since_packing(transfer) if package else [],
        "prepares": user.may(PREPARE_DISPOSAL, transfer.board),
        "registers": user.may(REGISTER, transfer.board),
        "may_open_receipt": _may_open(transfer, user),
        **faults(transfer, user),
        **progress(transfer),
    }


def progress(transfer: Transfer) -> dict[str, Any]:
    """Return how far the packing has come."""
    told = progress_of(transfer) if transfer.status == TransferStatus.PACKING else None
    done, total = told or (0, 0)
    is_moving = transfer.status == TransferStatus.PACKING
    again_at = next_try_at(transfer) if is_moving else None
    return {"transfer": transfer, "done": done, "total": total, "is_moving": is_moving, "again_at": again_at}


def listed(transfer: Transfer) -> list[Listed]:
    """Return how much of each handlingstyp it holds, in one query."""
    counted = transfer.items.taken_along().order_by().values_list("record_type").annotate(number=Count("pk"))
    numbers = dict(counted)
    return [_listed(one, numbers[one.code]) for one in deliverable() if one.code in numbers]


def _listed(one: RecordType, number: int) -> Listed:
    if words := WORDS.get(one.code):
        return Listed(one.code, count_in_words(number, *words[:2], neuter=one.code == MATTER), words[2])
    goes_along = AS_LIST if one.delivery and one.delivery.is_list else IN_WORDS
    if one.part_of:
        goes_along = WITHIN
    return Listed(one.code, one.name, f"{in_figures(number)} st. {goes_along}")


def board_page(board: Board, user: User) -> dict[str, Any]:
    """Return what stands above the board's leveranser."""
    return {
        "board": board,
        "details": TransferDetails.objects.filter(board=board).first(),
        "unfinished": Transfer.objects.filter(board=board).unfinished().first(),
        "prepares": user.may(PREPARE_DISPOSAL, board),
    }


def _may_open(transfer: Transfer, user: User) -> bool:
    readable = Document.objects.readable_by(user, timezone.localdate())
    return bool(transfer.receipt_id) and readable.filter(pk=transfer.receipt_id).exists()
