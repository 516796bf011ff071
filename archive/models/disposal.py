"""Gallring: what is to go, who decided it, and what is left to show that it went (R18)."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Board
from archive.enums import DisposalChoice, DisposalStatus, ItemStatus
from archive.models.diary import REGISTER, Document
from archive.models.retention import RetentionPlan, disposal_boards
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import Guard, append_only, kept
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet

if TYPE_CHECKING:
    from accounts.models import User

# PostgreSQL's own refusals, whoever asks: see the migration that writes them.
KEEP_RUN: Final = "guard_disposal_run"
KEEP_ITEM: Final = "guard_disposal_item"
# A list is sent, decided on and carried out as it is, and a gallringsuppgift is of what stands on it.
BEGIN_RUN: Final = "guard_disposal_begins"
KEEP_TOMBSTONE: Final = "guard_tombstone"
# A file comes on its list with what goes, and stays there: nothing is taken off it, and nothing is lifted into it.
KEEP_FILE: Final = "guard_disposal_file"
# What goes after a leverans goes only when that has its receipt.
AFTER_RECEIPT: Final = "guard_disposal_after_receipt"
APPROVED: Final = (DisposalStatus.APPROVED, DisposalStatus.EXECUTING, DisposalStatus.PAUSED)
FINISHED: Final = (DisposalStatus.DONE, DisposalStatus.PARTIAL)
# What a gallring's history says of work with its list: whoever did it does not decide on it.
PREPARED: Final = "Gallringen förbereddes"
EDITED: Final = "Listan ändrades"
EDITED_WHEN_SENT: Final = "Listan ändrades, så den skickas och beslutas på nytt"
LISTED_ANEW: Final = "Listan hämtades på nytt"
SENT: Final = "Skickades till arkivansvarig"


class DisposalRunQuerySet(TrackedQuerySet):
    """Gallringar, by who works with them."""

    def visible_to(self, user: "User", on: date) -> Self:
        """Those of the boards whose gallring the person prepares, decides or advises on."""
        return self.filter(disposal_boards(user))

    def protocol_seen_by(self, user: "User") -> Self:
        """Those that have or lack a protocol, also of the boards that the person registers for: it is in their diarium.

        What is not carried out has none to lack.
        """
        run_ids = self.carried_out().values("pk")
        has_or_lacks = Q(status__in=FINISHED) | Q(pk__in=run_ids)
        return self.filter(disposal_boards(user) | Q(board__in=user.boards_with(REGISTER))).filter(has_or_lacks)

    def worked_on_by(self, user: "User") -> Self:
        """Those whose list the person has prepared, changed or sent: another is to decide on it."""
        work = self.model.history.filter(
            id=OuterRef("pk"),
            history_user=user.pk,
            history_change_reason__in=(PREPARED, EDITED, EDITED_WHEN_SENT, LISTED_ANEW, SENT),
        )
        return self.filter(Q(prepared_by=user.pk) | Q(submitted_by=user.pk) | Exists(work))

    def unfinished(self) -> Self:
        """Those that are not carried out to the end."""
        return self.exclude(status__in=FINISHED)

    def carried_out(self) -> Self:
        """Those whose list is settled and that wait for their protocol."""
        waiting = DisposalItem.objects.filter(run=OuterRef("pk"), status=ItemStatus.WAITING)
        return self.filter(~Exists(waiting), status=DisposalStatus.EXECUTING)


class DisposalRun(TrackedModel):
    """One gallring of a board's: a list that one person prepares, another decides on, and the portal carries out."""

    id = uuid_key()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="disposals", verbose_name="nämnd")
    plan = models.ForeignKey(RetentionPlan, on_delete=models.PROTECT, related_name="+", verbose_name="plan")
    as_of = models.DateField("gallras till och med")
    status = models.CharField("läge", max_length=12, choices=DisposalStatus, default=DisposalStatus.DRAFT)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="förberedd av"
    )
    prepared_at = models.DateTimeField("förberedd")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="skickad av",
    )
    submitted_at = models.DateTimeField("skickad", null=True, blank=True)
    # The fingerprint of the list as it was sent: what is decided on, and what is carried out.
    list_sha256 = models.CharField(max_length=64, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beslutad av",
    )
    approved_at = models.DateTimeField("beslutad", null=True, blank=True)
    approval_expires_on = models.DateField("beslutet gäller till och med", null=True, blank=True)
    started_at = models.DateTimeField("påbörjad", null=True, blank=True)
    finished_at = models.DateTimeField("klar", null=True, blank=True)
    protocol = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="protokoll"
    )

    objects = DisposalRunQuerySet.as_manager()
    history = History()
    # It is compared, not read: the frozen list carries it in its name.
    hidden_in_history: ClassVar[frozenset[str]] = frozenset({"list_sha256"})

    class Meta:
        verbose_name = "gallring"
        ordering = ["-prepared_at"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=DisposalStatus), name="disposal_status_known"),
            models.CheckConstraint(
                condition=Q(status=DisposalStatus.DRAFT, list_sha256="", submitted_by__isnull=True)
                | (~Q(status=DisposalStatus.DRAFT) & Q(submitted_by__isnull=False) & ~Q(list_sha256="")),
                name="disposal_submitted_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(DisposalStatus.DRAFT, DisposalStatus.SUBMITTED), approved_by__isnull=True)
                | (
                    ~Q(status__in=(DisposalStatus.DRAFT, DisposalStatus.SUBMITTED))
                    & Q(approved_by__isnull=False, approved_at__isnull=False, approval_expires_on__isnull=False)
                ),
                name="disposal_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("submitted_by")) & ~Q(approved_by=F("prepared_by"))),
                name="disposal_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(status__in=FINISHED, protocol__isnull=False, finished_at__isnull=False)
                | (~Q(status__in=FINISHED) & Q(finished_at__isnull=True)),
                name="disposal_done_has_its_protocol",
            ),
            models.UniqueConstraint(
                fields=["board"], condition=~Q(status__in=FINISHED), name="one_unfinished_disposal_per_board"
            ),
        ]
        triggers = [
            Guard(function=KEEP_RUN, name="disposal_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            Guard(function=BEGIN_RUN, name="disposal_begins", operation=pgtrigger.Insert | pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"Gallring {self.as_of.year}"


class DisposalItem(models.Model):
    """One object on the list, with the reason that it may go. What it says stands nowhere here."""

    id = uuid_key()
    run = models.ForeignKey(DisposalRun, on_delete=models.PROTECT, related_name="items")
    record_type = models.CharField("handlingstyp", max_length=40)
    kind = models.CharField("slag", max_length=60)
    object_id = models.UUIDField("objekt")
    starts_on = models.DateField("räknas från", null=True, blank=True)
    due_on = models.DateField("kan gallras från")
    reason = models.CharField("varför", max_length=250)
    choice = models.CharField("val", max_length=10, choices=DisposalChoice, default=DisposalChoice.DESTROY)
    choice_reason = models.CharField("skäl att behålla", max_length=500, blank=True)
    status = models.CharField("läge", max_length=10, choices=ItemStatus, default=ItemStatus.WAITING)
    outcome = models.CharField("utfall", max_length=250, blank=True)
    settled_at = models.DateTimeField("avgjord", null=True, blank=True)

    class Meta:
        verbose_name = "rad i gallringslistan"
        ordering = ["record_type", "due_on", "id"]
        indexes = [models.Index(fields=["run", "status", "id"], name="disposal_item_by_status")]
        constraints = [
            models.UniqueConstraint(fields=["run", "kind", "object_id"], name="disposal_item_once"),
            models.CheckConstraint(
                condition=Q(choice=DisposalChoice.DESTROY, choice_reason="")
                | (Q(choice=DisposalChoice.KEEP) & ~Q(choice_reason="")),
                name="disposal_item_kept_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status=ItemStatus.WAITING, settled_at__isnull=True)
                | (~Q(status=ItemStatus.WAITING) & Q(status__in=ItemStatus, settled_at__isnull=False)),
                name="disposal_item_settled_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=ItemStatus.DESTROYED) | Q(choice=DisposalChoice.DESTROY),
                name="disposal_item_kept_is_not_destroyed",
            ),
        ]
        triggers = [
            Guard(
                function=KEEP_ITEM,
                name="disposal_item_kept",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            ),
            Guard(
                function=AFTER_RECEIPT,
                name="disposal_item_receipted",
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.object_id}"


class Tombstone(models.Model):
    """A gallringsuppgift: that something was disposed of, by which rule and decision; nothing of what it said."""

    id = uuid_key()
    item = models.OneToOneField(DisposalItem, on_delete=models.PROTECT, related_name="tombstone")
    record_type = models.CharField("handlingstyp", max_length=40)
    kind = models.CharField("slag", max_length=60)
    object_id = models.UUIDField("objekt", db_index=True)
    plan_version = models.PositiveSmallIntegerField("planens version")
    rule = models.CharField("regel", max_length=250)
    decision = models.CharField("beslut", max_length=250)
    due_on = models.DateField("kunde gallras från")
    disposed_at = models.DateTimeField("gallrat")
    # How many rows and files went, by table: {"moderation_action": 3, "filer": 1}.
    counts = models.JSONField("antal")

    class Meta:
        verbose_name = "gallringsuppgift"
        ordering = ["disposed_at", "id"]
        triggers = [
            *append_only(),
            Guard(function=KEEP_TOMBSTONE, name="tombstone_of_the_list", operation=pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.object_id}"


class DisposalFile(models.Model):
    """A stored file that is to go, written down in the transaction that removed its row: no crash forgets it."""

    id = uuid_key()
    item = models.ForeignKey(DisposalItem, on_delete=models.PROTECT, related_name="files")
    storage = models.CharField("lagring", max_length=40)
    name = models.CharField("namn", max_length=250)
    removed_at = models.DateTimeField("borttagen", null=True, blank=True)

    class Meta:
        verbose_name = "fil att ta bort"
        indexes = [models.Index(fields=["item"], condition=Q(removed_at__isnull=True), name="disposal_file_to_remove")]
        constraints = [models.UniqueConstraint(fields=["storage", "name"], name="disposal_file_once")]
        triggers = [
            *kept(),
            Guard(function=KEEP_FILE, name="disposal_file_kept", operation=pgtrigger.Insert | pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return self.name


class DisposalReach(models.Model):
    """What goes with an object of a handlingstyp, as PostgreSQL carries it out. Written by migrate, as the owner."""

    record_type = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    table_name = models.CharField(max_length=80)
    key_column = models.CharField(max_length=80)
    # Where a row points straight at the object; empty where the way is longer.
    object_column = models.CharField(max_length=80, blank=True)
    # SQL over the table, with the object's key as $1.
    condition = models.TextField()
    statement = models.TextField()

    class Meta:
        verbose_name = "gallringens räckvidd"
        ordering = ["record_type", "position"]
        constraints = [models.UniqueConstraint(fields=["record_type", "position"], name="reach_in_order")]
        indexes = [models.Index(fields=["record_type", "table_name"], name="reach_by_table")]

    def __str__(self) -> str:
        return f"{self.record_type}: {self.table_name}"
