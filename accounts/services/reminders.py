"""What happens to an application that nobody answers: a reminder, and then the manager's manager (R03)."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import ApplicationStatus
from accounts.models import Application, Unit, User
from accounts.services.applications import first_unit_led_by_another
from accounts.services.notices import ask_managers
from laholm_sociala.common.mail import send_later
from laholm_sociala.common.working_days import add_working_days, is_working_day

# As long again before those above are asked.
PATIENCE: Final = 3


def remind_managers(now: datetime) -> int:
    """Remind and lift what has waited three working days, and three more; return how many were moved on.

    Does nothing on a day off. Idempotent: what was done is written on the application, under its lock, and an
    application that somebody decides on at this very moment is left alone.
    """
    if not is_working_day(timezone.localdate(now)):
        return 0
    waiting = Application.objects.filter(status=ApplicationStatus.SUBMITTED, escalated_at__isnull=True)
    return sum(remind(pk, now=now) for pk in waiting.order_by("submitted_at").values_list("pk", flat=True))


@transaction.atomic
def remind(application_id: UUID, *, now: datetime) -> bool:
    """Remind the manager of one application, or ask those above, if it is time; return whether anything was done."""
    locked = Application.objects.presented().select_for_update(of=("self",), skip_locked=True)
    application = locked.filter(pk=application_id, status=ApplicationStatus.SUBMITTED).first()
    if application is None or application.escalated_at is not None:
        return False
    if timezone.localdate(now) < add_working_days(_waits_since(application), PATIENCE):
        return False
    if application.reminded_at is None:
        _remind(application, now)
    else:
        _escalate(application, now)
    return True


def _waits_since(application: Application) -> date:
    asked = application.reminded_at or application.submitted_at
    if application.reminded_at is None and application.named_manager_id:
        named = application.history.filter(named_manager=application.named_manager_id)
        asked = max(asked, named.earliest("history_date").history_date)
    return timezone.localdate(asked)


def _remind(application: Application, now: datetime) -> None:
    application.reminded_at = now
    application.record(by=User.objects.system(), now=now, reason="Chefen påmindes efter tre arbetsdagar")
    managers = application.managers(timezone.localdate(now))
    if not managers:
        ask_managers(application, now=now)
    for manager in managers:
        _ask(application, manager, template="application_reminder", subject="Påminnelse", now=now)


def _escalate(application: Application, now: datetime) -> None:
    today = timezone.localdate(now)
    asked = application.managers(today)
    application.escalated_at, application.escalation_unit = now, _unit_above(application, asked)
    application.record(by=User.objects.system(), now=now, reason="Inget svar: chefens chef kan också besluta")
    above = [manager for manager in application.managers(today) if manager not in asked]
    for manager in above:
        _ask(application, manager, template="application_escalated", subject="Väntar på beslut", now=now)
    if not above:
        _tell_communications(application, asked, now=now)


def _unit_above(application: Application, asked: list[User]) -> Unit | None:
    nearest = application.named_manager.unit if application.named_manager else application.approving_unit
    return first_unit_led_by_another(nearest, {application.applicant_id, *(manager.pk for manager in asked)})


def _ask(application: Application, manager: User, *, template: str, subject: str, now: datetime) -> None:
    path = reverse("accounts:application-approve", args=[application.pk])
    send_later(
        to=[manager.email],
        subject=f"{subject}: {application}",
        template=template,
        context={"application": application, "manager": manager, "path": path},
        now=now,
        about=[application.pk],
    )


def _tell_communications(application: Application, managers: list[User], *, now: datetime) -> None:
    path = reverse("accounts:application-detail", args=[application.pk])
    send_later(
        to=[settings.COMMUNICATIONS_EMAIL],
        subject=f"Chefen har inte svarat: {application}",
        template="application_unanswered",
        context={"application": application, "managers": managers, "path": path},
        now=now,
        about=[application.pk],
    )
