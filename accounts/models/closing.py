"""An account on its way out: asked for, made ready, and confirmed by the manager (R20)."""

from datetime import date
from typing import TYPE_CHECKING, Final, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.account import Account
from accounts.models.organisation import Unit
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import Guard
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet

if TYPE_CHECKING:
    from accounts.models.people import User

# PostgreSQL's own refusal, whoever asks: see the migration that writes it.
KEEP_CLOSING: Final = "guard_closing"


class ClosingQuerySet(TrackedQuerySet):
    """Closings, by where they stand."""

    def open(self) -> Self:
        """Those that wait for what must be ready, or for the manager."""
        return self.filter(confirmed_at__isnull=True, withdrawn_at__isnull=True)

    def confirmed(self) -> Self:
        """Those that ended an account."""
        return self.filter(confirmed_at__isnull=False)

    def to_confirm_by(self, user: "User", on: date) -> Self:
        """Those that wait for the person, as manager or deputy of the account's unit that day."""
        led = Unit.objects.led_by(user, on).values("pk")
        below = Q(account__unit__manager__isnull=True, account__unit__parent__in=led)
        return self.open().filter(Q(account__unit__in=led) | below)

    def presented(self) -> Self:
        """Fetch what a page about them shows."""
        return self.select_related(
            "account__platform",
            "account__unit__parent",
            "successor__platform",
            "requested_by__unit",
            "confirmed_by__unit",
        )


class Closing(TrackedModel):
    """One closing of an account: why, what comes instead, and who answers for it. Confirmed or withdrawn, it stands."""

    id = uuid_key()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="closings", verbose_name="konto")
    reason = models.TextField("varför", max_length=2000)
    successor = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="konto i stället"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="begärt av"
    )
    requested_at = models.DateTimeField("begärt")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bekräftat av",
    )
    confirmed_at = models.DateTimeField("bekräftat", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="återtaget av",
    )
    withdrawn_at = models.DateTimeField("återtaget", null=True, blank=True)

    objects = ClosingQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "avslut av konto"
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(withdrawn_at__isnull=True), name="one_closing_per_account"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="closing_for_a_reason"),
            models.CheckConstraint(condition=~Q(successor=F("account")), name="closing_followed_by_another"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, withdrawn_at__isnull=True),
                name="closing_confirmed_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="closing_withdrawn_by_a_person",
            ),
        ]
        triggers = [
            Guard(
                function=KEEP_CLOSING,
                name="closing_kept",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"Avslut av {self.account}"

    @property
    def unit_that_answers(self) -> Unit:
        """The unit whose manager confirms: the account's own, or the one above it where it has no manager."""
        unit = self.account.unit
        return unit.parent if unit.manager_id is None and unit.parent is not None else unit

    @property
    def is_open(self) -> bool:
        """Whether it waits to be confirmed."""
        return self.confirmed_at is None and self.withdrawn_at is None

    @property
    def ended_on(self) -> date | None:
        """The day the account ended, in Stockholm; None before the manager has confirmed."""
        return timezone.localdate(self.confirmed_at) if self.confirmed_at else None
