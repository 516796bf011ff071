"""Who is responsible and substitute, from when to when (R03, R10): *vem var ansvarig den …?* always has one answer."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.enums import Duty
from accounts.models import Account, Assignment, User
from accounts.services.keepers import lock_account
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.swedish import date_in_words

A_DAY: Final = timedelta(days=1)
OTHER: Final = {Duty.RESPONSIBLE: Duty.SUBSTITUTE, Duty.SUBSTITUTE: Duty.RESPONSIBLE}


@transaction.atomic
def appoint(account_id: UUID, *, duty: Duty, user: User, from_date: date, by: User, now: datetime) -> Assignment:
    """Name who has the duty from a day on. Whoever had it ends the day before, or not begins at all.

    Raises PermissionDenied for those who do not keep the account, RefusedError when the day has passed, when the
    person has left, has the duty already or the other one at that time, or when someone is named for a later day.
    """
    account = lock_account(account_id, by=by, now=now)
    duty, today = Duty(duty), timezone.localdate(now)
    if from_date < today:
        raise RefusedError("Ett uppdrag kan börja tidigast i dag.", field="from_date")
    if not User.objects.active().filter(pk=user.pk).exists():
        raise RefusedError("Personen är inte aktiv. Välj någon annan.", field="user")
    from_then_on = account.assignments.filter(Q(to_date__isnull=True) | Q(to_date__gte=from_date))
    _refuse_both_duties(from_then_on.filter(duty=OTHER[duty], user=user), OTHER[duty])
    for held in from_then_on.filter(duty=duty).order_by("from_date"):
        _make_way(held, user, from_date, by=by, now=now)
    assignment = Assignment(account=account, user=user, duty=duty, from_date=from_date)
    assignment.record(by=by, now=now, reason=f"Utsedd till {duty.label.lower()}")
    return assignment


@transaction.atomic
def end(assignment_id: UUID, *, last_day: date, by: User, now: datetime) -> None:
    """Let a duty end on a day, or move the day; one that has not begun by then is taken away.

    Raises PermissionDenied for those who do not keep the account, RefusedError when the day has passed or belongs to
    someone else, when the duty has ended already, or when nobody would be responsible the day after (R03).
    """
    account_id = Assignment.objects.values_list("account", flat=True).get(pk=assignment_id)
    account = lock_account(account_id, by=by, now=now)
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment_id)
    today = timezone.localdate(now)
    if assignment.to_date is not None and assignment.to_date < today:
        raise RefusedError("Uppdraget är redan avslutat.")
    if last_day < today:
        raise RefusedError("Sista dagen kan vara tidigast i dag.", field="last_day")
    others = account.assignments.exclude(pk=assignment_id)
    _refuse_somebody_elses_day(others, assignment, last_day)
    _refuse_nobody_responsible(others, assignment, last_day, today)
    if assignment.from_date > last_day:
        assignment.erase(by=by, now=now, reason="Uppdraget togs bort innan det började")
        return
    assignment.to_date = last_day
    assignment.record(by=by, now=now, reason="Uppdragets sista dag bestämdes")


def on_day(account: Account, day: date) -> list[Assignment]:
    """Return who was, is or will be responsible and substitute that day, the responsible first."""
    return list(account.assignments.on(day).select_related("user__unit").order_by("duty"))


def _refuse_both_duties(others: object, duty: Duty) -> None:
    held = others.select_related("user").first()  # type: ignore[attr-defined]
    if held:
        raise RefusedError(
            f"{held.user.short_name} är {duty.label.lower()} den tiden. Välj en annan person, eller avsluta det först.",
            field="user",
        )


def _make_way(held: Assignment, user: User, from_date: date, *, by: User, now: datetime) -> None:
    """End what was held the day before; take away what would have begun the same day; refuse what begins later."""
    if held.from_date > from_date:
        raise RefusedError(
            f"{held.user.short_name} är redan utsedd från {date_in_words(held.from_date, timezone.localdate(now))}. "
            "Välj den dagen eller en senare, eller avsluta det uppdraget först.",
            field="from_date",
        )
    if held.user_id == user.pk and held.to_date is None:
        raise RefusedError(f"{user.short_name} har redan det uppdraget.", field="user")
    if held.from_date == from_date:
        held.erase(by=by, now=now, reason=f"Byttes mot {user.in_sentence}")
        return
    held.to_date = from_date - A_DAY
    held.record(by=by, now=now, reason=f"Avlöst av {user.in_sentence}")


def _refuse_somebody_elses_day(others: object, assignment: Assignment, last_day: date) -> None:
    mine = Q(duty=assignment.duty) | Q(user=assignment.user_id)
    in_the_way = others.filter(  # type: ignore[attr-defined]
        mine,
        Q(to_date__isnull=True) | Q(to_date__gte=assignment.from_date),
        from_date__lte=last_day,
    )
    if in_the_way.exists():
        raise RefusedError("Någon annan är utsedd den dagen. Välj en tidigare dag.", field="last_day")


def _refuse_nobody_responsible(others: object, assignment: Assignment, last_day: date, today: date) -> None:
    if assignment.duty != Duty.RESPONSIBLE:
        return
    next_day = max(last_day + A_DAY, assignment.from_date)
    responsible = others.filter(duty=Duty.RESPONSIBLE, user__is_active=True)  # type: ignore[attr-defined]
    if not responsible.on(next_day).exists():
        raise RefusedError(
            f"Kontot måste ha en ansvarig. Utse någon från och med {date_in_words(next_day, today)} eller tidigare: "
            "då avslutas det här uppdraget av sig självt."
        )
