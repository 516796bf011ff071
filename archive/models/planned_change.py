"""A major change of an account that somebody plans: the page is kept as it looks before it (R19)."""

from typing import Final, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Account
from archive.models.snapshot import Snapshot
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import Guard
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet

# PostgreSQL's own refusal, whoever asks: see the migration that writes it.
KEEP_PLANNED_CHANGE: Final = "guard_planned_change"


class PlannedChangeQuerySet(TrackedQuerySet):
    """Planned changes, by whether the page is kept."""

    def waiting(self) -> Self:
        """Those not taken back, without a good snapshot from after they were announced."""
        kept = Snapshot.objects.good().filter(account=OuterRef("account")).taken_since_outer("announced_at")
        return self.filter(~Exists(kept), withdrawn_at__isnull=True)


class PlannedChange(TrackedModel):
    """One major change: what, and when. It is done with when a good snapshot from after the announcement exists."""

    id = uuid_key()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="planned_changes", verbose_name="konto")
    what = models.CharField("vad ändras", max_length=500)
    planned_on = models.DateField("när")
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="anmäld av"
    )
    announced_at = models.DateTimeField("anmäld")
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="återtagen av",
    )
    withdrawn_at = models.DateTimeField("återtagen", null=True, blank=True)

    objects = PlannedChangeQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "planerad större ändring"
        ordering = ["-announced_at"]
        indexes = [
            models.Index(
                fields=["account", "planned_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="planned_change_by_account",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="planned_change_says_what"),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="planned_change_withdrawn_by_a_person",
            ),
        ]
        triggers = [
            Guard(
                function=KEEP_PLANNED_CHANGE,
                name="planned_change_kept",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"Större ändring av {self.account}"
