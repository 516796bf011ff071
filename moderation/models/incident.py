"""What was decided about a post of our own that should not have been published (GDPR art. 33; R15)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import append_only
from moderation.models.case import Case


class IncidentAssessment(models.Model):
    """Whether it was reported to IMY: when and by which number, or why not. A new assessment stands beside the old."""

    id = uuid_key()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments", verbose_name="inlägg")
    is_reported = models.BooleanField("anmäld till IMY")
    reported_on = models.DateField("anmäld den", null=True, blank=True)
    number = models.CharField("IMY:s nummer", max_length=60, blank=True)
    reason = models.TextField("skäl")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("bedömd")

    class Meta:
        verbose_name = "bedömning av personuppgiftsincident"
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(is_reported=True, reported_on__isnull=False) & ~Q(number=""))
                | (Q(is_reported=False, reported_on__isnull=True, number="") & ~Q(reason="")),
                name="incident_reported_or_says_why_not",
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return "Anmäld till IMY" if self.is_reported else "Inte anmälningspliktig"
