"""Two people at the doors of a leverans in the same moment (R18)."""

import pytest

from archive.models import Transfer, TransferPackage
from archive.services import transfer_packing, transfers
from laholm_sociala.common.errors import RefusedError
from tests.archive.factories import archivist_of
from tests.archive.transfers import NUMBER, THROUGH, asked, handed_over, packed, ready, receipt_for, taken_home
from tests.clock import NOW, TODAY
from tests.race import losers, race, winners

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def board(cast):
    return ready(cast.culture_board)


def two_of(board, act):
    return race(*(lambda by=by: act(by) for by in (archivist_of(board), archivist_of(board))))


def test_two_who_prepare_make_one(board):
    outcomes = two_of(board, lambda by: transfers.prepare(board, THROUGH, as_bag=False, by=by, now=NOW))
    assert len(winners(outcomes)) == 1
    assert [type(error) for error in losers(outcomes)] == [RefusedError]
    assert Transfer.objects.count() == 1


def test_two_workers_make_one_package(board):
    transfer = asked(board)
    race(*(lambda: transfer_packing.pack(transfer.pk, clock=lambda: NOW) for _worker in range(2)))
    assert TransferPackage.objects.count() == 1


def test_handed_over_and_cancelled_it_is_one_of_them(board):
    transfer, by = taken_home(packed(board)), archivist_of(board)
    outcomes = race(
        lambda: transfers.hand_over(transfer.pk, on=TODAY, by=by, now=NOW),
        lambda: transfers.cancel(transfer.pk, reason="Fel dag", by=by, now=NOW),
    )
    # Whoever is first; a leverans that is handed over can still be cancelled.
    assert Transfer.objects.get().status == "cancelled"
    assert {type(error) for error in losers(outcomes)} <= {RefusedError}


def test_two_who_note_the_receipt_note_it_once(board):
    transfer, number = handed_over(board), str(receipt_for(board))
    outcomes = two_of(board, lambda by: transfers.note_receipt(transfer.pk, number=number, by=by, now=NOW))
    assert len(winners(outcomes)) == 1
    assert [type(error) for error in losers(outcomes)] == [RefusedError]


def test_two_who_write_the_details_write_one_row(board):
    outcomes = two_of(
        board,
        lambda by: transfers.write_details(
            board, organisation_number=NUMBER, receiver=f"E-arkivet {by.pk}", agreement="", by=by, now=NOW
        ),
    )
    assert len(winners(outcomes)) == 2
    assert board.transfer_details.history.count() == 3
