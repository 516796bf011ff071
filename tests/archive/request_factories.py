"""Example requests for public documents, each through the real services."""

from typing import Any

from accounts.models import Account, User
from archive.enums import Assessment, RequestScope
from archive.models import Matter, RecordsRequest
from archive.services.records_requests import Scope, assess, gather_request
from tests.clock import NOW, TODAY

PROVISION = "OSL 21 kap. 7 §"


def gathered(
    request: RecordsRequest, account: Account | None = None, *, matter: Matter | None = None, by: User
) -> RecordsRequest:
    """Return the request with all about the account, or the ärende, or else all of today, gathered."""
    scope = Scope(RequestScope.PERIOD, first=TODAY, last=TODAY)
    if account is not None:
        scope = Scope(RequestScope.ACCOUNT, account)
    if matter is not None:
        scope = Scope(RequestScope.MATTER, matter=matter)
    return gather_request(request.pk, scope, by=by, now=NOW)


def judged(request: RecordsRequest, assessment: Assessment = Assessment.RELEASED, *, by: User, **how: Any) -> None:
    """Judge everything in the request alike."""
    how.setdefault("provision", PROVISION)
    for item in request.items.all():
        assess(item.pk, assessment=assessment, by=by, now=NOW, **how)
