"""The mails that a test has not left behind it: PostgreSQL lets none be taken away."""

from django.db.models import QuerySet

from laholm_sociala.common.models import Mail
from tests.clock import NOW


def unsent() -> QuerySet[Mail]:
    """Return the mails that wait."""
    return Mail.objects.filter(sent_at__isnull=True)


def send_all() -> None:
    """Let those so far have been sent."""
    unsent().update(sent_at=NOW)
