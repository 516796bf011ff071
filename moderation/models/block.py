"""That somebody may not write on an account for a time: proposed, decided, looked over, lifted."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import kept
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet
from moderation.enums import OPEN_BLOCK, BlockStatus
from moderation.models.case import Case


class BlockQuerySet(TrackedQuerySet):
    """Blocks, by what waits to be done about them."""

    def proposed(self) -> Self:
        """Those that wait for kommunikationsenheten's decision, the oldest first."""
        return self.filter(status=BlockStatus.PROPOSED).order_by("proposed_at", "id")

    def to_look_over(self, today: date) -> Self:
        """Those in force whose review is due, or whose last day is gone by."""
        return self.filter(status=BlockStatus.DECIDED, review_on__lte=today).order_by("review_on", "id")

    def presented(self) -> Self:
        """Fetch what a page about them shows."""
        people = ("proposed_by__unit", "decided_by__unit", "lifted_by__unit")
        return self.select_related("case__account__platform", "case__account__unit", *people)


class Block(TrackedModel):
    """A block of the one who wrote a post. Who that is stands in the post's content alone."""

    id = uuid_key()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="blocks", verbose_name="inlägg")
    status = models.CharField("läge", max_length=10, choices=BlockStatus, default=BlockStatus.PROPOSED)
    reason = models.TextField("skäl")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="föreslagen av"
    )
    proposed_at = models.DateTimeField("föreslagen")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beslutad av",
    )
    decided_at = models.DateTimeField("beslutad", null=True, blank=True)
    decision_reason = models.TextField("skäl för beslutet", blank=True)
    ends_on = models.DateField("till och med", null=True, blank=True)
    review_on = models.DateField("omprövas", null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="hävd av",
    )
    lifted_at = models.DateTimeField("hävd", null=True, blank=True)

    objects = BlockQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "blockering"
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=BlockStatus), name="block_status_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="block_says_why"),
            models.CheckConstraint(
                condition=Q(status=BlockStatus.PROPOSED, decided_at__isnull=True)
                | (
                    ~Q(status=BlockStatus.PROPOSED)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decision_reason="")
                ),
                name="block_decided_by_someone_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(BlockStatus.PROPOSED, BlockStatus.REFUSED))
                | Q(ends_on__isnull=False, review_on__isnull=False, review_on__lte=F("ends_on")),
                name="block_ends_and_is_looked_over",
            ),
            models.CheckConstraint(
                condition=Q(status=BlockStatus.LIFTED, lifted_by__isnull=False, lifted_at__isnull=False)
                | (~Q(status=BlockStatus.LIFTED) & Q(lifted_by__isnull=True, lifted_at__isnull=True)),
                name="block_lifted_by_someone_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(status__in=OPEN_BLOCK), name="one_open_block_per_post"
            ),
        ]
        triggers = kept()

    def __str__(self) -> str:
        return f"Blockering på {self.case.account}"

    @property
    def in_words(self) -> str:
        """Where it stands, in a sentence."""
        if self.status == BlockStatus.DECIDED and self.ends_on and self.review_on:
            return f"Gäller till och med {self.ends_on:%Y-%m-%d}, omprövas {self.review_on:%Y-%m-%d}."
        return f"{self.get_status_display()}."
