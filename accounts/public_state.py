"""Which state of the public pages this is, for ETag and Last-Modified (R05: always true)."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import PublicChange

# Last-Modified counts whole seconds: within this time of a change a second one could hide behind it.
SETTLED_AFTER: Final = timedelta(seconds=2)


@dataclass(frozen=True)
class PublicState:
    """A state that never comes back: the number of changes ever, the newest mark, and when it was made."""

    changes: int
    newest: int
    changed_at: datetime | None

    @property
    def etag(self) -> str:
        """The state in one word, together with the release that draws the page."""
        return f'"{self.changes}-{self.newest}-{release()}"'


def public_state() -> PublicState:
    """Read the state, in one query over a small table."""
    found = PublicChange.objects.aggregate(changes=Sum("weight"), newest=Max("id"), changed_at=Max("changed_at"))
    return PublicState(int(found["changes"] or 0), found["newest"] or 0, found["changed_at"])


def public_etag(request: HttpRequest, *args: object, **kwargs: object) -> str:
    """Return the page's ETag."""
    return _state_of(request).etag


def public_last_modified(request: HttpRequest, *args: object, **kwargs: object) -> datetime | None:
    """Return when something last changed, or None while it is too new for a header that counts seconds."""
    state = _state_of(request)
    if state.changed_at is None or timezone.now() - state.changed_at < SETTLED_AFTER:
        return None
    return max(state.changed_at, STARTED)


def _state_of(request: HttpRequest) -> PublicState:
    # Read once: the two headers must speak of the same state.
    if not hasattr(request, "public_state"):
        request.public_state = public_state()  # type: ignore[attr-defined]
    return request.public_state  # type: ignore[attr-defined]


@cache
def release() -> str:
    """Return a fingerprint of what draws the pages: templates, and the settings that stand on them."""
    drawn = hashlib.sha256(json.dumps(settings.MUNICIPALITY, sort_keys=True).encode())
    drawn.update(settings.COMMUNICATIONS_EMAIL.encode())
    for path in sorted(Path(settings.BASE_DIR, "templates").rglob("*.html")):
        drawn.update(path.read_bytes())
    return drawn.hexdigest()[:12]


# A new release may draw the same accounts in another way.
STARTED: Final = timezone.now()
