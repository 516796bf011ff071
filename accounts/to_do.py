"""What the accounts app asks of people under Att göra."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.enums import ApplicationStatus
from accounts.models import Account, Application, Draft, User
from laholm_sociala.common.swedish import count_in_words, moment_in_words
from laholm_sociala.common.to_do import Kind, Task, add_kinds


def add_to_do() -> None:
    """Add the app's kinds of task."""
    add_kinds(
        Kind(10, to_approve, lambda n: count_in_words(n, "uppstart att godkänna", "uppstarter att godkänna"), approve),
        Kind(
            20,
            new_applications,
            lambda n: count_in_words(n, "ny uppstart", "nya uppstarter"),
            register,
            nothing="Inga nya uppstarter",
            more_url=lambda: reverse("accounts:application-list"),
        ),
        Kind(
            30,
            without_manager,
            lambda n: count_in_words(n, "uppstart utan chef som kan besluta", "uppstarter utan chef som kan besluta"),
            name_manager,
        ),
        Kind(
            40,
            returned,
            lambda n: count_in_words(n, "uppstart tillbaka till dig", "uppstarter tillbaka till dig"),
            revise,
        ),
        Kind(
            50,
            planned,
            lambda n: count_in_words(n, "konto att ta i bruk", "konton att ta i bruk", neuter=True),
            take_into_use,
        ),
        Kind(60, drafts, lambda n: count_in_words(n, "utkast", "utkast", neuter=True), go_on),
    )


def to_approve(user: User, now: datetime) -> QuerySet:
    """Applications that wait for the person's decision (R03)."""
    return Application.objects.to_decide_by(user, timezone.localdate(now)).presented().order_by("submitted_at")


def approve(application: Application) -> Task:
    """Ask the manager to read and decide."""
    return Task(
        heading=str(application),
        url=reverse("accounts:application-approve", args=[application.pk]),
        meta=f"{application.applicant.presented_as} skickade den {_when(application.submitted_at)}.",
        action="Läs och besluta",
        about=f"om {application}",
    )


def new_applications(user: User, now: datetime) -> QuerySet | None:
    """Approved applications that kommunikationsenheten takes in (R06)."""
    if not user.may("accounts.register_application"):
        return None
    approved = Application.objects.filter(status=ApplicationStatus.APPROVED)
    return approved.presented().prefetch_related("decisions__by__unit").order_by("submitted_at")


def register(application: Application) -> Task:
    """Ask kommunikationsenheten to read and register."""
    decision = application.decisions.all()[0]
    consulted = "Avstämningen är skriven." if application.consulted_with else "Avstämning saknas."
    return Task(
        heading=str(application),
        url=reverse("accounts:application-register", args=[application.pk]),
        meta=f"Godkänt av {decision.made_by}, {_when(decision.decided_at)}. {consulted}",
        action="Läs och registrera",
        about=application.account_name,
    )


def without_manager(user: User, now: datetime) -> QuerySet | None:
    """Applications where nobody up the unit tree can decide."""
    if not user.may("accounts.register_application"):
        return None
    return Application.objects.without_manager(timezone.localdate(now)).presented().order_by("submitted_at")


def name_manager(application: Application) -> Task:
    """Ask kommunikationsenheten to name who decides."""
    return Task(
        heading=str(application),
        url=reverse("accounts:application-name-manager", args=[application.pk]),
        meta=f"{application.unit_in_words}. Ingen chef över den sökande kan besluta.",
        action="Utse vem som beslutar",
        about=f"om {application}",
    )


def returned(user: User, now: datetime) -> QuerySet:
    """The person's own applications that the manager sent back."""
    mine = Application.objects.filter(applicant=user, status=ApplicationStatus.RETURNED)
    return mine.presented().order_by("submitted_at")


def revise(application: Application) -> Task:
    """Ask the applicant to change and send again."""
    return Task(
        heading=str(application),
        url=reverse("accounts:application-detail", args=[application.pk]),
        meta="Läs vad som ska ändras, ändra och skicka igen.",
        action="Läs och ändra",
        about=application.account_name,
    )


def planned(user: User, now: datetime) -> QuerySet | None:
    """Registered accounts that are not in use yet."""
    accounts = Account.objects.planned().select_related("platform", "unit").order_by("registered_at")
    if user.may("accounts.take_into_use"):
        return accounts
    return accounts.looked_after_by(user, timezone.localdate(now))


def take_into_use(account: Account) -> Task:
    """Ask for the address to be confirmed."""
    return Task(
        heading=str(account),
        url=reverse("accounts:account-take-into-use", args=[account.pk]),
        meta=f"{account.unit}. Bekräfta adressen när kontot finns på plattformen.",
        action="Ta i bruk",
        about=str(account),
    )


def drafts(user: User, now: datetime) -> QuerySet:
    """The person's own drafts that were never sent."""
    return Draft.objects.filter(owner=user, application__isnull=True)


def go_on(draft: Draft) -> Task:
    """Invite the person to go on."""
    return Task(
        heading=str(draft),
        url=reverse("accounts:draft-edit", args=[draft.pk]),
        meta=f"Sparat {_when(draft.saved_at)}.",
        action="Fortsätt",
        about=f"med {draft}",
    )


def _when(moment: datetime) -> str:
    return moment_in_words(moment, timezone.now())
