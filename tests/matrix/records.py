"""What addresses of several apps lead to."""

import hashlib

from accounts.models import Account
from tests.cast import Cast
from tests.factories import AccountFactory

FILE = {"sha256": hashlib.sha256(b"%PDF").hexdigest()}


def library_account(cast: Cast, **status: bool) -> Account:
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, **status)
