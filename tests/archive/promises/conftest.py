"""A post that may go, whose words are those that nothing else says."""

import pytest

from tests.archive.disposals import old_case, plan_for
from tests.archive.factories import SeriesFactory
from tests.archive.promises import CANARY
from tests.moderation.factories import library_account


@pytest.fixture(autouse=True)
def _ledger(settings, tmp_path):
    settings.DISPOSAL_LEDGER = tmp_path / "ledger.jsonl"
    settings.SWEPT_FOLDERS = []


@pytest.fixture
def board(cast):
    SeriesFactory(board=cast.culture_board)
    return cast.culture_board


@pytest.fixture
def case(cast, board):
    found = old_case(library_account(cast), text=f"Ord {CANARY}")
    plan_for(board)
    return found
