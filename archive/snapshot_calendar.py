"""When each account's yearly ögonblicksbild is due: a year after the last good one, or after its start (R19).

Every question is a condition over accounts, so that a page of them costs one query.
"""

from datetime import date, datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from accounts.compliance import Severity, check
from accounts.enums import AccountStatus
from accounts.models import Account, User
from archive.models import Snapshot
from laholm_sociala.common.swedish import STOCKHOLM

IN_USE: Final = Q(status=AccountStatus.ACTIVE)


def year_before(day: date) -> date:
    """Return the same day of the year before; 28 February for 29 February."""
    return _in_year(day, day.year - 1)


def year_after(day: date) -> date:
    """Return the same day of the year after; 28 February for 29 February."""
    return _in_year(day, day.year + 1)


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


def with_due(user: User, *, now: datetime) -> QuerySet:
    """Return the accounts in use that the person sees, each with `counts_from`: a year later the next is due."""
    taken = Snapshot.objects.good().filter(account=OuterRef("pk")).order_by("-taken_at").values("taken_at")[:1]
    accounts = Account.objects.visible_to(user, timezone.localdate(now)).filter(IN_USE)
    latest = TruncDate(Subquery(taken), tzinfo=STOCKHOLM)
    return (
        accounts.select_related("platform", "unit")
        .annotate(latest=latest, counts_from=Coalesce(latest, "in_use_since"))
        .order_by("counts_from", "sort_key", "id")
    )


def to_take(user: User, *, now: datetime) -> QuerySet:
    """Return those that are overdue or due this month, the oldest first."""
    return with_due(user, now=now).filter(counts_from__lte=year_before(end_of_month(timezone.localdate(now))))


def done(user: User, *, now: datetime) -> QuerySet:
    """Return those whose snapshot holds beyond this month, the latest first."""
    last = year_before(end_of_month(timezone.localdate(now)))
    return with_due(user, now=now).filter(latest__gt=last).order_by("-latest", "sort_key", "id")


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)
