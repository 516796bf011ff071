"""Gallringsstopp, and that somebody asserts that something is no longer relevant (R07, R18)."""

from datetime import date
from typing import TYPE_CHECKING, Final, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Account, Board
from archive.models.retention import disposal_boards
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import Guard, append_only, kept
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet

if TYPE_CHECKING:
    from accounts.models import User

# PostgreSQL's own refusal: what is stopped stays what it was, and what is released is never stopped again.
KEEP_HOLD: Final = "guard_hold"


class HoldQuerySet(TrackedQuerySet):
    """Gallringsstopp, by who works with them and whether they hold."""

    def visible_to(self, user: "User", on: date) -> Self:
        """Those of the boards whose gallring the person prepares, decides or advises on."""
        return self.filter(disposal_boards(user))

    def active(self) -> Self:
        """Those that are not released."""
        return self.filter(released_at__isnull=True)

    def to_review(self, today: date) -> Self:
        """Those that hold and whose review is due, the oldest first."""
        return self.active().filter(review_on__lte=today).order_by("review_on", "id")


class Hold(TrackedModel):
    """A gallringsstopp: while it holds, nothing that it covers is disposed of, whatever the plan says."""

    id = uuid_key()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="holds", verbose_name="nämnd")
    name = models.CharField("namn", max_length=120)
    ground = models.CharField("skäl", max_length=500)
    review_on = models.DateField("omprövas")
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="infört av"
    )
    placed_at = models.DateTimeField("infört")
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="hävt av",
    )
    released_at = models.DateTimeField("hävt", null=True, blank=True)
    released_why = models.CharField("skäl för att det hävdes", max_length=500, blank=True)

    objects = HoldQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "gallringsstopp"
        ordering = ["-placed_at"]
        indexes = [models.Index(fields=["board"], condition=Q(released_at__isnull=True), name="hold_active_by_board")]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(ground=""), name="hold_says_why"),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True, released_at__isnull=True, released_why="")
                | Q(released_by__isnull=False, released_at__isnull=False) & ~Q(released_why=""),
                name="hold_released_by_someone_for_a_reason",
            ),
        ]
        triggers = [Guard(function=KEEP_HOLD, name="hold_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """Whether it holds."""
        return self.released_at is None


class HoldItem(models.Model):
    """One object that a gallringsstopp covers, with all that belongs to it. Added once; it goes with the stop alone."""

    id = uuid_key()
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="items")
    # The model's label, "moderation.case", and the object's key.
    kind = models.CharField("slag", max_length=60)
    object_id = models.UUIDField("objekt")

    class Meta:
        verbose_name = "det som stoppas"
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "hold"], name="hold_item_once"),
            models.CheckConstraint(condition=~Q(kind=""), name="hold_item_says_what"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class HoldQuery(models.Model):
    """What a gallringsstopp covers by description, now and later: an account, a handlingstyp, or one on the other."""

    id = uuid_key()
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="queries")
    # Empty for every handlingstyp.
    record_type = models.CharField("handlingstyp", max_length=40, blank=True)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="konto"
    )

    class Meta:
        verbose_name = "det som stoppas"
        constraints = [
            models.UniqueConstraint(
                fields=["hold", "record_type", "account"], nulls_distinct=False, name="hold_query_once"
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.record_type} {self.account_id or ''}".strip()


class Assertion(TrackedModel):
    """That a person says of an object that it is no longer relevant (inaktuell). Can be taken back."""

    id = uuid_key()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", verbose_name="nämnd")
    kind = models.CharField("slag", max_length=60)
    object_id = models.UUIDField("objekt")
    reason = models.CharField("skäl", max_length=500)
    asserted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="intygat av"
    )
    asserted_at = models.DateTimeField("intygat")
    withdrawn_at = models.DateTimeField("återtaget", null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = "intyg om inaktualitet"
        ordering = ["-asserted_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(kind=""), name="assertion_says_why"),
            models.UniqueConstraint(
                fields=["kind", "object_id"],
                condition=Q(withdrawn_at__isnull=True),
                name="assertion_once_per_object",
            ),
        ]
        triggers = kept()

    def __str__(self) -> str:
        return f"Inaktuellt: {self.kind} {self.object_id}"
