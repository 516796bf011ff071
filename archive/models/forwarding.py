"""That a handling was sent on to the right body, and whether it arrived (R22)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Board
from archive.enums import ForwardingMethod
from archive.models.diary import Document
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import kept
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet


class ForwardingQuerySet(TrackedQuerySet):
    """What was sent on, by whether it has arrived."""

    def unanswered(self) -> "ForwardingQuerySet":
        """Those whose receiver has not said that it arrived."""
        return self.filter(asks_receipt=True, received_at__isnull=True)


class Forwarding(TrackedModel):
    """A handling on its way to a board of ours, or to an authority outside."""

    id = uuid_key()
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="forwardings", verbose_name="handling"
    )
    # None for an authority outside the municipality.
    board = models.ForeignKey(
        Board, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="till nämnd"
    )
    receiver = models.CharField("till", max_length=150)
    method = models.CharField("på vilket sätt", max_length=10, choices=ForwardingMethod)
    email = models.EmailField("e-post", blank=True)
    message = models.CharField("meddelande", max_length=1000, blank=True)
    sent_at = models.DateTimeField("skickad")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="skickad av"
    )
    asks_receipt = models.BooleanField("kvittens begärd", default=True)
    reminded_at = models.DateTimeField("påmind", null=True, blank=True)
    received_at = models.DateTimeField("mottagen", null=True, blank=True)
    received_how = models.CharField("hur vi vet det", max_length=250, blank=True)

    objects = ForwardingQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "vidarebefordran"
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(condition=Q(method__in=ForwardingMethod), name="forwarding_method_known"),
            models.CheckConstraint(
                condition=Q(method=ForwardingMethod.BY_HAND) | ~Q(email=""), name="forwarding_by_mail_has_address"
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | ~Q(received_how=""), name="forwarding_receipt_says_how"
            ),
        ]
        triggers = kept()

    def __str__(self) -> str:
        return f"{self.document} till {self.receiver}"
