"""Mail about applications. Each is written in the transaction of the change it tells about."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Application, ApprovedForm, Closing, Decision, LogoExemption, Unit, User
from laholm_sociala.common.mail import Attachment, send_later
from laholm_sociala.common.swedish import file_name_words


def ask_managers(application: Application, *, now: datetime) -> None:
    """Ask the manager and deputies of the day to decide; ask kommunikationsenheten to name one where there is none."""
    managers = application.managers(timezone.localdate(now))
    if not managers:
        send_later(
            to=[settings.COMMUNICATIONS_EMAIL],
            subject=f"Utse vem som beslutar: {application}",
            template="application_without_manager",
            context={"application": application, "path": reverse("accounts:application-detail", args=[application.pk])},
            now=now,
            about=[application.pk],
        )
    for manager in managers:
        send_later(
            to=[manager.email],
            subject=f"Godkänn nytt konto: {application}",
            template="application_to_approve",
            context={
                "application": application,
                "manager": manager,
                "path": reverse("accounts:application-approve", args=[application.pk]),
            },
            now=now,
            about=[application.pk],
        )


def tell_of_decision(application: Application, decision: Decision, *, now: datetime) -> None:
    """Tell the applicant what the manager decided and what comes next, and have the approved form made."""
    from accounts.tasks import make_approved_form  # tasks import the services

    send_later(
        to=[application.applicant.email],
        subject=f"{decision.get_kind_display()}: {application}",
        template="application_decided",
        context={
            "application": application,
            "decision": decision,
            "path": reverse("accounts:application-detail", args=[application.pk]),
        },
        now=now,
        about=[application.pk],
    )
    if decision.is_approval and not decision.is_on_paper:  # on paper the signed form is there already
        make_approved_form.defer(decision_id=str(decision.pk))


def send_form_to_communications(form: ApprovedForm, *, now: datetime) -> None:
    """Send the approved Bilaga 1 to kommunikationsenheten, as the form itself says (R42)."""
    application = form.decision.application
    send_later(
        to=[settings.COMMUNICATIONS_EMAIL],
        subject=f"Bilaga 1: {application}",
        template="approved_form",
        context={
            "application": application,
            "decision": form.decision,
            "path": reverse("accounts:application-detail", args=[application.pk]),
        },
        attachments=[Attachment(form_file_name(application), "application/pdf", bytes(form.pdf))],
        now=now,
        about=[application.pk],
    )


def tell_of_registration(application: Application, *, now: datetime) -> None:
    """Tell the applicant that the account is in the register and what is left before it is used."""
    people: list[User] = [application.applicant, application.responsible, application.substitute]
    for email in sorted({person.email for person in people if person.is_active}):
        send_later(
            to=[email],
            subject=f"Registrerat: {application}",
            template="application_registered",
            context={
                "application": application,
                "path": reverse("accounts:account-detail", args=[application.account.pk]),
            },
            now=now,
            about=[application.pk],
        )


def tell_of_logo_decision(exemption: LogoExemption, *, now: datetime) -> None:
    """Tell the one who asked what kommunikationsenheten decided about the logo (R32)."""
    if exemption.requested_by.is_active:
        send_later(
            to=[exemption.requested_by.email],
            subject=f"Undantag från logotypen: {exemption.account}",
            template="logo_exemption_decided",
            context={
                "exemption": exemption,
                "path": reverse("accounts:account-detail", args=[exemption.account_id]),
            },
            now=now,
            about=[exemption.pk],
        )


def tell_of_revoked_exemption(exemption: LogoExemption, *, now: datetime) -> None:
    """Tell those who look after the account that the logo is to be there again (R32)."""
    today = exemption.account.assignments.on(timezone.localdate(now)).filter(user__is_active=True)
    for email in sorted(set(today.values_list("user__email", flat=True))):
        send_later(
            to=[email],
            subject=f"Undantaget från logotypen är återkallat: {exemption.account}",
            template="logo_exemption_revoked",
            context={
                "exemption": exemption,
                "path": reverse("accounts:account-sender", args=[exemption.account_id]),
            },
            now=now,
            about=[exemption.pk],
        )


def ask_to_confirm_closing(closing: Closing, *, now: datetime) -> None:
    """Tell the unit's manager and deputies of the day that an account is on its way out, and what is left (R20)."""
    for email in _leaders(closing.unit_that_answers, now):
        send_later(
            to=[email],
            subject=f"Avslut att bekräfta: {closing.account}",
            template="closing_requested",
            context={"closing": closing, "path": reverse("accounts:account-closing", args=[closing.account_id])},
            now=now,
        )


def tell_of_closing(closing: Closing, *, now: datetime) -> None:
    """Tell whoever asked and kommunikationsenheten that an account is closed (R20)."""
    asked = {closing.requested_by.email} if closing.requested_by.is_active else set()
    for email in sorted({settings.COMMUNICATIONS_EMAIL} | asked):
        send_later(
            to=[email],
            subject=f"Avslutat: {closing.account}",
            template="closing_confirmed",
            context={"closing": closing, "path": reverse("accounts:account-closing", args=[closing.account_id])},
            now=now,
        )


def _leaders(unit: Unit, now: datetime) -> list[str]:
    today = timezone.localdate(now)
    people = [unit.manager, *(deputy.user for deputy in unit.deputies.on(today).select_related("user"))]
    return sorted({person.email for person in people if person and person.is_active})


def form_file_name(application: Application) -> str:
    """Return a file name that says what it is, in letters every mail program takes."""
    return f"bilaga-1-{file_name_words(application.account_name) or 'konto'}.pdf"
