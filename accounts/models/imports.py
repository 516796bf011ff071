"""Files with accounts that existed before the portal, and what became of them (R06)."""

from typing import Final

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.enums import ImportStatus
from laholm_sociala.common.fields import sha256_of_bytes, uuid_key
from laholm_sociala.common.guards import Guard, kept

# PostgreSQL's own refusal: the file is what was read, whatever the reading of it says.
KEEP_FILE: Final = "guard_account_import"


class AccountImport(models.Model):
    """One file: its bytes, what the reading of it said, and whether it was taken in. All of it, or nothing."""

    id = uuid_key()
    file_name = models.CharField("filens namn", max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    status = models.CharField("läge", max_length=20, choices=ImportStatus, default=ImportStatus.CHECKING)
    # One entry a row: its number in the file, what it says, what is wrong with it or what would change.
    report = models.JSONField(default=list)
    # How many rows of each kind, by `RowKind`; columns whose headings nobody understood; what is wrong with the whole.
    counts = models.JSONField(default=dict)
    unread_columns = ArrayField(models.CharField(max_length=200), default=list)
    problem = models.TextField("varför den inte kan läsas in", blank=True)
    # What every row would do, as one number: reading the file again tells whether the register has changed since.
    outcome_sha256 = models.CharField(max_length=64, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("uppladdad")
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField("inläst", null=True)

    class Meta:
        verbose_name = "import av konton"
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ImportStatus), name="import_status_known"),
            models.CheckConstraint(
                condition=~Q(status=ImportStatus.DONE) | Q(applied_by__isnull=False, applied_at__isnull=False),
                name="import_done_by_someone",
            ),
            models.UniqueConstraint(
                fields=["status"], condition=Q(status=ImportStatus.APPLYING), name="one_import_at_a_time"
            ),
            models.CheckConstraint(condition=Q(rows_done__lte=F("rows_total")), name="import_not_past_its_end"),
            models.CheckConstraint(
                condition=Q(sha256=sha256_of_bytes("content")), name="import_fingerprint_is_the_files"
            ),
        ]
        triggers = [*kept(), Guard(function=KEEP_FILE, name="import_file_kept", operation=pgtrigger.Update)]

    @property
    def is_working(self) -> bool:
        """Whether the worker has it in hand."""
        return self.status in {ImportStatus.CHECKING, ImportStatus.APPLYING}

    def __str__(self) -> str:
        return self.file_name
