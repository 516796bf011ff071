"""Who else within the board may read a handling that may be secret (OSL ch. 8 §§ 1–2; R15)."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models.diary import Document
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import kept
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class DocumentAccessQuerySet(TrackedQuerySet):
    """Who has been let in, by whether they still are."""

    def on(self, day: date) -> Self:
        """Those who may read on the day, that day included."""
        return self.filter(ended_at__isnull=True, last_on__gte=day)

    def of(self, user: "User") -> Self:
        """The person's own, as long as they work within the board: secrecy holds between boards too."""
        return self.filter(user=user, user__is_active=True, user__unit__board=models.F("document__matter__board"))


class DocumentAccess(TrackedModel):
    """That a named person within the board may read a handling, until a day. Why stands in its history."""

    id = uuid_key()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="access", verbose_name="handling")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="person"
    )
    granted_at = models.DateTimeField("från")
    last_on = models.DateField("till och med")
    ended_at = models.DateTimeField("avslutad", null=True, blank=True)

    objects = DocumentAccessQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "åtkomst till handling"
        ordering = ["-granted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "user"], condition=Q(ended_at__isnull=True), name="document_access_once_per_person"
            )
        ]
        triggers = kept()

    def __str__(self) -> str:
        return str(self.user)
