"""Before a limit passes: the one on duty is warned, and later the substitute. When it has: it is written down (R12).

What is due is looked up anew each time and each post is taken by itself, locked, in a transaction that holds the mail
and the note that it was written. A worker that dies in the middle loses none: the rest waits for the next.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from accounts import coverage
from accounts.enums import Duty
from accounts.models import Absence, User
from accounts.services.terms import calendar_in_force
from laholm_sociala.common.mail import send_later
from laholm_sociala.common.worktime import Calendar
from moderation.enums import ActionKind, CaseStatus, NoticeKind
from moderation.models import Case, Notice
from moderation.services.doors import write_down
from moderation.services.recipients import subject_of, who_answers_for, who_may_see
from moderation.urgency import urgency

# A breach that nobody could be told of is not looked for longer than this.
TELL_WITHIN: Final = timedelta(days=14)


def send_warnings(now: datetime) -> int:
    """Warn of undecided posts whose time for it has come, in office hours alone; return how many mails were written."""
    calendar = calendar_in_force(now)
    if not calendar.is_open(now):
        return 0
    second = Notice.objects.filter(case=OuterRef("pk"), kind=NoticeKind.SECOND, limit=OuterRef("handle_by"))
    waiting = Case.objects.to_review().filter(warn_at__lte=now, late_since__isnull=True, handle_by__gt=now)
    left = waiting.exclude(Exists(second)).order_by("warn_at", "pk").only("warned_at", "warn_at", "handle_by")
    due = [case.pk for case in left if case.warned_at is None or _halfway(case, calendar) <= now]
    return sum(warn(pk, calendar=calendar, now=now) for pk in due)


@transaction.atomic
def warn(case_id: UUID, *, calendar: Calendar, now: datetime) -> int:
    """Warn of one post if it is time: first the one on duty, halfway to the limit the substitute.

    Where nobody on duty sees it the manager is warned, or it would reach nobody. A post that somebody acts on at this
    very moment is left alone.
    """
    case = _locked(case_id)
    if case is None or case.handle_by <= now:
        return 0
    if case.warned_at is None:
        return _warn_first(case, now)
    return _warn_substitute(case, now) if _halfway(case, calendar) <= now else 0


def _halfway(case: Case, calendar: Calendar) -> datetime:
    """Return when half the office hours between the warning and the limit are gone."""
    return calendar.add(case.warn_at, calendar.between(case.warn_at, case.handle_by) / 2)


def note_breaches(now: datetime) -> int:
    """Write down on each undecided post whose time is out that it is late; return how many were."""
    over = Case.objects.to_review().filter(handle_by__lte=now, late_since__isnull=True).order_by("handle_by", "pk")
    return sum(note_breach(pk, now=now) for pk in over.values_list("pk", flat=True))


@transaction.atomic
def note_breach(case_id: UUID, *, now: datetime) -> bool:
    """Freeze the lateness of one post, with the guideline and the calendar that measured it."""
    case = _locked(case_id)
    if case is None or case.handle_by > now:
        return False
    case.late_since = case.handle_by
    write_down(case, ActionKind.LATE, by=User.objects.system(), now=now)
    return True


def tell_managers(now: datetime) -> int:
    """Tell the manager of each post that is late, in office hours alone; return how many mails were written."""
    if not calendar_in_force(now).is_open(now):
        return 0
    told = Notice.objects.filter(case=OuterRef("pk"), kind=NoticeKind.LATE)
    late = Case.objects.filter(late_since__gt=now - TELL_WITHIN).exclude(Exists(told)).order_by("late_since", "pk")
    return sum(tell_manager(pk, now=now) for pk in late.values_list("pk", flat=True))


@transaction.atomic
def tell_manager(case_id: UUID, *, now: datetime) -> int:
    """Tell the manager and deputies of one late post, whether or not it is dealt with by now."""
    case = Case.objects.presented().select_for_update(of=("self",), skip_locked=True).filter(pk=case_id).first()
    if case is None or case.late_since is None:
        return 0
    return _write(case, who_answers_for(case, now), NoticeKind.LATE, now)


def _locked(case_id: UUID) -> Case | None:
    undecided = Case.objects.presented().filter(pk=case_id, status=CaseStatus.NEW, late_since__isnull=True)
    return undecided.select_for_update(of=("self",), skip_locked=True).first()


def _warn_first(case: Case, now: datetime) -> int:
    today = timezone.localdate(now)
    holder = coverage.who_is_on_duty([case.account_id], [today]).get((case.account_id, today))
    people = who_may_see(case, [holder.user], now) if holder else []
    written = _write(case, people or who_answers_for(case, now), NoticeKind.WARNING, now)
    if written:
        case.warned_at = now
        case.record(by=User.objects.system(), now=now, reason="Påminnelse om tidsfristen")
    return written


def _warn_substitute(case: Case, now: datetime) -> int:
    today = timezone.localdate(now)
    away = Absence.objects.on(today).filter(user=OuterRef("user"))
    there = case.account.assignments.on(today).filter(duty=Duty.SUBSTITUTE, user__is_active=True)
    substitutes = [duty.user for duty in there.exclude(Exists(away)).select_related("user__unit")]
    return _write(case, substitutes, NoticeKind.SECOND, now)


def _write(case: Case, people: Sequence[User], kind: NoticeKind, now: datetime) -> int:
    """Write one mail to each who may see the post and has not had it, and note that it was written."""
    limit = case.handle_by
    told = set(Notice.objects.filter(case=case, limit=limit, kind__in=_ALREADY[kind]).values_list("user", flat=True))
    left = [person for person in who_may_see(case, people, now) if person.pk not in told]
    for person in left:
        Notice.objects.create(kind=kind, user=person, case=case, limit=limit, day=timezone.localdate(now), sent_at=now)
        _send(case, person, kind, now)
    return len(left)


# The substitute who was on duty has been warned already.
_ALREADY: Final = {
    NoticeKind.WARNING: (NoticeKind.WARNING,),
    NoticeKind.SECOND: (NoticeKind.WARNING, NoticeKind.SECOND),
    NoticeKind.LATE: (NoticeKind.LATE,),
}


def _send(case: Case, person: User, kind: NoticeKind, now: datetime) -> None:
    send_later(
        to=[person.email],
        subject=f"{'För sent' if kind == NoticeKind.LATE else 'Påminnelse'}: {subject_of(case)}, {case.account}",
        template="case_late" if kind == NoticeKind.LATE else "case_warning",
        # Words alone: the template cannot tell what it is not given.
        context={
            "what": subject_of(case),
            "account": str(case.account),
            "hurry": urgency(case, now).words,
            "late_since": case.late_since,
            "is_substitute": kind == NoticeKind.SECOND,
            "path": reverse("moderation:case-detail", args=[case.pk]),
        },
        now=now,
        about=[case.pk],
    )
