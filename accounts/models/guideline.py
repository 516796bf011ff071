"""The guideline as a dated document, with what it asks in numbers (R12, R38)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.enums import LimitClock, ReviewOutcome
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import append_only, kept
from laholm_sociala.common.history import History, TrackedModel


class Guideline(TrackedModel):
    """One version of the guideline: the document, and the parameters it is kept by.

    A change makes the next version, in force from that moment: what was measured by the old one can still name it.
    """

    id = uuid_key()
    version = models.PositiveSmallIntegerField("version")
    number = models.CharField("diarienummer", max_length=40)
    title = models.CharField("titel", max_length=200)
    adopted_on = models.DateField("antagen")
    adopted_by = models.CharField("antagen av", max_length=200)
    in_force_from = models.DateTimeField("gäller från")
    in_force_to = models.DateTimeField("gällde till", null=True, blank=True)
    clock = models.CharField("klocka", max_length=20, choices=LimitClock, default=LimitClock.WORKING_DAYS)
    decision_reference = models.CharField("beslut om arbetstimmar", max_length=200, blank=True)
    limit_hours = models.PositiveSmallIntegerField("timmar att granska och ta bort inom", default=48)
    # The first look at a post is the daily supervision: by closing time, so many working days on.
    look_days = models.PositiveSmallIntegerField("arbetsdagar till första titten", default=1)
    warn_hours_before = models.PositiveSmallIntegerField("arbetstimmar kvar vid påminnelsen", default=8)
    question_days = models.PositiveSmallIntegerField("arbetsdagar till svar på frågor", default=1)

    history = History()

    class Meta:
        verbose_name = "riktlinje"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["version"], name="guideline_version_once"),
            models.UniqueConstraint(
                fields=["in_force_to"],
                condition=Q(in_force_to__isnull=True),
                nulls_distinct=False,
                name="one_guideline_in_force",
            ),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
                name="guideline_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(clock__in=LimitClock), name="guideline_clock_known"),
            models.CheckConstraint(
                condition=~Q(clock=LimitClock.OFFICE_HOURS) | ~Q(decision_reference=""),
                name="guideline_office_hours_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(limit_hours__range=(1, 1000), look_days__range=(1, 30), question_days__range=(1, 30)),
                name="guideline_limits_make_sense",
            ),
        ]
        triggers = kept()

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class GuidelineReview(models.Model):
    """Kommunstyrelsen's review of the guideline, once in a mandatperiod at least, and what came of it (R38)."""

    id = uuid_key()
    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="reviews")
    outcome = models.CharField("utfall", max_length=20, choices=ReviewOutcome)
    decided_on = models.DateField("beslutat den")
    reference = models.CharField("beslut", max_length=200)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("antecknat")

    class Meta:
        verbose_name = "prövning av riktlinjen"
        ordering = ["-decided_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=ReviewOutcome), name="guideline_review_outcome_known"),
            models.CheckConstraint(condition=~Q(reference=""), name="guideline_review_by_decision"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.reference}"
