"""The municipality's office hours and days off, each version kept: a deadline names the one it was measured by."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import append_only


class CalendarVersion(models.Model):
    """The whole calendar as it stood from a moment on (R12).

    `content` is {"zone": …, "week": {"mon": [["08:00", "12:00"], …], …}, "dates": {"2026-12-23": {"hours": […],
    "label": "Dagen före julafton"}}}. The red days and the three eves are not in it: they follow from the law and the
    agreements. A date here goes before them.
    """

    id = uuid_key()
    number = models.PositiveIntegerField("nummer", unique=True)
    content = models.JSONField("innehåll")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("gjord")

    class Meta:
        verbose_name = "kalender"
        ordering = ["-number"]
        constraints = [models.CheckConstraint(condition=Q(number__gte=1), name="calendar_numbered_from_one")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"Kalender {self.number}"
