"""What reports from the public ask of kommunikationsenheten under Att göra."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from laholm_sociala.common.swedish import count_in_words, moment_in_words
from laholm_sociala.common.to_do import Kind, Task, add_kinds
from moderation.models import OVERSEE, PublicReport


def add_reports_to_do() -> None:
    """Add the reports that wait without an account."""
    add_kinds(
        Kind(
            25,
            waiting_reports,
            lambda n: count_in_words(n, "rapport utan konto", "rapporter utan konto"),
            read,
            more_url=lambda: reverse("moderation:report-list"),
        )
    )


def waiting_reports(user: User, now: datetime) -> QuerySet | None:
    """Reports that lead to no account of ours (R37)."""
    return PublicReport.objects.waiting() if user.may(OVERSEE) else None


def read(report: PublicReport) -> Task:
    """Ask kommunikationsenheten to place the report on an account, or to answer. What it says is not shown here."""
    now = timezone.now()
    return Task(
        heading=report.get_wrong_display(),
        url=reverse("moderation:report-detail", args=[report.pk]),
        meta=f"Rapporterat {moment_in_words(report.reported_at, now)}. "
        f"Granskas senast {moment_in_words(report.review_by, now)}.",
        action="Läs",
        about=f"rapporten {report.receipt_in_groups}",
    )
