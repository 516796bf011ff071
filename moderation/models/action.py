"""What was done with a post, line by line: added once, never changed (R07, R12)."""

from typing import Final

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import Guard, append_only
from moderation.enums import ActionKind
from moderation.models.case import Case

# Refuses that a post is removed or hidden of which no copy is kept, whoever asks (R23).
COPY_FIRST: Final = "require_copy_first"


class Action(models.Model):
    """One line of *Vad som hänt*."""

    id = uuid_key()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="actions", verbose_name="inlägg")
    kind = models.CharField("vad som gjordes", max_length=30, choices=ActionKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="av")
    at = models.DateTimeField("när")
    # A reason, a note, an answer, or what was written to the author.
    text = models.TextField("text", blank=True)
    # Where it went or what it is called there: the platform's number, the police's, the board's.
    reference = models.CharField("hänvisning", max_length=250, blank=True)
    case_version = models.PositiveIntegerField()

    class Meta:
        verbose_name = "åtgärd"
        ordering = ["-case_version"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ActionKind), name="action_kind_known"),
            models.UniqueConstraint(fields=["case", "case_version"], name="one_action_per_version"),
        ]
        triggers = [*append_only(), Guard(function=COPY_FIRST, name="copy_first", operation=pgtrigger.Insert)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
