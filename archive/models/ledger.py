"""What stands, or is to stand, in the ledger outside the database (R18)."""

from typing import Final

import pgtrigger
from django.db import models
from django.db.models import Q

from archive.enums import LedgerKind
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import Guard

# PostgreSQL's own refusal: an entry is never taken away, and only told once where it was written.
KEEP_LEDGER_ENTRY: Final = "guard_ledger_entry"
# Nor does anybody but the owner, who reads back, tell of a gallring that was not.
TRUE_TOMBSTONE: Final = "guard_ledger_tombstone"


class LedgerEntry(models.Model):
    """A line of the ledger, committed with what it tells of; written to the file right after, and then marked so."""

    id = uuid_key()
    kind = models.CharField("slag", max_length=20, choices=LedgerKind)
    content = models.JSONField("uppgifter")
    noted_at = models.DateTimeField("antecknad")
    sequence = models.PositiveBigIntegerField("rad", null=True, blank=True, unique=True)
    line_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "rad i gallringsliggaren"
        ordering = ["noted_at", "id"]
        indexes = [
            models.Index(fields=["noted_at", "id"], condition=Q(sequence__isnull=True), name="ledger_entry_to_write")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LedgerKind), name="ledger_entry_kind_known"),
            models.CheckConstraint(
                condition=Q(sequence__isnull=True, line_sha256="")
                | Q(sequence__gte=1, line_sha256__regex=r"^[0-9a-f]{64}$"),
                name="ledger_entry_written_whole_or_not",
            ),
        ]
        triggers = [
            Guard(
                function=KEEP_LEDGER_ENTRY,
                name="ledger_entry_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
            Guard(
                function=KEEP_LEDGER_ENTRY,
                name="ledger_kept",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
            ),
            Guard(function=TRUE_TOMBSTONE, name="ledger_tells_what_is", operation=pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sequence or ''}".strip()
