"""Closings of accounts, for the tests."""

from accounts.models import Account, Closing, User
from accounts.services.closing import confirm_closing, request_closing
from archive.services.snapshots import could_not_be_taken
from tests.clock import NOW

REASON = "Biblioteket samlar allt på ett konto."


def asked_for(account: Account, *, by: User, **more) -> Closing:
    """Ask for the account to be closed."""
    return request_closing(account.pk, reason=REASON, by=by, now=NOW, **more)


def made_ready(closing: Closing, *, manager: User) -> Closing:
    """Let the manager say that no snapshot can be taken: nothing more is then required."""
    could_not_be_taken(closing.account_id, reason="Kontot är redan borttaget.", by=manager, now=NOW)
    return closing


def closed(account: Account, *, by: User, manager: User, **more) -> Closing:
    """Close the account, from the first word to the manager's."""
    closing = made_ready(asked_for(account, by=by, **more), manager=manager)
    return confirm_closing(closing.pk, by=manager, now=NOW)
