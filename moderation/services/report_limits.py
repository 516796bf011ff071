"""How much the public form takes: counted in PostgreSQL, so that every process sees the same (R37)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from moderation.models import ReportCount

WINDOW: Final = timedelta(hours=1)
KEPT: Final = timedelta(days=2)
COUNT: Final = """
INSERT INTO moderation_reportcount (scope, key, "window", number) VALUES (%s, %s, %s, 1)
ON CONFLICT (scope, key, "window") DO UPDATE SET number = moderation_reportcount.number + 1
RETURNING number
"""


@dataclass(frozen=True)
class Limit:
    """So many an hour of one thing. `setting` names how many."""

    scope: str
    setting: str

    @property
    def most(self) -> int:
        """How many are let through in an hour."""
        return int(getattr(settings, self.setting))


ATTEMPTS: Final = Limit("attempt", "REPORT_ATTEMPTS_PER_SENDER")
PER_SENDER: Final = Limit("sender", "REPORTS_PER_SENDER")
PER_ACCOUNT: Final = Limit("account", "REPORTS_PER_ACCOUNT")
IN_TOTAL: Final = Limit("total", "REPORTS_IN_TOTAL")
GUESSES: Final = Limit("guess", "RECEIPT_GUESSES_PER_SENDER")


def may_send(sender: str, *, now: datetime) -> bool:
    """Count an attempt to send the form, and tell whether it is looked at. `sender` is a client address."""
    return _count([(ATTEMPTS, _fingerprint(sender, now))], now)


def may_report(sender: str, account: UUID | None, *, now: datetime) -> bool:
    """Count a report, and tell whether it is taken: by its sender, then its account, then all together.

    What a sender sends beyond their own limit is counted on no account and not in total: nobody can use up what
    others have.
    """
    held = [(PER_SENDER, _fingerprint(sender, now))]
    if account is not None:
        held.append((PER_ACCOUNT, str(account)))
    return _count([*held, (IN_TOTAL, "")], now)


def may_guess(sender: str, *, now: datetime) -> bool:
    """Count a receipt number that belongs to no report, and tell whether the sender may try another."""
    return _count([(GUESSES, _fingerprint(sender, now))], now)


@transaction.atomic
def _count(held: list[tuple[Limit, str]], now: datetime) -> bool:
    window = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        # A count lost with the server's power costs nobody anything, and nobody waits for the disk.
        cursor.execute("SET LOCAL synchronous_commit = off")
        for limit, key in held:
            cursor.execute(COUNT, [limit.scope, key, window])
            [number] = cursor.fetchone()
            if number > limit.most:
                return False
    return True


def clear_counts(*, now: datetime) -> int:
    """Clear the counters of windows long past; return how many."""
    cleared, _by_kind = ReportCount.objects.filter(window__lt=now - KEPT).delete()
    return cleared


def _fingerprint(sender: str, now: datetime) -> str:
    """Return what the sender is counted by. The key changes each day: two days cannot be put together."""
    return salted_hmac(f"moderation.reports.{now.astimezone(UTC):%Y-%m-%d}", sender, algorithm="sha256").hexdigest()
