"""What leveranser to the e-archive ask of the boards' arkivredogörare under Att göra."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from archive.enums import TransferStatus
from archive.models import PREPARE_DISPOSAL, Transfer
from laholm_sociala.common.swedish import count_in_words, date_in_words
from laholm_sociala.common.to_do import Kind, Task, add_kinds

# An e-archive that has not answered for so long is asked.
PATIENCE: Final = timedelta(days=30)


def add_transfers_to_do() -> None:
    """Add leveranser's kind of task."""
    add_kinds(
        Kind(
            63,
            to_go_on_with,
            lambda n: count_in_words(n, "leverans att gå vidare med", "leveranser att gå vidare med"),
            go_on,
        )
    )


def to_go_on_with(user: User, now: datetime) -> QuerySet | None:
    """Return what is packed or could not be, and what was handed over long ago and has no receipt."""
    boards = user.boards_with(PREPARE_DISPOSAL)
    if not boards:
        return None
    long_ago = timezone.localdate(now) - PATIENCE
    waits = Q(status=TransferStatus.PACKED) | (Q(status=TransferStatus.DRAFT) & ~Q(failure=""))
    unanswered = Q(status=TransferStatus.HANDED_OVER, handed_over_on__lte=long_ago)
    return Transfer.objects.filter(waits | unanswered, board__in=boards).select_related("board").order_by("prepared_at")


def go_on(transfer: Transfer) -> Task:
    """Ask for what comes next."""
    said, action = {
        TransferStatus.PACKED: ("Paketet är klart att lämna över till e-arkivet.", "Lämna över"),
        TransferStatus.DRAFT: ("Den gick inte att packa.", "Se varför"),
    }.get(TransferStatus(transfer.status), ("", "Se leveransen"))
    if transfer.handed_over_on:
        day = date_in_words(transfer.handed_over_on, timezone.localdate())
        said = f"Överlämnad {day}. E-arkivet har inte kvitterat."
    return Task(
        heading=str(transfer),
        url=reverse("archive:transfer-detail", args=[transfer.pk]),
        meta=f"{transfer.board}. {said}",
        action=action,
        about=f"{transfer}, {transfer.board}",
    )
