"""The addresses of gallring: plans, gallringsstopp and what is due."""

from archive.models import Assertion, DisposalRun, Document, Series
from archive.retention import record_type
from archive.services.irrelevance import assert_irrelevant
from tests.archive.disposals import made_up, settled
from tests.archive.factories import (
    SeriesFactory,
    archivist_of,
    decided_plan,
    document,
    proposed_plan,
    registrar_of,
    stopped,
)
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.matrix.roles import NOBODY, LeadsTo, Rows, only, staff

NOT_OURS = staff(404)

# For each name, who gets what by GET and by POST.
ROWS: Rows = {
    # Those who work with gallring are none of these roles: see tests/archive/test_gallring_pages.py.
    "archive:due-boards": (staff(403), NOBODY),
    "archive:due-detail": (NOT_OURS, NOBODY),
    "archive:due-sample": (NOT_OURS, NOBODY),
    "archive:irrelevance-assert": (NOT_OURS, NOT_OURS),
    "archive:assertion-list": (NOT_OURS, NOBODY),
    "archive:assertion-withdraw": (NOT_OURS, NOT_OURS),
    "archive:run-list": (NOT_OURS, NOBODY),
    "archive:run-prepare": (NOT_OURS, NOT_OURS),
    "archive:run-detail": (NOT_OURS, NOBODY),
    "archive:run-items": (NOT_OURS, NOT_OURS),
    "archive:run-items-csv": (NOT_OURS, NOBODY),
    "archive:run-list-anew": (NOT_OURS, NOT_OURS),
    "archive:run-submit": (NOBODY, NOT_OURS),
    "archive:run-take-back": (NOT_OURS, NOT_OURS),
    "archive:run-send-back": (NOT_OURS, NOT_OURS),
    "archive:run-approve": (NOBODY, NOT_OURS),
    "archive:run-advise": (staff(403), staff(403)),
    "archive:run-progress": (NOT_OURS, NOBODY),
    "archive:run-pause": (NOBODY, NOT_OURS),
    "archive:run-resume": (NOBODY, NOT_OURS),
    # The board's registrator sees to it that the protocol gets its number.
    "archive:run-protocol": (only("registrar", others=404), only("registrar", status=302, others=404)),
    "archive:run-protocol-file": (NOT_OURS, NOBODY),
    "archive:run-history": (NOT_OURS, NOBODY),
    "archive:plan-list": (NOT_OURS, NOBODY),
    "archive:plan-propose": (NOBODY, NOT_OURS),
    "archive:plan-detail": (NOT_OURS, NOBODY),
    "archive:plan-rule": (NOT_OURS, NOT_OURS),
    "archive:plan-decide": (NOT_OURS, NOT_OURS),
    "archive:plan-history": (NOT_OURS, NOBODY),
    "archive:hold-list": (NOT_OURS, NOBODY),
    "archive:hold-place": (NOT_OURS, NOT_OURS),
    "archive:hold-detail": (NOT_OURS, NOBODY),
    "archive:hold-review": (NOT_OURS, NOT_OURS),
    "archive:hold-release": (NOT_OURS, NOT_OURS),
    "archive:hold-history": (NOT_OURS, NOBODY),
}


def series_of(cast: Cast) -> Series:
    board = cast.culture_board
    return Series.objects.filter(board=board).first() or SeriesFactory(board=board)


def registered(cast: Cast) -> Document:
    return document(cast.culture_board, by=registrar_of(series_of(cast).board))


def of_a_type(cast: Cast) -> dict[str, object]:
    return {"pk": cast.culture_board.pk, "code": "document"}


def drafted(cast: Cast) -> DisposalRun:
    """An empty draft: enough for who gets in."""
    plan = decided_plan(cast.culture_board)
    about = {"board": plan.board, "plan": plan, "as_of": TODAY, "prepared_by": archivist_of(plan.board)}
    run = DisposalRun(prepared_at=NOW, **about)
    run.record(by=run.prepared_by, now=NOW, reason="Gallringen förbereddes")
    return run


def asserted(cast: Cast) -> Assertion:
    found, board = registered(cast), cast.culture_board
    one = record_type("document")
    assert_irrelevant(one, board, [found.pk], reason="Inaktuellt", by=archivist_of(board), now=NOW)
    return Assertion.objects.get(object_id=found.pk)


# What stands in the address: the first line whose name begins the address's own.
LEADS_TO: LeadsTo = {
    "archive:due-sample": of_a_type,
    "archive:irrelevance-": of_a_type,
    "archive:due-": lambda cast: cast.culture_board,
    "archive:assertion-list": lambda cast: cast.culture_board,
    "archive:assertion-": asserted,
    "archive:run-list-anew": drafted,
    "archive:run-list": lambda cast: cast.culture_board,
    "archive:run-prepare": lambda cast: cast.culture_board,
    "archive:run-items-csv": drafted,
    "archive:run-items": lambda cast: {"pk": drafted(cast).pk, "code": "document"},
    "archive:run-protocol-file": lambda cast: {"pk": drafted(cast).pk, "ending": "pdf"},
    "archive:run-protocol": lambda cast: settled(made_up(cast.culture_board, number=1)),
    "archive:run-": drafted,
    "archive:plan-list": lambda cast: cast.culture_board,
    "archive:plan-propose": lambda cast: cast.culture_board,
    "archive:plan-rule": lambda cast: {"pk": proposed_plan(cast.culture_board).pk, "code": "document"},
    "archive:plan-": lambda cast: proposed_plan(cast.culture_board),
    "archive:hold-list": lambda cast: cast.culture_board,
    "archive:hold-place": lambda cast: cast.culture_board,
    "archive:hold-": lambda cast: stopped(
        cast.culture_board, document(cast.culture_board, by=registrar_of(series_of(cast).board))
    ),
}
