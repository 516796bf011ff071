"""Who is away which days. Only the days are kept, never a reason (R10)."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Absence, User
from accounts.models.absence import people_registered_by
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.swedish import date_in_words

A_DAY: Final = timedelta(days=1)


@transaction.atomic
def register(person_id: UUID, *, from_date: date, to_date: date | None, by: User, now: datetime) -> Absence:
    """Write down that a person is away from a day on; `to_date` None until further notice.

    Raises PermissionDenied for anyone but the person and those who lead the person's unit, RefusedError when the
    first day has passed, when the last comes before the first, or when the person is away some of the days already.
    """
    person = _lock_person(person_id, by=by, now=now)
    today = timezone.localdate(now)
    if from_date < today:
        raise RefusedError("Frånvaron kan börja tidigast i dag: det som varit ändras inte.", field="from_date")
    absence = Absence(user=person, from_date=from_date, to_date=to_date)
    _refuse_days(absence, today)
    absence.record(by=by, now=now, reason="Frånvaron antecknades")
    return absence


@transaction.atomic
def change(absence_id: UUID, *, from_date: date, to_date: date | None, by: User, now: datetime) -> Absence:
    """Move the days of an absence. Once it has begun its first day stays, and what has been is not changed.

    Raises PermissionDenied and RefusedError as `register`, and RefusedError when it is over.
    """
    absence = _lock_absence(absence_id, by=by, now=now)
    today = timezone.localdate(now)
    if absence.from_date < today and from_date != absence.from_date:
        raise RefusedError("Frånvaron har börjat. Ändra bara den sista dagen.", field="from_date")
    if absence.from_date >= today > from_date:
        raise RefusedError("Frånvaron kan börja tidigast i dag: det som varit ändras inte.", field="from_date")
    if to_date is not None and to_date < today:
        raise RefusedError("Sista dagen kan vara tidigast i dag.", field="to_date")
    absence.from_date, absence.to_date = from_date, to_date
    _refuse_days(absence, today)
    absence.record(by=by, now=now, reason="Dagarna ändrades")
    return absence


@transaction.atomic
def end(absence_id: UUID, *, by: User, now: datetime) -> None:
    """Write down that the person is back today; what has not been longer than that is taken away.

    Raises PermissionDenied as `register`, and RefusedError when the absence is over.
    """
    absence = _lock_absence(absence_id, by=by, now=now)
    today = timezone.localdate(now)
    if absence.from_date >= today:
        absence.erase(by=by, now=now, reason="Frånvaron togs bort")
        return
    absence.to_date = today - A_DAY
    absence.record(by=by, now=now, reason="Tillbaka igen")


def _lock_person(person_id: UUID, *, by: User, now: datetime) -> User:
    """Return the person, locked, so that one absence at a time is written for each. Raises PermissionDenied."""
    if not people_registered_by(by, timezone.localdate(now)).filter(pk=person_id).exists():
        raise PermissionDenied
    return User.objects.select_for_update(of=("self",), no_key=True).get(pk=person_id)


def _lock_absence(absence_id: UUID, *, by: User, now: datetime) -> Absence:
    _lock_person(Absence.objects.values_list("user", flat=True).get(pk=absence_id), by=by, now=now)
    absence = Absence.objects.get(pk=absence_id)
    if absence.to_date is not None and absence.to_date < timezone.localdate(now):
        raise RefusedError("Frånvaron är redan över.")
    return absence


def _refuse_days(absence: Absence, today: date) -> None:
    if absence.to_date is not None and absence.to_date < absence.from_date:
        raise RefusedError("Sista dagen kan inte vara före den första.", field="to_date")
    others = Absence.objects.filter(user=absence.user_id).exclude(pk=absence.pk)
    last = absence.to_date or date.max
    taken = others.between(absence.from_date, last).first()
    if taken is not None:
        raise RefusedError(
            f"Det finns redan en frånvaro {days_of(taken, today)}. Ändra den i stället.", field="from_date"
        )


def days_of(absence: Absence, today: date) -> str:
    """från tisdag 24 november till fredag 27 november; one day alone is said once."""
    first = date_in_words(absence.from_date, today)
    if absence.to_date is None:
        return f"från {first} tills vidare"
    if absence.to_date == absence.from_date:
        return first
    return f"från {first} till {date_in_words(absence.to_date, today)}"
