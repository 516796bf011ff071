"""Leveranser to the e-archive in every state, each at a board of its own, for the pages that show them."""

from collections.abc import Callable
from string import ascii_uppercase
from typing import Any

from accounts.models import Board
from archive.enums import TransferFault
from archive.models import Series, Transfer
from archive.services import transfers
from archive.services.transfer_failing import FAULTY, give_up_packing
from tests.archive.factories import SeriesFactory
from tests.archive.transfers import asked, drafted, handed_over, packed, ready, receipted
from tests.browser.world.world import LONG_WORDS, World
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory


def make(world: World) -> dict[str, Any]:
    """Return them by state. The board's archivist works with each of the boards too."""
    states: dict[str, Callable[[Board], Transfer]] = {
        "transfer_draft": drafted,
        "transfer_packing": asked,
        "transfer_faulty": _faulty,
        "transfer_packed": packed,
        "transfer_handed_over": handed_over,
        "transfer_received": receipted,
        "transfer_cancelled": _cancelled,
    }
    made = {name: reach(_board(world)) for name, reach in states.items()}
    return {**made, "transfer_board": made["transfer_packed"].board}


def _faulty(board: Board) -> Transfer:
    transfer = asked(board)
    faulty = dict.fromkeys(transfer.items.values_list("object_id", flat=True), TransferFault.MISSING)
    give_up_packing(transfer.pk, of_try=NOW, failure=FAULTY, faulty=faulty, now=NOW)
    return transfer


def _cancelled(board: Board) -> Transfer:
    transfer = drafted(board)
    return transfers.cancel(transfer.pk, reason=LONG_WORDS, by=transfer.prepared_by, now=NOW)


def _board(world: World) -> Board:
    board = SeriesFactory(prefix=f"L{ascii_uppercase[Series.objects.count()]}-SM").board
    RoleAssignmentFactory(user=world["archivist"], role_id="arkivredogorare", board=board)
    return ready(board)
