"""The addresses of gallring: plans, gallringsstopp and what is due."""

from archive.models import Document, Series
from tests.archive.factories import SeriesFactory, document, proposed_plan, registrar_of, stopped
from tests.cast import Cast
from tests.matrix.roles import NOBODY, LeadsTo, Rows, staff

NOT_OURS = staff(404)

# For each name, who gets what by GET and by POST.
ROWS: Rows = {
    # Those who work with gallring are none of these roles: see tests/archive/test_gallring_pages.py.
    "archive:due-boards": (staff(403), NOBODY),
    "archive:due-detail": (NOT_OURS, NOBODY),
    "archive:due-sample": (NOT_OURS, NOBODY),
    "archive:irrelevance-assert": (NOT_OURS, NOT_OURS),
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


# What stands in the address: the first line whose name begins the address's own.
LEADS_TO: LeadsTo = {
    "archive:due-sample": of_a_type,
    "archive:irrelevance-": of_a_type,
    "archive:due-": lambda cast: cast.culture_board,
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
