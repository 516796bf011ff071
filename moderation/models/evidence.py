"""The kept copy of a post: the very bytes that were received, and a picture made from them to look at (R23)."""

from typing import Final

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from laholm_sociala.common.fields import sha256_of_bytes, uuid_key
from laholm_sociala.common.guards import Guard, append_only
from moderation.models.case import Case

# Refuses a copy of what must never be copied, whoever asks (BrB ch. 16 § 10 a; R23).
FORBIDDEN_COPY: Final = "refuse_forbidden_copy"


class EvidenceManager(models.Manager):
    """Copies without their bytes: a list of ten would fetch 150 MB. Touch `original` or `shown` to have them."""

    def get_queryset(self) -> models.QuerySet:
        """Leave the bytes until they are asked for."""
        return super().get_queryset().defer("original", "shown")


class Evidence(models.Model):
    """A picture of a post. The original is the record and is never rendered; `shown` is what people look at."""

    id = uuid_key()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence", verbose_name="inlägg")
    file_name = models.CharField("filens namn", max_length=200)
    content_type = models.CharField("filens sort", max_length=100)
    original = models.BinaryField()
    size = models.PositiveIntegerField("byte")
    sha256 = models.CharField(max_length=64)
    shown = models.BinaryField()
    shown_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField("sparad")

    objects = EvidenceManager()

    class Meta:
        verbose_name = "kopia"
        ordering = ["kept_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256=sha256_of_bytes("original")), name="evidence_fingerprint_is_the_originals"
            )
        ]
        triggers = [
            *append_only(),
            Guard(function=FORBIDDEN_COPY, name="no_forbidden_copy", operation=pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return self.file_name
