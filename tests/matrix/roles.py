"""The roles of the matrix, and the words its rows are written in."""

from collections.abc import Callable

from django.db.models import Model

from tests.cast import Cast

ROLES = (
    "anonymous",
    "employee",  # of the same unit, with no part in anything
    "applicant",
    "manager",
    "deputy",
    "outsider",  # of another board
    "communications",
    "administrator",
    "registrar",  # of the library's board
)
Row = dict[str, int]
Rows = dict[str, tuple[Row, Row]]
LeadsTo = dict[str, Callable[[Cast], Model | dict[str, object]]]


def everyone(status: int) -> Row:
    """The same for all, signed in or not."""
    return dict.fromkeys(ROLES, status)


def staff(status: int) -> Row:
    """The same for all who are signed in; others are sent to sign in."""
    return {**everyone(status), "anonymous": 302}


def only(*roles: str, status: int = 200, others: int = 403) -> Row:
    """One answer for the roles, another for the rest."""
    return {**staff(others), **dict.fromkeys(roles, status)}


NOBODY = staff(405)
WITHIN = ("applicant", "manager", "deputy", "registrar")
WITHIN_THE_BOARD = only(*WITHIN, others=404)
NOT_EVEN_ANONYMOUS = everyone(405)
PART_IN_IT = ("applicant", "manager", "deputy", "communications")
DECIDES = ("manager", "deputy")
LOOKS_AFTER = ("applicant", "manager", "deputy", "communications")


def seen(*roles: str, status: int = 200, instead: int = 403) -> Row:
    """Seeing is a queryset, doing a permission: 404 for those with no part in it, 403 for those who may not."""
    return {**only(*PART_IN_IT, status=instead, others=404), **dict.fromkeys(roles, status)}


COMMUNICATIONS = only("communications")
