"""Ögonblicksbilder: how an account's page looked, kept for good with its files' fingerprints (R19, R20, R23)."""

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Final, Self

import pgtrigger
from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Func, OuterRef, Q, Value

from accounts.models import Account
from archive.enums import (
    MADE_TO_BE_SEEN,
    OPEN_SNAPSHOT,
    SnapshotFileKind,
    SnapshotMethod,
    SnapshotReason,
    SnapshotStatus,
    Viewport,
    Wall,
)
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import Guard, append_only
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet

if TYPE_CHECKING:
    from accounts.models import User

# PostgreSQL's own refusals, whoever asks: see the migration that writes them.
KEEP_SNAPSHOT: Final = "guard_snapshot"
FILES_IN_TIME: Final = "guard_snapshot_file"


def snapshot_storage() -> Storage:
    """Return where the files of snapshots are kept: the storage of the settings."""
    return storages["snapshots"]


class SnapshotQuerySet(TrackedQuerySet):
    """Snapshots, by who may see them and how they stand."""

    def visible_to(self, user: "User", on: date) -> Self:
        """Those of the accounts that the person sees."""
        return self.filter(account__in=Account.objects.visible_to(user, on).order_by().values("pk"))

    def good(self) -> Self:
        """Those that a person has answered for: only they count (R19, R20)."""
        return self.filter(status=SnapshotStatus.GOOD)

    def open(self) -> Self:
        """Those that are asked for and not finished."""
        return self.filter(status__in=OPEN_SNAPSHOT)

    def to_judge(self) -> Self:
        """Those that wait for somebody's verdict."""
        return self.filter(status=SnapshotStatus.TO_JUDGE)

    def not_possible(self) -> Self:
        """Those of which the manager has said that they could not be taken (R20)."""
        return self.filter(status=SnapshotStatus.NOT_POSSIBLE)

    def taken_since(self, moment: datetime) -> Self:
        """Those that show the page as it was at the moment or later."""
        return self.filter(taken_at__gte=moment)

    def taken_since_outer(self, moment: str) -> Self:
        """Those taken since the moment in that field of the outer query.

        Whoever sends pictures says the minute when they were taken, not the second.
        """
        minute = Func(Value("minute"), OuterRef(moment), function="DATE_TRUNC", output_field=models.DateTimeField())
        return self.filter(taken_at__gte=minute)

    def presented(self) -> Self:
        """Fetch what a page about them shows."""
        return self.select_related("account__platform", "account__unit", "requested_by__unit", "verdict_by__unit")


class Snapshot(TrackedModel):
    """One ögonblicksbild of an account's page. Once it is judged nothing of it changes."""

    id = uuid_key()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="snapshots", verbose_name="konto")
    reason = models.CharField("varför", max_length=20, choices=SnapshotReason)
    method = models.CharField("hur", max_length=10, choices=SnapshotMethod)
    status = models.CharField("läge", max_length=20, choices=SnapshotStatus, default=SnapshotStatus.REQUESTED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="begärd av"
    )
    requested_at = models.DateTimeField("begärd")
    requested_url = models.URLField("adress", max_length=300)
    final_url = models.CharField("adress till slut", max_length=2000, blank=True)
    http_status = models.PositiveSmallIntegerField("svarskod", null=True, blank=True)
    taken_at = models.DateTimeField("tagen", null=True, blank=True)
    # How it was taken: {"redirects": […], "versions": {…}, "viewports": {…}, "images": {…}, "full_scroll": true}.
    evidence = models.JSONField("så togs den", default=dict, blank=True)
    wall = models.CharField("i vägen stod", max_length=10, choices=Wall, blank=True)
    failure = models.CharField("varför det inte gick", max_length=500, blank=True)
    # What the person who sends the pictures answers for.
    attestation = models.CharField("intygat", max_length=500, blank=True)
    attested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="intygat av",
    )
    attested_at = models.DateTimeField("intygat den", null=True, blank=True)
    # Who said that it is good, rejected or could not be taken: `status` says which.
    verdict_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bedömd av",
    )
    verdict_at = models.DateTimeField("bedömd", null=True, blank=True)
    verdict_reason = models.CharField("skäl till bedömningen", max_length=500, blank=True)

    # The machinery's own account of how it was taken: it stands on the snapshot's page.
    hidden_in_history: ClassVar[frozenset[str]] = frozenset({"evidence"})

    objects = SnapshotQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "ögonblicksbild"
        ordering = ["-taken_at", "-requested_at"]
        indexes = [
            models.Index(fields=["account", "-taken_at"], name="snapshot_by_account"),
            models.Index(
                fields=["account", "taken_at"], condition=Q(status=SnapshotStatus.GOOD), name="snapshot_good_by_account"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=SnapshotStatus), name="snapshot_status_known"),
            models.CheckConstraint(condition=Q(reason__in=SnapshotReason), name="snapshot_reason_known"),
            models.CheckConstraint(condition=Q(method__in=SnapshotMethod), name="snapshot_method_known"),
            models.CheckConstraint(condition=Q(wall__in=["", *Wall]), name="snapshot_wall_known"),
            models.CheckConstraint(
                condition=~Q(status__in=[SnapshotStatus.TO_JUDGE, SnapshotStatus.GOOD, SnapshotStatus.REJECTED])
                | Q(taken_at__isnull=False),
                name="snapshot_taken_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[SnapshotStatus.GOOD, SnapshotStatus.REJECTED, SnapshotStatus.NOT_POSSIBLE],
                    verdict_by__isnull=False,
                    verdict_at__isnull=False,
                )
                | (
                    ~Q(status__in=[SnapshotStatus.GOOD, SnapshotStatus.REJECTED, SnapshotStatus.NOT_POSSIBLE])
                    & Q(verdict_by__isnull=True, verdict_at__isnull=True)
                ),
                name="snapshot_judged_by_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[SnapshotStatus.REJECTED, SnapshotStatus.NOT_POSSIBLE]) | ~Q(verdict_reason=""),
                name="snapshot_refused_for_a_reason",
            ),
            # A login page is no picture of the account, unless somebody says why it was none.
            models.CheckConstraint(
                condition=~Q(status=SnapshotStatus.GOOD) | Q(wall="") | ~Q(verdict_reason=""),
                name="snapshot_of_a_wall_wants_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(method=SnapshotMethod.UPLOAD, status=SnapshotStatus.GOOD)
                | (~Q(attestation="") & Q(attested_by__isnull=False, attested_at__isnull=False)),
                name="snapshot_sent_is_attested",
            ),
            models.CheckConstraint(
                condition=~Q(status=SnapshotStatus.FAILED) | ~Q(failure=""), name="snapshot_failed_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(status=SnapshotStatus.NOT_POSSIBLE) | Q(reason=SnapshotReason.CLOSING),
                name="snapshot_not_possible_at_closing_alone",
            ),
            models.UniqueConstraint(
                fields=["account", "reason"],
                condition=Q(method=SnapshotMethod.CAPTURE, status__in=OPEN_SNAPSHOT),
                name="one_open_capture_per_reason",
            ),
        ]
        triggers = [
            Guard(
                function=KEEP_SNAPSHOT,
                name="snapshot_kept",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"Ögonblicksbild av {self.account}"

    @property
    def is_open(self) -> bool:
        """Whether it is asked for and not finished."""
        return self.status in OPEN_SNAPSHOT

    @property
    def wall_in_words(self) -> str:
        """What seems to have stood between the portal and the page, as a sentence's beginning; empty for nothing."""
        return f"I vägen stod {self.get_wall_display().lower()}" if self.wall else ""


class SnapshotFile(models.Model):
    """A file of a snapshot: where it is kept, and its fingerprint from when it was written. Never changed."""

    id = uuid_key()
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField("sort", max_length=12, choices=SnapshotFileKind)
    viewport = models.CharField("bredd", max_length=10, choices=Viewport, blank=True)
    position = models.PositiveSmallIntegerField("ordning", default=0)
    # The name in the storage: a UUID, with nothing in it of what the file shows.
    name = models.CharField(max_length=100, unique=True)
    original_name = models.CharField("filens namn", max_length=200, blank=True)
    content_type = models.CharField("filens sort", max_length=100)
    size = models.PositiveBigIntegerField("byte")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    written_at = models.DateTimeField("sparad")
    # The file that this one was made from, to be seen.
    made_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="made")

    class Meta:
        verbose_name = "fil i en ögonblicksbild"
        ordering = ["snapshot", "viewport", "position", "kind", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SnapshotFileKind), name="snapshot_file_kind_known"),
            models.CheckConstraint(condition=Q(viewport__in=["", *Viewport]), name="snapshot_file_viewport_known"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="snapshot_file_fingerprinted"),
            models.CheckConstraint(
                condition=Q(kind__in=MADE_TO_BE_SEEN, made_from__isnull=False)
                | (~Q(kind__in=MADE_TO_BE_SEEN) & Q(made_from__isnull=True)),
                name="snapshot_file_made_from_another",
            ),
            models.UniqueConstraint(
                fields=["snapshot", "kind", "viewport", "position"], name="snapshot_file_once_per_place"
            ),
        ]
        triggers = [
            *append_only(),
            Guard(function=FILES_IN_TIME, name="snapshot_file_in_time", operation=pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        if self.original_name:
            return self.original_name
        part = f"del {self.position + 1}" if self.kind == SnapshotFileKind.TILE else ""
        return ", ".join(filter(None, [self.get_kind_display(), self.get_viewport_display().lower(), part]))
