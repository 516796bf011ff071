"""How much the public form takes: counted in PostgreSQL, so that every process sees the same (R37)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from moderation.models import ReportCount

WINDOW: Final = timedelta(hours=1)
KEPT: Final = timedelta(days=2)
# Each counts only where the one before it was not full. A count lost with the server's power costs nobody anything, so
# nobody waits for the disk; and it is one statement, so nobody waits for it to be asked piece by piece.
COUNT: Final = """{name} AS (
    INSERT INTO moderation_reportcount (scope, key, "window", number) SELECT %s, %s, %s, 1 {among}
    ON CONFLICT (scope, key, "window") DO UPDATE SET number = moderation_reportcount.number + 1
    RETURNING number <= %s AS allowed
)"""
ANSWER: Final = "SELECT set_config('synchronous_commit', 'off', true), EXISTS (SELECT FROM {name} WHERE allowed)"


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


def _count(held: list[tuple[Limit, str]], now: datetime) -> bool:
    window = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    counts: list[str] = []
    values: list[str | int | datetime] = []
    among = ""
    for limit, key in held:
        counts.append(COUNT.format(name=limit.scope, among=among))
        values += [limit.scope, key, window, limit.most]
        among = f"FROM {limit.scope} WHERE allowed"
    statement = f"WITH {', '.join(counts)} {ANSWER.format(name=held[-1][0].scope)}"
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        [(_quick, allowed)] = cursor.fetchall()
    return bool(allowed)


def clear_counts(*, now: datetime) -> int:
    """Clear the counters of windows long past; return how many."""
    cleared, _by_kind = ReportCount.objects.filter(window__lt=now - KEPT).delete()
    return cleared


def _fingerprint(sender: str, now: datetime) -> str:
    """Return what the sender is counted by. The key changes each day: two days cannot be put together."""
    return salted_hmac(f"moderation.reports.{now.astimezone(UTC):%Y-%m-%d}", sender, algorithm="sha256").hexdigest()
