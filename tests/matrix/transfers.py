"""The addresses of leveranser to the e-archive."""

from archive.models import Transfer
from tests.archive.factories import archivist_of, decided_plan
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.matrix.roles import NOBODY, LeadsTo, Rows, staff

NOT_OURS = staff(404)

# Those who work with gallring are none of these roles: see tests/archive/test_transfer_pages.py.
ROWS: Rows = {
    "archive:transfer-boards": (staff(403), NOBODY),
    "archive:transfer-list": (NOT_OURS, NOBODY),
    "archive:transfer-details": (NOT_OURS, NOT_OURS),
    "archive:transfer-prepare": (NOT_OURS, NOT_OURS),
    "archive:transfer-detail": (NOT_OURS, NOBODY),
    "archive:transfer-pack": (NOBODY, NOT_OURS),
    "archive:transfer-progress": (NOT_OURS, NOBODY),
    "archive:transfer-package": (NOT_OURS, NOBODY),
    "archive:transfer-hand-over": (NOT_OURS, NOT_OURS),
    "archive:transfer-receipt": (NOT_OURS, NOT_OURS),
    "archive:transfer-cancel": (NOT_OURS, NOT_OURS),
    "archive:transfer-history": (NOT_OURS, NOBODY),
}


def prepared(cast: Cast) -> Transfer:
    """An empty leverans: enough for who gets in."""
    plan = decided_plan(cast.culture_board)
    about = {"board": plan.board, "plan": plan, "through": TODAY, "prepared_by": archivist_of(plan.board)}
    transfer = Transfer(prepared_at=NOW, **about)
    transfer.record(by=transfer.prepared_by, now=NOW, reason="Leveransen förbereddes")
    return transfer


LEADS_TO: LeadsTo = {
    "archive:transfer-list": lambda cast: cast.culture_board,
    "archive:transfer-details": lambda cast: cast.culture_board,
    "archive:transfer-prepare": lambda cast: cast.culture_board,
    "archive:transfer-": prepared,
}
