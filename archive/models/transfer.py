"""Leverans till e-arkivet: what a board hands over to be kept for good, and the receipt for it (R07, R17, R18)."""

from datetime import date
from typing import TYPE_CHECKING, Final, Self

import pgtrigger
from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q

from accounts.models import Board
from archive.enums import TransferFault, TransferStatus
from archive.models.diary import Document
from archive.models.retention import RetentionPlan, disposal_boards
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import Guard, append_only, kept
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet
from laholm_sociala.common.swedish import whole_date

if TYPE_CHECKING:
    from accounts.models import User

# PostgreSQL's own refusals, whoever asks: see the migration that writes them.
KEEP_TRANSFER: Final = "guard_transfer"
KEEP_TRANSFER_ITEM: Final = "guard_transfer_item"
KEEP_TRANSFER_PACKAGE: Final = "guard_transfer_package"
ENDED: Final = (TransferStatus.RECEIVED, TransferStatus.CANCELLED)
# The package is whole, and what is in it can be compared with what stands in the portal now.
WITH_PACKAGE: Final = (TransferStatus.PACKED, TransferStatus.HANDED_OVER, TransferStatus.RECEIVED)


def transfer_storage() -> Storage:
    """Return where the packages lie until the e-archive has them: the storage of the settings."""
    return storages["transfers"]


class TransferDetails(TrackedModel):
    """What the e-archive knows a board by, and what the board calls the e-archive. Without it nothing is packed."""

    id = uuid_key()
    board = models.OneToOneField(Board, on_delete=models.PROTECT, related_name="transfer_details", verbose_name="nämnd")
    organisation_number = models.CharField("organisationsnummer", max_length=11)
    receiver = models.CharField("e-arkivets namn", max_length=120)
    agreement = models.CharField("leveransöverenskommelse", max_length=60, blank=True)

    history = History()

    class Meta:
        verbose_name = "uppgifter för leverans"
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation_number__regex=r"^[0-9]{6}-[0-9]{4}$") & ~Q(receiver=""),
                name="transfer_details_whole",
            )
        ]
        triggers = kept()

    def __str__(self) -> str:
        return f"Uppgifter för leverans, {self.board}"


class TransferQuerySet(TrackedQuerySet):
    """Leveranser, by who works with them and how they stand."""

    def visible_to(self, user: "User", on: date) -> Self:
        """Those of the boards whose gallring the person prepares, decides or advises on."""
        return self.filter(disposal_boards(user))

    def unfinished(self) -> Self:
        """Those that are neither receipted nor cancelled."""
        return self.exclude(status__in=ENDED)

    def receipted(self) -> Self:
        """Those that the e-archive has answered for, and whose receipt stands in the diarium."""
        return self.filter(status=TransferStatus.RECEIVED, receipt__cancelled_at__isnull=True)


class Transfer(TrackedModel):
    """One leverans of a board's: listed by a person, packed by the portal, handed over, and receipted."""

    id = uuid_key()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="transfers", verbose_name="nämnd")
    plan = models.ForeignKey(RetentionPlan, on_delete=models.PROTECT, related_name="+", verbose_name="plan")
    through = models.DateField("till och med")
    as_bag = models.BooleanField("i en BagIt-påse", default=False)
    status = models.CharField("läge", max_length=12, choices=TransferStatus, default=TransferStatus.DRAFT)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="förberedd av"
    )
    prepared_at = models.DateTimeField("förberedd")
    # When the packing was asked for: the package's own time, however often the work on it is taken up again.
    packed_as_of = models.DateTimeField("packas", null=True, blank=True)
    # A sentence, where the packing came to nothing.
    failure = models.CharField("varför det inte gick", max_length=500, blank=True)
    handed_over_on = models.DateField("överlämnad", null=True, blank=True)
    receipt = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kvittens"
    )
    receipt_on = models.DateField("kvitterad", null=True, blank=True)
    cancelled_why = models.CharField("skäl", max_length=500, blank=True)

    objects = TransferQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "leverans"
        ordering = ["-prepared_at"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=TransferStatus), name="transfer_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=(TransferStatus.DRAFT, TransferStatus.CANCELLED))
                | Q(packed_as_of__isnull=False),
                name="transfer_packed_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(TransferStatus.HANDED_OVER, TransferStatus.RECEIVED))
                | Q(handed_over_on__isnull=False),
                name="transfer_handed_over_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status=TransferStatus.RECEIVED, receipt__isnull=False, receipt_on__isnull=False)
                | (~Q(status=TransferStatus.RECEIVED) & Q(receipt__isnull=True, receipt_on__isnull=True)),
                name="transfer_received_has_its_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(status=TransferStatus.CANCELLED) | ~Q(cancelled_why=""),
                name="transfer_cancelled_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["board"], condition=~Q(status__in=ENDED), name="one_unfinished_transfer_per_board"
            ),
            models.UniqueConstraint(fields=["receipt"], name="transfer_receipt_once"),
        ]
        triggers = [
            Guard(
                function=KEEP_TRANSFER,
                name="transfer_kept",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"Leverans till och med {whole_date(self.through)}"

    @property
    def package(self) -> "TransferPackage | None":
        """The package as it was last made; None before that."""
        return self.packages.order_by("-made_at").first()


class TransferItemQuerySet(models.QuerySet["TransferItem"]):
    """The objects of a leverans, by whether they go along."""

    def taken_along(self) -> Self:
        """Those that are packed."""
        return self.filter(left_out=False)

    def left_out(self) -> Self:
        """Those that could not be packed, and wait for a later leverans."""
        return self.filter(left_out=True)

    def faulty(self) -> Self:
        """Those that stopped the packing, and nobody has said anything of."""
        return self.filter(left_out=False).exclude(fault="")


class TransferItem(models.Model):
    """One object in a leverans, with the fingerprint of what was packed of it. What it says stands nowhere here.

    What is left out has no fingerprint, so that it counts as delivered nowhere, and its fault is the reason.
    """

    id = uuid_key()
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="items")
    record_type = models.CharField("handlingstyp", max_length=40)
    kind = models.CharField("slag", max_length=60)
    object_id = models.UUIDField("objekt")
    sha256 = models.CharField(max_length=64, blank=True)
    fault = models.CharField("fel", max_length=10, choices=TransferFault, blank=True)
    left_out = models.BooleanField("utanför leveransen", default=False)

    objects = TransferItemQuerySet.as_manager()

    class Meta:
        verbose_name = "rad i en leverans"
        ordering = ["record_type", "id"]
        indexes = [models.Index(fields=["kind", "object_id"], name="transfer_item_by_object")]
        constraints = [
            models.UniqueConstraint(fields=["transfer", "kind", "object_id"], name="transfer_item_once"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^([0-9a-f]{64})?$"), name="transfer_item_fingerprinted"),
            models.CheckConstraint(condition=Q(fault__in=["", *TransferFault]), name="transfer_item_fault_known"),
            models.CheckConstraint(
                condition=Q(left_out=False) | (Q(sha256="") & ~Q(fault="")), name="transfer_item_left_out_for_a_reason"
            ),
        ]
        triggers = [
            Guard(
                function=KEEP_TRANSFER_ITEM,
                name="transfer_item_kept",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.object_id}"


class TransferPackage(models.Model):
    """A package as it was made. Its file goes when the e-archive has receipted it, or when another is made."""

    id = uuid_key()
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="packages")
    name = models.CharField("namn i lagringen", max_length=100, unique=True)
    size = models.PositiveBigIntegerField("byte")
    files = models.PositiveIntegerField("filer")
    sha256 = models.CharField(max_length=64)
    # The outermost METS names everything else with its fingerprint: this one stands for the whole.
    mets_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField("gjort")
    removed_at = models.DateTimeField("borttaget", null=True, blank=True)

    class Meta:
        verbose_name = "paket"
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$") & Q(mets_sha256__regex=r"^[0-9a-f]{64}$"),
                name="transfer_package_fingerprinted",
            )
        ]
        triggers = [
            Guard(
                function=KEEP_TRANSFER_PACKAGE,
                name="transfer_package_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return self.name


class TransferReading(models.Model):
    """That somebody took a package home: in it is what may be secret (OSL ch. 8; R15)."""

    id = uuid_key()
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("när")

    class Meta:
        verbose_name = "hämtning av ett paket"
        ordering = ["-at"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d}"
