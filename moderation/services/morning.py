"""One mail a person and working day, with what is due, and only where there is something (R08, R10, R12, R29)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import coverage
from accounts.models import Absence, Account, Assignment, Deputy, User
from accounts.services.terms import calendar_in_force
from laholm_sociala.common.mail import send_later
from laholm_sociala.common.swedish import STOCKHOLM, count_in_words, join_in_words
from moderation.enums import Lane, NoticeKind
from moderation.models import Case, Notice
from moderation.services.recipients import subject_of
from moderation.urgency import urgency


@dataclass
class Morning:
    """What one person has to know this morning."""

    person: User
    posts: list[Case] = field(default_factory=list)
    uncovered: list[Account] = field(default_factory=list)


def send_morning_mails(now: datetime) -> int:
    """Write the day's mails once the office has opened; return how many.

    The day is closed when all are written: what comes up later the same day waits for the next morning. A worker that
    dies in between goes on where it was, since each mail is noted in the transaction that writes it.
    """
    today = timezone.localdate(now)
    done = Notice.objects.filter(kind=NoticeKind.MORNING, user=User.objects.system(), day=today)
    if not calendar_in_force(now).is_open(now) or done.exists():
        return 0
    written = sum(_write(morning, now) for morning in mornings(now))
    Notice.objects.get_or_create(
        kind=NoticeKind.MORNING, user=User.objects.system(), day=today, defaults={"sent_at": now}
    )
    return written


def mornings(now: datetime) -> list[Morning]:
    """Return what there is to tell, person by person; a fixed number of queries, and one for each who is told.

    Posts go to the one on duty. A day ahead that nobody covers goes to responsible and substitute, as far as they are
    there today, and to the manager when it is the next working day.
    """
    found: dict[UUID, Morning] = {}
    days = coverage.working_days_ahead(now)
    for person, case in _posts_by_person(days[0], now):
        found.setdefault(person.pk, Morning(person)).posts.append(case)
    for person, account in _uncovered_by_person(days, now):
        found.setdefault(person.pk, Morning(person)).uncovered.append(account)
    for morning in found.values():
        morning.posts = _visible(morning, now)
    told = [morning for morning in found.values() if morning.posts or morning.uncovered]
    return sorted(told, key=lambda morning: morning.person.email)


def _posts_by_person(next_day: date, now: datetime) -> Iterable[tuple[User, Case]]:
    today = timezone.localdate(now)
    end = timezone.make_aware(datetime.combine(next_day + timedelta(days=1), datetime.min.time()), STOCKHOLM)
    asked = Q(due_at__lt=end) | Q(lane=Lane.QUESTION)
    cases = list(Case.objects.to_review().filter(asked).presented().most_urgent_first())
    on_duty = coverage.who_is_on_duty({case.account_id for case in cases}, [today])
    for case in cases:
        holder = on_duty.get((case.account_id, today))
        if holder is not None:
            yield holder.user, case


def _uncovered_by_person(days: Sequence[date], now: datetime) -> Iterable[tuple[User, Account]]:
    today = timezone.localdate(now)
    alone = Account.objects.filter(coverage.alone_some_day(days)).select_related("platform", "unit__manager")
    accounts = list(coverage.with_days_alone(alone, days).order_by("sort_key", "id"))
    people: dict[UUID, dict[UUID, User]] = defaultdict(dict)
    held = Assignment.objects.filter(account__in=accounts, user__is_active=True).on(today).select_related("user")
    for duty in held:
        people[duty.account_id][duty.user_id] = duty.user
    deputies = Deputy.objects.filter(unit__in={account.unit_id for account in accounts}, user__is_active=True)
    by_unit = defaultdict(list)
    for deputy in deputies.on(today).select_related("user"):
        by_unit[deputy.unit_id].append(deputy.user)
    for account in accounts:
        if days[0] in account.days_alone:
            leader = account.unit.manager
            leaders = [*by_unit[account.unit_id], *([leader] if leader and leader.is_active else [])]
            people[account.pk].update({person.pk: person for person in leaders})
    away = set(Absence.objects.on(today).values_list("user", flat=True))
    for account in accounts:
        for person in people[account.pk].values():
            if person.pk not in away:
                yield person, account


def _visible(morning: Morning, now: datetime) -> list[Case]:
    """Return the person's posts without those that the person may not see: some that may be secret."""
    restricted = [case.pk for case in morning.posts if case.is_restricted]
    if not restricted:
        return morning.posts
    seen = Case.objects.filter(pk__in=restricted).visible_to(morning.person, timezone.localdate(now))
    kept = set(seen.values_list("pk", flat=True))
    return [case for case in morning.posts if not case.is_restricted or case.pk in kept]


@transaction.atomic
def _write(morning: Morning, now: datetime) -> int:
    person = User.objects.select_for_update(of=("self",), no_key=True).get(pk=morning.person.pk)
    today = timezone.localdate(now)
    if Notice.objects.filter(kind=NoticeKind.MORNING, user=person, day=today).exists():
        return 0
    Notice.objects.create(kind=NoticeKind.MORNING, user=person, day=today, sent_at=now)
    send_later(
        to=[person.email],
        subject=f"I dag: {_in_short(morning)}",
        template="morning",
        context={"sections": _sections(morning, now), "path": reverse("to-do")},
        now=now,
    )
    return 1


def _in_short(morning: Morning) -> str:
    questions = [case for case in morning.posts if case.lane == Lane.QUESTION]
    parts = []
    if len(morning.posts) > len(questions):
        number = len(morning.posts) - len(questions)
        parts.append(count_in_words(number, "inlägg att granska", "inlägg att granska", neuter=True, capital=False))
    if questions:
        parts.append(count_in_words(len(questions), "fråga att svara på", "frågor att svara på", capital=False))
    if morning.uncovered:
        number = len(morning.uncovered)
        parts.append(
            count_in_words(number, "konto utan bemanning", "konton utan bemanning", neuter=True, capital=False)
        )
    return join_in_words(parts)


def _sections(morning: Morning, now: datetime) -> list[tuple[str, list[str]]]:
    """Return the mail's headings and lines: words alone, and never a word of what a post says."""
    late = [case for case in morning.posts if case.handle_by <= now]
    questions = [case for case in morning.posts if case.lane == Lane.QUESTION and case not in late]
    rest = [case for case in morning.posts if case not in late and case not in questions]
    today = timezone.localdate(now)
    days = [f"{account}: {coverage.days_alone_in_words(account, today)}" for account in morning.uncovered]
    named = [
        ("För sent", [_line(case, now) for case in late]),
        ("Att granska i dag och nästa arbetsdag", [_line(case, now) for case in rest]),
        ("Frågor som väntar på svar", [_line(case, now) for case in questions]),
        ("Dagar som ingen sköter kontot", days),
    ]
    return [(heading, lines) for heading, lines in named if lines]


def _line(case: Case, now: datetime) -> str:
    return f"{subject_of(case)}, {case.account}. {urgency(case, now).words.removeprefix('Kan vara sekretess. ')}."
