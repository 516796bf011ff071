"""What other parts of the portal hand to a board's registrator, frozen as it was (R15, R16, R22)."""

from datetime import date
from typing import TYPE_CHECKING, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Account, Board
from archive.enums import HandoverStatus
from archive.facts import in_order
from archive.models.diary import REGISTER
from laholm_sociala.common.fields import sha256_of_bytes, uuid_key
from laholm_sociala.common.guards import append_only, kept
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet

if TYPE_CHECKING:
    from accounts.models import User

# The same permission as for posts that may be secret: one secrecy, whichever part of the portal shows it.
READ_RESTRICTED: Final = "moderation.read_restricted"


class HandoverQuerySet(TrackedQuerySet):
    """Handovers, by who may see them."""

    def visible_to(self, user: "User", on: date) -> Self:
        """Those to the boards that the person registers for; what may be secret only with that permission too."""
        boards = user.boards_with(REGISTER)
        readers = boards & user.boards_with(READ_RESTRICTED)
        return self.filter(Q(board__in=boards, is_restricted=False) | Q(board__in=readers))

    def waiting(self) -> Self:
        """Those that are not registered yet, the oldest first."""
        return self.filter(status=HandoverStatus.WAITING).order_by("handed_over_at", "id")

    def presented(self) -> Self:
        """Fetch what a page about them shows."""
        return self.select_related("board", "handed_over_by__unit")


class Handover(TrackedModel):
    """Something for a board's registrator. What it says stands in `HandoverContent`, apart from its history."""

    id = uuid_key()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="handovers", verbose_name="nämnd")
    # Where it came from, so that the same thing is never handed over twice: "case:<uuid>".
    source_ref = models.CharField(max_length=100, unique=True, editable=False)
    # Proposed, without names: the registrator writes the ärendemening.
    subject = models.CharField("föreslagen ärendemening", max_length=250)
    is_restricted = models.BooleanField("kan vara sekretess", default=False)
    # What it is about; the ärende that is opened for it is about the same.
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="konto"
    )
    received_on = models.DateField("kom in")
    handed_over_at = models.DateTimeField("skickat")
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="skickat av"
    )
    status = models.CharField("läge", max_length=10, choices=HandoverStatus, default=HandoverStatus.WAITING)
    # The number that it was given in the diarium, once it is registered.
    designation = models.CharField("diarienummer", max_length=40, blank=True)

    objects = HandoverQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "överlämnat till registratorn"
        ordering = ["handed_over_at"]
        indexes = [
            models.Index(
                fields=["board", "handed_over_at"],
                condition=Q(status=HandoverStatus.WAITING),
                name="handover_waiting_by_board",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=HandoverStatus), name="handover_status_known"),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(source_ref=""), name="handover_says_what"),
            models.CheckConstraint(
                condition=Q(status=HandoverStatus.WAITING, designation="")
                | (Q(status=HandoverStatus.REGISTERED) & ~Q(designation="")),
                name="handover_registered_has_its_number",
            ),
        ]
        triggers = kept()

    def __str__(self) -> str:
        return self.subject

    @property
    def own_account(self) -> Account | None:
        """What it is about, while that is the board's: an account may move to another one while this waits."""
        return self.account if self.account and self.account.board_id == self.board_id else None


class HandoverContent(models.Model):
    """What was handed over, frozen: it outlives where it came from."""

    id = uuid_key()
    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="content")
    text = models.TextField("text", blank=True)
    # In words a person reads: {"Länk": "https://…", "Publicerat": "…"}.
    details = models.JSONField("uppgifter", default=dict)

    class Meta:
        verbose_name = "det överlämnade"
        triggers = append_only()

    def __str__(self) -> str:
        return f"Innehållet i {self.handover_id}"

    @property
    def facts(self) -> dict[str, str]:
        """What is known beside the text, in the order it is read."""
        return in_order(self.details)


class HandoverFile(models.Model):
    """A file that was handed over: the very bytes, with their fingerprint."""

    id = uuid_key()
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="files")
    file_name = models.CharField("filens namn", max_length=200)
    content_type = models.CharField("filens sort", max_length=100)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "överlämnad fil"
        ordering = ["file_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256=sha256_of_bytes("content")), name="handover_file_fingerprint_is_the_files"
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return self.file_name


class HandoverView(models.Model):
    """That somebody was shown a handover that may be secret (OSL ch. 8; R15)."""

    id = uuid_key()
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="views")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("när")

    class Meta:
        verbose_name = "läsning"
        ordering = ["-at"]
        indexes = [models.Index(fields=["at"], name="handover_view_by_time")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d}"
