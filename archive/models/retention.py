"""Dokumenthanteringsplan: what a board preserves and what it disposes of, by its own decision (R17, R18)."""

from datetime import date
from typing import TYPE_CHECKING, Final, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Board
from archive.enums import PlanStatus, RuleAction, StartsFrom
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import Guard
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet
from laholm_sociala.common.swedish import whole_date

if TYPE_CHECKING:
    from accounts.models import User

# Arkivredogöraren prepares and arkivansvarig decides, each for a board; kommunarkivarien sees every board, to advise.
PREPARE_DISPOSAL: Final = "archive.prepare_disposal"
DECIDE_DISPOSAL: Final = "archive.decide_disposal"
VIEW_DISPOSAL: Final = "archive.view_disposal"
# PostgreSQL's own refusals: what is decided stands as it was decided, whoever asks.
KEEP_PLAN: Final = "guard_retention_plan"
KEEP_RULE: Final = "guard_retention_rule"
DECIDED: Final = (PlanStatus.DECIDED, PlanStatus.REPLACED)


def disposal_boards(user: "User") -> Q:
    """Return the condition under which a record's `board` is one whose gallring the person works with."""
    if user.may(VIEW_DISPOSAL):
        return Q()
    return Q(board__in=user.boards_with(VIEW_DISPOSAL))


class RetentionPlanQuerySet(TrackedQuerySet):
    """Plans, by who works with them and whether they hold."""

    def visible_to(self, user: "User", on: date) -> Self:
        """Those of the boards whose gallring the person prepares, decides or advises on."""
        return self.filter(disposal_boards(user))

    def decided(self) -> Self:
        """Those that were decided, replaced ones too: what they promised still counts (the longer time wins)."""
        return self.filter(status__in=DECIDED)

    def in_force(self, on: date) -> Self:
        """Decided versions that hold from that day or before, the newest first."""
        return self.decided().filter(valid_from__lte=on).order_by("-version")


class RetentionPlan(TrackedModel):
    """One version of a board's plan, with the gallringsbeslut that gives it force. Without one it disposes of nothing.

    From the day that a decided version holds it governs; until then the one before does.
    """

    id = uuid_key()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="retention_plans", verbose_name="nämnd")
    version = models.PositiveSmallIntegerField("version")
    status = models.CharField("läge", max_length=10, choices=PlanStatus, default=PlanStatus.PROPOSED)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="förberedd av"
    )
    prepared_at = models.DateTimeField("förberedd")
    decision_body = models.CharField("beslutat av", max_length=120, blank=True)
    decided_on = models.DateField("beslutsdatum", null=True, blank=True)
    paragraph = models.CharField("paragraf", max_length=20, blank=True)
    designation = models.CharField("diarienummer", max_length=40, blank=True)
    valid_from = models.DateField("gäller från", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="antecknat av",
    )
    recorded_at = models.DateTimeField("antecknat", null=True, blank=True)

    objects = RetentionPlanQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "dokumenthanteringsplan"
        ordering = ["board", "-version"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=PlanStatus), name="retention_plan_status_known"),
            models.UniqueConstraint(fields=["board", "version"], name="retention_plan_version_once"),
            models.UniqueConstraint(
                fields=["board"], condition=Q(status=PlanStatus.DECIDED), name="one_decided_plan_per_board"
            ),
            models.UniqueConstraint(
                fields=["board"], condition=Q(status=PlanStatus.PROPOSED), name="one_proposed_plan_per_board"
            ),
            models.CheckConstraint(
                condition=Q(
                    status=PlanStatus.PROPOSED,
                    decision_body="",
                    decided_on__isnull=True,
                    paragraph="",
                    designation="",
                    valid_from__isnull=True,
                    recorded_by__isnull=True,
                    recorded_at__isnull=True,
                )
                | Q(
                    status__in=DECIDED,
                    decided_on__isnull=False,
                    valid_from__gte=F("decided_on"),
                    recorded_by__isnull=False,
                    recorded_at__isnull=False,
                )
                & ~Q(decision_body="")
                & ~Q(paragraph="")
                & ~Q(designation=""),
                name="retention_plan_decided_has_its_decision",
            ),
        ]
        triggers = [
            Guard(
                function=KEEP_PLAN,
                name="retention_plan_kept",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"{self.board}, version {self.version}"

    @property
    def decision_in_words(self) -> str:
        """The decision as it is cited: "Kultur- och utvecklingsnämnden 18 mars 2026 § 24, dnr KUN 2026-000041"."""
        if self.status == PlanStatus.PROPOSED:
            return "Ej beslutad"
        paragraph = self.paragraph if self.paragraph.startswith("§") else f"§ {self.paragraph}"
        decided_on = whole_date(self.decided_on) if self.decided_on else ""
        return f"{self.decision_body} {decided_on} {paragraph}, dnr {self.designation}"


class RetentionRule(TrackedModel):
    """What a plan says of one handlingstyp. Can be changed while the plan is a proposal, and never after."""

    id = uuid_key()
    plan = models.ForeignKey(RetentionPlan, on_delete=models.PROTECT, related_name="rules", verbose_name="plan")
    record_type = models.CharField("handlingstyp", max_length=40)
    action = models.CharField("åtgärd", max_length=20, choices=RuleAction)
    years = models.PositiveSmallIntegerField("antal år", null=True, blank=True)
    starts_from = models.CharField("tiden räknas från att", max_length=20, choices=StartsFrom, blank=True)
    year_end = models.BooleanField("tiden räknas från årets slut", default=False)
    # Without it the longer of the old and the new time holds for what is older than the plan.
    also_older = models.BooleanField("gäller också det som är äldre än planen", default=False)
    motivation = models.CharField("motivering", max_length=500, blank=True)

    history = History()

    class Meta:
        verbose_name = "gallringsregel"
        ordering = ["record_type"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "record_type"], name="retention_rule_once_per_record_type"),
            models.CheckConstraint(condition=~Q(record_type=""), name="retention_rule_says_what"),
            models.CheckConstraint(
                condition=Q(action=RuleAction.PRESERVE, years__isnull=True, starts_from="", year_end=False)
                | Q(action=RuleAction.AFTER_YEARS, years__lte=200, starts_from__in=StartsFrom)
                | Q(
                    action=RuleAction.WHEN_IRRELEVANT,
                    years__isnull=True,
                    starts_from=StartsFrom.ASSERTED,
                    year_end=False,
                ),
                name="retention_rule_whole",
            ),
        ]
        triggers = [
            Guard(
                function=KEEP_RULE,
                name="retention_rule_kept",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_type}: {self.in_words}"

    @property
    def in_words(self) -> str:
        """What it says, in a sentence a person reads."""
        if self.action == RuleAction.AFTER_YEARS:
            if not self.years:
                when = "vid slutet av det år då" if self.year_end else "direkt efter att"
                return f"Gallras {when} {self.get_starts_from_display()}"
            whence = "utgången av det år då" if self.year_end else "att"
            return f"Gallras {self.years} år från {whence} {self.get_starts_from_display()}"
        return self.get_action_display()
