"""What the checks of the snapshots' files have found: each a row, never changed (R19, R23)."""

from typing import Final, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from archive.enums import FIXITY_FAULTS, FixityOutcome
from archive.models.snapshot import SnapshotFile
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import append_only

FINGERPRINT: Final = r"^[0-9a-f]{64}$"


class FixityCheckQuerySet(models.QuerySet):
    """Checks, by what they found and whether a later one has been made."""

    def newest(self) -> Self:
        """The last one of each name in the storage."""
        later = FixityCheck.objects.filter(name=OuterRef("name"), checked_at__gt=OuterRef("checked_at"))
        return self.filter(~Exists(later))

    def faults(self) -> Self:
        """What is not as it should be by its newest check, found through an index that holds faults alone."""
        return self.filter(outcome__in=FIXITY_FAULTS).newest()

    def presented(self) -> Self:
        """Fetch what a page about them shows."""
        return self.select_related("file__snapshot__account__platform")


class FixityCheck(models.Model):
    """That a file was looked for, and read to its end where it was there. `file` is None for a file without a row."""

    id = uuid_key()
    file = models.ForeignKey(SnapshotFile, on_delete=models.PROTECT, null=True, related_name="checks")
    # The name in the storage.
    name = models.CharField(max_length=300)
    checked_at = models.DateTimeField("läst")
    outcome = models.CharField("resultat", max_length=12, choices=FixityOutcome)
    # Of the bytes that were read in this very check; empty where they could not be read.
    sha256 = models.CharField(max_length=64, blank=True)

    objects = FixityCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "kontroll av en fil"
        ordering = ["checked_at", "name"]
        indexes = [
            models.Index(
                fields=["checked_at", "name"], condition=Q(outcome__in=FIXITY_FAULTS), name="fixity_faults_by_time"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["name", "checked_at"], name="fixity_once_at_a_moment"),
            models.CheckConstraint(condition=Q(outcome__in=FixityOutcome), name="fixity_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome__in=[FixityOutcome.GOOD, FixityOutcome.CHANGED], sha256__regex=FINGERPRINT)
                | (~Q(outcome__in=[FixityOutcome.GOOD, FixityOutcome.CHANGED]) & Q(sha256="")),
                name="fixity_read_has_a_fingerprint",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[FixityOutcome.FOREIGN, FixityOutcome.GONE], file__isnull=True)
                | (~Q(outcome__in=[FixityOutcome.FOREIGN, FixityOutcome.GONE]) & Q(file__isnull=False)),
                name="fixity_foreign_has_no_row",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.name}"

    @property
    def about(self) -> str:
        """Of what it is a file, for whoever is to put it right."""
        return str(self.file.snapshot) if self.file else "Hör inte till någon ögonblicksbild"
