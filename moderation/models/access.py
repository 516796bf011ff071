"""Who has read what may be secret, and that somebody else has looked at it (OSL ch. 8; R15)."""

from datetime import date
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncMonth

from accounts.models import Board
from archive.models import DocumentView, HandoverView, TransferReading
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import Guard, append_only, kept
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet
from laholm_sociala.common.swedish import STOCKHOLM, month_in_words
from moderation.enums import ViewedPart
from moderation.models.case import READ_RESTRICTED, Case

if TYPE_CHECKING:
    from accounts.models import User

REVIEW_ACCESS = "moderation.review_access"
# PostgreSQL's own refusals: nobody goes through their own reading, and what is gone through stands.
KEEP_REVIEW = "guard_access_review"


class RestrictedViewQuerySet(models.QuerySet):
    """Readings, by board and month."""

    def in_month(self, board: Board, month: date) -> Self:
        """Those of what came to the board, in the month that begins on the day, in Swedish time."""
        return self.filter(case__board=board, month=month)


class RestrictedView(models.Model):
    """That a person was shown something of a post that may be secret. Added once, never changed."""

    id = uuid_key()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="views", verbose_name="inlägg")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="person"
    )
    at = models.DateTimeField("när")
    # The first day of its month in Swedish time: what it is gone through by.
    month = models.DateField("månad")
    what = models.CharField("vad", max_length=20, choices=ViewedPart)

    objects = RestrictedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "läsning"
        ordering = ["-at", "id"]
        indexes = [models.Index(fields=["month", "-at"], name="restricted_view_by_month")]
        constraints = [models.CheckConstraint(condition=Q(what__in=ViewedPart), name="restricted_view_part_known")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.user} läste {self.get_what_display()}"


class AccessReviewQuerySet(TrackedQuerySet):
    """Months of reading, by who may go through them."""

    def visible_to(self, user: "User") -> Self:
        """Those of the boards whose reading the person goes through, and does not read as registrator."""
        return self.filter(board__in=user.boards_with(REVIEW_ACCESS) - user.boards_with(READ_RESTRICTED))

    def presented(self) -> Self:
        """Fetch what a page about them shows."""
        return self.select_related("board", "reviewed_by__unit")

    def due(self, today: date) -> Self:
        """Months that are over and not gone through."""
        return self.filter(reviewed_at__isnull=True, month__lt=month_of(today))

    def not_read_in_by(self, user: "User") -> Self:
        """Months in which the person read nothing themselves: nobody goes through their own reading."""
        own = RestrictedView.objects.filter(user=user, case__board=OuterRef("board"), month=OuterRef("month"))
        of_documents = _in_month(DocumentView.objects.filter(user=user, document__matter__board=OuterRef("board")))
        of_handovers = _in_month(HandoverView.objects.filter(user=user, handover__board=OuterRef("board")))
        of_packages = _in_month(TransferReading.objects.filter(user=user, transfer__board=OuterRef("board")))
        return self.exclude(Exists(own) | Exists(of_documents) | Exists(of_handovers) | Exists(of_packages))


class AccessReview(TrackedModel):
    """A month in which something that may be secret was read at a board, and who has gone through the readings.

    Written by the month's first reading, so that no month with readings can be forgotten.
    """

    id = uuid_key()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", verbose_name="nämnd")
    month = models.DateField("månad")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="genomgången av",
    )
    reviewed_at = models.DateTimeField("genomgången", null=True, blank=True)
    remark = models.TextField("anmärkning", blank=True)

    objects = AccessReviewQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "genomgång av åtkomst"
        ordering = ["-month", "board"]
        constraints = [
            models.UniqueConstraint(fields=["board", "month"], name="one_access_review_per_board_and_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="access_review_of_a_whole_month"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True, remark="")
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="access_reviewed_by_someone_at_a_time",
            ),
        ]
        triggers = [
            *kept(),
            Guard(
                function=KEEP_REVIEW,
                name="access_review_kept",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {month_in_words(self.month)}"


def _in_month(views: models.QuerySet) -> models.QuerySet:
    """Those of the outer row's month, in Swedish time."""
    month = TruncMonth("at", tzinfo=STOCKHOLM, output_field=models.DateField())
    return views.annotate(in_month=month).filter(in_month=OuterRef("month"))


def month_of(day: date) -> date:
    """The month's first day."""
    return day.replace(day=1)
