"""When each account's next ögonblicksbild is due: a year after the last, before a change, before closing (R19, R20).

Every question is a condition over accounts, so that a page of them costs one query.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Case, DateField, Exists, Func, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Least, TruncDate
from django.utils import timezone

from accounts.compliance import Severity, check
from accounts.enums import AccountStatus
from accounts.models import Account, Closing
from archive.enums import SnapshotReason
from archive.models import PlannedChange, Snapshot
from laholm_sociala.common.swedish import STOCKHOLM, date_in_words

IN_USE: Final = Q(status=AccountStatus.ACTIVE)
# A major change, or a closing, waits for its snapshot: whatever the year says.
ASKED_FOR: Final = Q(change_on__isnull=False) | Q(closing_on__isnull=False)


def year_before(day: date) -> date:
    """Return the same day of the year before; 28 February for 29 February."""
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def end_of_month(day: date) -> date:
    """Return the last day of the month."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


@check(
    "snapshot_missing",
    "R19",
    severity=Severity.TO_MEND,
    title="Ögonblicksbild saknas",
    icon="camera",
    why="Det är mer än ett år sedan kontot sparades som ögonblicksbild.",
    action="Skicka skärmbilder",
    url_name="archive:snapshot-upload",
)
def snapshot_missing(now: datetime) -> Q:
    """In use for more than a year, and no good snapshot within the year."""
    limit = year_before(timezone.localdate(now))
    begins = timezone.make_aware(datetime.combine(limit, datetime.min.time()), STOCKHOLM)
    kept = Snapshot.objects.good().filter(account=OuterRef("pk"), taken_at__gte=begins)
    return IN_USE & Q(in_use_since__lt=limit) & ~Exists(kept)


@dataclass(frozen=True)
class Due:
    """A snapshot to take: of which account, why, by which day, and whether that is past."""

    account: Account
    reason: SnapshotReason
    day: date
    is_late: bool

    def __str__(self) -> str:
        return f"{self.account}. {self.words}"

    @property
    def words(self) -> str:
        """Say why and by when: "Senast måndag 30 november."."""
        if self.reason == SnapshotReason.CLOSING:
            return "Innan kontot avslutas."
        before = "Före ändringen" if self.reason == SnapshotReason.BEFORE_CHANGE else "Senast"
        return f"{before} {date_in_words(self.day, timezone.localdate())}."


def with_due(accounts: QuerySet, *, now: datetime) -> QuerySet:
    """Return those of the accounts that stand in the calendar, each with when and why its next snapshot is due.

    `yearly_on` is a year after the last good one or after the account's start; `change_on` the day of a major change,
    and `closing_on` the day when the closing was asked for, each while it waits for its snapshot; `due_on` the first.
    """
    taken = Snapshot.objects.good().filter(account=OuterRef("pk")).order_by("-taken_at").values("taken_at")[:1]
    latest = TruncDate(Subquery(taken), tzinfo=STOCKHOLM)
    counts_from = Case(When(IN_USE, then=Coalesce(latest, "in_use_since")))
    return (
        accounts.filter(status__in=(AccountStatus.ACTIVE, AccountStatus.CLOSING))
        .select_related("platform", "unit")
        .annotate(latest=latest, yearly_on=_a_year_after(counts_from))
        .annotate(change_on=Subquery(_change()), closing_on=Subquery(_closing()))
        .annotate(due_on=Least("yearly_on", "change_on", "closing_on"))
        .order_by("due_on", "sort_key", "id")
    )


def to_take(accounts: QuerySet, *, now: datetime) -> QuerySet:
    """Return those that are overdue, due this month, or wait for a change or a closing, the first due first."""
    this_month = Q(yearly_on__lte=end_of_month(timezone.localdate(now)))
    return with_due(accounts, now=now).filter(this_month | ASKED_FOR)


def coming(accounts: QuerySet, *, now: datetime) -> QuerySet:
    """Return those of `to_take` whose year is not out: what is overdue stands among what an account lacks."""
    return to_take(accounts, now=now).filter(Q(yearly_on__gte=timezone.localdate(now)) | ASKED_FOR)


def done(accounts: QuerySet, *, now: datetime) -> QuerySet:
    """Return those whose snapshot holds beyond this month, the latest first."""
    held = with_due(accounts, now=now).filter(
        ~ASKED_FOR, latest__isnull=False, yearly_on__gt=end_of_month(timezone.localdate(now))
    )
    return held.order_by("-latest", "sort_key", "id")


def due_of(account: Account, today: date) -> Due:
    """Return why and when the next snapshot of an account from `with_due` is to be taken."""
    # What was asked for is told of before the year, where both fall on the same day.
    asked = [(SnapshotReason.CLOSING, account.closing_on), (SnapshotReason.BEFORE_CHANGE, account.change_on)]  # type: ignore[attr-defined]
    reason = next((reason for reason, day in asked if day == account.due_on), SnapshotReason.YEARLY)  # type: ignore[attr-defined]
    day: date = account.due_on  # type: ignore[attr-defined]
    return Due(account, reason, day, is_late=reason != SnapshotReason.CLOSING and day < today)


def _a_year_after(day: Combinable) -> Func:
    # PostgreSQL makes it 28 February for 29 February.
    return Func(day, template="(%(expressions)s + interval '1 year')::date", output_field=DateField())


def _change() -> QuerySet:
    waiting = PlannedChange.objects.waiting().filter(account=OuterRef("pk"))
    return waiting.order_by("planned_on").values("planned_on")[:1]


def _closing() -> QuerySet:
    asked = Closing.objects.open().filter(account=OuterRef("pk"))
    word = Snapshot.objects.not_possible().filter(account=OuterRef("account"), verdict_at__gte=OuterRef("requested_at"))
    kept = Snapshot.objects.good().filter(account=OuterRef("account")).taken_since_outer("requested_at")
    left = asked.filter(~Exists(kept), ~Exists(word))
    return left.values(day=TruncDate("requested_at", tzinfo=STOCKHOLM))[:1]
