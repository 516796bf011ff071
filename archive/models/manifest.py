"""Each day's förteckning of new files' fingerprints, chained to the day before (R19, R23)."""

from typing import Final

import pgtrigger
from django.db import models
from django.db.models import Q

from archive.manifest_sources import CODE_LENGTH
from archive.models.fixity import FINGERPRINT
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import Guard, append_only

# PostgreSQL's own refusals: a förteckning follows the one before, and is whole from the beginning.
FOLLOW_THE_CHAIN: Final = "guard_manifest"
WITHIN_THE_NUMBER: Final = "guard_manifest_entry"


class Manifest(models.Model):
    """The förteckning of one day. `sha256` is of its text, in which `previous_sha256` stands."""

    id = uuid_key()
    day = models.DateField("dag", unique=True)
    number = models.PositiveIntegerField("nummer", unique=True)
    previous_sha256 = models.CharField("föregående", max_length=64)
    sha256 = models.CharField("fingeravtryck", max_length=64, unique=True)
    files = models.PositiveIntegerField("filer")
    made_at = models.DateTimeField("upprättad")

    class Meta:
        verbose_name = "förteckning över fingeravtryck"
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=FINGERPRINT), name="manifest_fingerprinted"),
            models.CheckConstraint(condition=Q(previous_sha256__regex=FINGERPRINT), name="manifest_chained"),
        ]
        triggers = [
            *append_only(),
            Guard(function=FOLLOW_THE_CHAIN, name="manifest_follows", operation=pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"Förteckning {self.number}, {self.day}"


class ManifestEntry(models.Model):
    """One file's fingerprint. The file itself may be disposed of; that it was there once is no secret."""

    id = models.BigAutoField(primary_key=True)
    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField("rad")
    kind = models.CharField("sort", max_length=CODE_LENGTH)
    # What gallring takes the file away with, and the file's own key.
    record = models.UUIDField("handling")
    key = models.UUIDField("fil")
    sha256 = models.CharField("fingeravtryck", max_length=64)

    class Meta:
        verbose_name = "rad i en förteckning"
        ordering = ["manifest", "position"]
        constraints = [
            models.UniqueConstraint(fields=["manifest", "position"], name="manifest_entry_once_per_line"),
            models.UniqueConstraint(fields=["kind", "key"], name="manifest_entry_once_per_file"),
            models.CheckConstraint(condition=Q(sha256__regex=FINGERPRINT), name="manifest_entry_fingerprinted"),
            models.CheckConstraint(condition=Q(position__gte=1), name="manifest_entry_from_one"),
        ]
        triggers = [
            *append_only(),
            Guard(function=WITHIN_THE_NUMBER, name="manifest_entry_within", operation=pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
