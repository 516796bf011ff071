"""What the snapshots ask of people under Att göra: what is to be taken, and files at fault (R19, R20, R23)."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.duties import accounts_of
from accounts.models import Account, User
from archive.integrity_page import keeps_watch
from archive.models import FixityCheck, Snapshot
from archive.services.capturing import can_be_captured
from archive.snapshot_calendar import coming, due_of
from laholm_sociala.common.swedish import count_in_words, moment_in_words
from laholm_sociala.common.to_do import Kind, Task, add_kinds


def add_snapshot_to_do() -> None:
    """Add the kinds of task."""
    add_kinds(
        Kind(
            13,
            faulty_files,
            lambda n: count_in_words(n, "fil i ögonblicksbilderna är fel", "filer i ögonblicksbilderna är fel"),
            look_at,
            more_url=lambda: reverse("archive:fixity"),
        ),
        Kind(
            46,
            snapshots_to_judge,
            lambda n: count_in_words(n, "ögonblicksbild att bedöma", "ögonblicksbilder att bedöma"),
            judge,
            more_url=lambda: reverse("archive:snapshot-list"),
        ),
        Kind(
            54,
            to_take,
            lambda n: count_in_words(n, "ögonblicksbild att ta", "ögonblicksbilder att ta"),
            take,
            more_url=lambda: reverse("archive:snapshot-list"),
        ),
    )


def faulty_files(user: User, now: datetime) -> QuerySet | None:
    """What the newest check of a file of an ögonblicksbild did not find as it was written (R23)."""
    return FixityCheck.objects.faults().presented() if keeps_watch(user) else None


def look_at(check: FixityCheck) -> Task:
    """Ask that the file is put back from the backup."""
    return Task(
        heading=f"{check.get_outcome_display()}: {check.about}",
        url=reverse("archive:fixity"),
        meta=f"Läst {moment_in_words(check.checked_at, timezone.now())}.",
        action="Se felen",
        about=check.about,
    )


def snapshots_to_judge(user: User, now: datetime) -> QuerySet | None:
    """What the portal took for the person, and nobody has said whether it shows the page (R19)."""
    return Snapshot.objects.to_judge().filter(requested_by=user).select_related("account__platform")


def judge(snapshot: Snapshot) -> Task:
    """Ask whether it shows the account's page."""
    return Task(
        heading=str(snapshot.account),
        url=reverse("archive:snapshot-detail", args=[snapshot.pk]),
        meta=f"Togs {moment_in_words(snapshot.taken_at, timezone.now())}. Den räknas när du har svarat.",
        action="Bedöm",
        about=str(snapshot.account),
    )


def to_take(user: User, now: datetime) -> QuerySet | None:
    """The accounts the person looks after whose snapshot is due this month, or before a change or the closing.

    What is overdue stands among what the account lacks.
    """
    mine = accounts_of(user, timezone.localdate(now))
    return coming(Account.objects.filter(pk__in=mine), now=now) if mine else None


def take(account: Account) -> Task:
    """Ask for pictures of the account's page."""
    due = due_of(account, timezone.localdate())
    is_open = can_be_captured(account)
    where = reverse("archive:snapshot-capture" if is_open else "archive:snapshot-upload", args=[account.pk])
    return Task(
        heading=str(account),
        url=f"{where}?varfor={due.reason}",
        meta=due.words,
        action="Ta ögonblicksbild" if is_open else "Skicka skärmbilder",
        about=f"av {account}",
    )
