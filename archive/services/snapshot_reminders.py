"""By mail: which snapshots are to be taken this month, and which are overdue (R19, R20).

What is due goes to the one on duty for the account, the responsible or, while that person is away, the substitute;
where nobody is, to the unit's manager. What is overdue goes to all of them. One mail a person, with everything.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import coverage
from accounts.models import Absence, Account, Assignment, Deputy, User
from archive.enums import ReminderKind
from archive.models import SnapshotReminder
from archive.snapshot_calendar import Due, due_of, to_take
from laholm_sociala.common.mail import send_later
from laholm_sociala.common.swedish import count_in_words


def remind(now: datetime) -> int:
    """Write the mails of a working day's morning; return how many.

    Each is told of the same snapshot once in the month when it is due, and once in each month while it is overdue.
    Idempotent: what was told is written down with the mail.
    """
    today = timezone.localdate(now)
    if not coverage.is_working_day(today, now):
        return 0
    dues = [due_of(account, today) for account in to_take(Account.objects.all(), now=now)]
    people: dict[UUID, tuple[User, list[Due]]] = {}
    for person, due in _told(dues, now):
        people.setdefault(person.pk, (person, []))[1].append(due)
    in_order = sorted(people.values(), key=lambda found: found[0].email)
    return sum(_write(person, found, now=now) for person, found in in_order)


def _told(dues: Sequence[Due], now: datetime) -> Iterator[tuple[User, Due]]:
    """Yield who is to know of what, each pair once."""
    today = timezone.localdate(now)
    on_duty = coverage.who_is_on_duty({due.account.pk for due in dues}, [today])
    holders, leaders = _holders(dues, today), _leaders(dues, today)
    for due in dues:
        holder = on_duty.get((due.account.pk, today))
        people = {holder.user.pk: holder.user} if holder else leaders[due.account.unit_id]
        if due.is_late:
            people = {**people, **holders[due.account.pk], **leaders[due.account.unit_id]}
        for person in people.values():
            yield person, due


def _holders(dues: Sequence[Due], today: date) -> dict[UUID, dict[UUID, User]]:
    """Return the responsible and the substitute of each account, those who are there today."""
    found: dict[UUID, dict[UUID, User]] = defaultdict(dict)
    away = Absence.objects.on(today).values("user")
    held = Assignment.objects.filter(account__in=[due.account.pk for due in dues], user__is_active=True).on(today)
    for duty in held.exclude(user__in=away).select_related("user"):
        found[duty.account_id][duty.user_id] = duty.user
    return found


def _leaders(dues: Sequence[Due], today: date) -> dict[UUID, dict[UUID, User]]:
    """Return the manager and the deputies of the day of each account's unit."""
    found: dict[UUID, dict[UUID, User]] = defaultdict(dict)
    units = {due.account.unit_id for due in dues}
    for manager in User.objects.active().filter(managed_units__in=units).prefetch_related("managed_units"):
        for unit in manager.managed_units.all():
            found[unit.pk][manager.pk] = manager
    for deputy in Deputy.objects.filter(unit__in=units, user__is_active=True).on(today).select_related("user"):
        found[deputy.unit_id][deputy.user_id] = deputy.user
    return found


@transaction.atomic
def _write(person: User, dues: Sequence[Due], *, now: datetime) -> int:
    # Locked: two workers may come at the same time.
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    month = timezone.localdate(now).replace(day=1)
    told = set(SnapshotReminder.objects.filter(user=person, month=month).values_list("account_id", "kind", "due_on"))
    left = [due for due in dues if (due.account.pk, _kind(due), due.day) not in told]
    if not left:
        return 0
    for due in left:
        SnapshotReminder.objects.create(
            kind=_kind(due), account=due.account, user=person, due_on=due.day, month=month, sent_at=now
        )
    late = [due for due in left if due.is_late]
    send_later(
        to=[person.email],
        subject=_subject(len(late), len(left) - len(late)),
        template="snapshot_reminder",
        context={
            "late": late,
            "due": [due for due in left if not due.is_late],
            "path": reverse("archive:snapshot-list"),
        },
        now=now,
    )
    return 1


def _kind(due: Due) -> ReminderKind:
    return ReminderKind.LATE if due.is_late else ReminderKind.DUE


def _subject(late: int, due: int) -> str:
    if late:
        return count_in_words(late, "ögonblicksbild är försenad", "ögonblicksbilder är försenade")
    return count_in_words(due, "ögonblicksbild att ta", "ögonblicksbilder att ta")
