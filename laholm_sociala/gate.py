"""The door of the portal: closed while the database is older than the ledger outside it (R18).

After a restore from backup, what was disposed of is there again. Nobody is shown it: until it has gone again every
request is answered with 503. Commands are let through, as some of them mend.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db import connection

from archive.ledger import LedgerError
from archive.services import ledger

logger = logging.getLogger(__name__)
AGAIN_AFTER_SECONDS: Final = 60
CLOSED: Final = "Portalen är stängd för underhåll. Försök igen om en stund."

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Gate:
    """A WSGI application that lets another answer while the database has all that stands in the ledger."""

    def __init__(self, application: Application, clock: Callable[[], float] = time.monotonic) -> None:
        self._application = application
        self._clock = clock
        self._open_until = 0.0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer the request."""
        if self._clock() >= self._open_until and not self._may_open():
            headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "600")]
            start_response("503 Service Unavailable", headers)
            return [CLOSED.encode()]
        return self._application(environ, start_response)

    def _may_open(self) -> bool:
        try:
            ledger.require_whole()
            ledger.write_after_commit()
        except (LedgerError, OSError) as error:
            logger.critical("Portalen öppnar inte. %s", error)
            return False
        finally:
            connection.close()
        self._open_until = self._clock() + AGAIN_AFTER_SECONDS
        return True
