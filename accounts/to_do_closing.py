"""What the closing of an account asks of people under Att göra (R20)."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.duties import units_led_by
from accounts.models import Closing, User
from laholm_sociala.common.swedish import count_in_words, moment_in_words
from laholm_sociala.common.to_do import Kind, Task, add_kinds


def add_closing_to_do() -> None:
    """Add the kind of task."""
    add_kinds(Kind(18, to_confirm, _heading, confirm))


def _heading(number: int) -> str:
    return count_in_words(number, "avslut att bekräfta", "avslut att bekräfta", neuter=True)


def to_confirm(user: User, now: datetime) -> QuerySet:
    """Closings that wait for the person as manager."""
    today = timezone.localdate(now)
    if not units_led_by(user, today):
        return Closing.objects.none()
    return Closing.objects.to_confirm_by(user, today).presented().order_by("requested_at")


def confirm(closing: Closing) -> Task:
    """Ask the manager to look at what is ready, and confirm."""
    when = moment_in_words(closing.requested_at, timezone.now())
    return Task(
        heading=str(closing.account),
        url=reverse("accounts:account-closing", args=[closing.account_id]),
        meta=f"{closing.requested_by.presented_as} vill avsluta kontot, {when}.",
        action="Läs och bekräfta",
        about=f"avslutet av {closing.account}",
    )
