"""What the review of readings asks of people under Att göra (R15)."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from laholm_sociala.common.swedish import count_in_words
from laholm_sociala.common.to_do import Kind, Task, add_kinds
from moderation.models import REVIEW_ACCESS, AccessReview


def add_access_to_do() -> None:
    """Add the kind of task."""
    add_kinds(
        Kind(
            45,
            months_to_review,
            lambda n: count_in_words(n, "månad att gå igenom", "månader att gå igenom"),
            review_month,
            more_url=lambda: reverse("moderation:access-review-list"),
        )
    )


def months_to_review(user: User, now: datetime) -> QuerySet | None:
    """Months that are over, of the person's boards, in which others read something that may be secret."""
    if not user.boards_with(REVIEW_ACCESS):
        return None
    due = AccessReview.objects.visible_to(user).due(timezone.localdate(now)).not_read_in_by(user)
    return due.presented().order_by("month", "board__order")


def review_month(review: AccessReview) -> Task:
    """Ask for the month to be gone through."""
    return Task(
        heading=str(review),
        url=reverse("moderation:access-review", args=[review.pk]),
        meta="Vem har läst det som kan vara sekretess, och behövde de det?",
        action="Gå igenom",
        about=str(review),
    )
