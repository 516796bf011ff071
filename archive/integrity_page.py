"""Who watches over the snapshots' files."""

from typing import Final

from accounts.models import User
from archive.models import REGISTER
from archive.models.records_request import RECEIVE

ADMINISTER: Final = "accounts.administer"


def keeps_watch(user: User) -> bool:
    """Whether the person is told of faults: kommunikationsenheten and the administrator."""
    return user.may(RECEIVE) or user.may(ADMINISTER)


def may_see(user: User) -> bool:
    """Whether the person may see the checks: those who watch, and the boards' registratorer."""
    return keeps_watch(user) or bool(user.boards_with(REGISTER))
