"""What a leverans is to hold: what the board's plan preserves, ended by a day, and not delivered before (R17, R18)."""

from datetime import date
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from archive.enums import MatterStatus, RuleAction, StartsFrom
from archive.models import Document, Matter, RetentionRule, SecrecyMark, Snapshot, Transfer, TransferItem
from archive.retention import record_type
from archive.services.retention_dates import InForce
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.history import history_model
from laholm_sociala.common.swedish import STOCKHOLM

MATTER, DOCUMENT, SNAPSHOT = "matter", "document", "snapshot"
CODES: Final = (MATTER, DOCUMENT, SNAPSHOT)
KINDS: Final = {MATTER: "archive.matter", DOCUMENT: "archive.document", SNAPSHOT: "archive.snapshot"}
BATCH: Final = 2000


def is_delivered(rule: RetentionRule | None) -> bool:
    """Tell whether the plan has what the rule is about kept by the e-archive: preserved, or gone here after that."""
    return rule is not None and (
        rule.action == RuleAction.PRESERVE
        or (rule.action == RuleAction.AFTER_YEARS and rule.starts_from == StartsFrom.TRANSFERRED)
    )


def list_to_deliver(transfer: Transfer, governing: InForce) -> None:
    """Put what is to be delivered on the leverans. Raises RefusedError when nothing is."""
    listed = 0
    for code in CODES:
        keys = to_deliver(code, transfer, governing).iterator(chunk_size=BATCH)
        items = (TransferItem(transfer=transfer, record_type=code, kind=KINDS[code], object_id=key) for key in keys)
        # A batch at a time: what is in memory is the same however long the list is.
        while batch := list(islice(items, BATCH)):
            listed += len(TransferItem.objects.bulk_create(batch))
    if not listed:
        raise RefusedError("Det finns inget att leverera till och med den dagen.", field="through")


def to_deliver(code: str, transfer: Transfer, governing: InForce) -> QuerySet[Any, UUID]:
    """Return the keys of the objects of the handlingstyp that the leverans is to hold."""
    # A handling is packed in its ärende, and without that not at all.
    needed = (MATTER, DOCUMENT) if code == DOCUMENT else (code,)
    if not all(_is_covered(one, governing) for one in needed):
        return Matter.objects.none().values_list("pk", flat=True)
    if code == SNAPSHOT:
        return _snapshots(transfer).order_by("pk").values_list("pk", flat=True)
    matters = _matters(transfer, with_documents=_is_covered(DOCUMENT, governing))
    objects: QuerySet[Any] = matters if code == MATTER else _documents(matters)
    return objects.order_by("pk").values_list("pk", flat=True)


def received_on(code: str, lookup: str = "pk") -> Subquery:
    """Return the day that the e-archive receipted the object behind the lookup; NULL while it has not (R18)."""
    receipted = Transfer.objects.receipted().filter(pk=OuterRef("transfer"))
    items = TransferItem.objects.filter(~Q(sha256=""), Exists(receipted), kind=KINDS[code], object_id=OuterRef(lookup))
    return Subquery(items.order_by("-transfer__receipt_on").values("transfer__receipt_on")[:1])


def _is_covered(code: str, governing: InForce) -> bool:
    kind = record_type(code)
    return kind is not None and is_delivered(governing.rule(kind))


def _matters(transfer: Transfer, *, with_documents: bool) -> QuerySet[Matter]:
    """Those that ended, and have not been delivered as they stand now: what is added later goes in a later leverans.

    `with_documents`: those too of which a handling was left out, or came too late for the list, and was not delivered.
    """
    ended = Q(status=MatterStatus.CLOSED, closed_on__lte=transfer.through)
    ended |= Q(cancelled_at__date__lte=transfer.through)
    matters: QuerySet[Matter] = Matter.objects.filter(ended, board=transfer.board)
    past = history_model(Matter)._default_manager.filter(id=OuterRef("pk"), history_date__gt=OuterRef("delivered_at"))
    of_documents = history_model(Document)._default_manager.filter(
        matter=OuterRef("pk"), history_date__gt=OuterRef("delivered_at")
    )
    of_marks = history_model(SecrecyMark)._default_manager.filter(
        document__matter=OuterRef("pk"), history_date__gt=OuterRef("delivered_at")
    )
    undelivered = Document.objects.filter(matter=OuterRef("pk"), content__isnull=False).annotate(
        delivered_at=_delivered_at(DOCUMENT)
    )
    delivered = matters.annotate(delivered_at=_delivered_at(MATTER))
    remains = Q(delivered_at__isnull=True) | Exists(past) | Exists(of_documents) | Exists(of_marks)
    if with_documents:
        return delivered.filter(remains | Exists(undelivered.filter(delivered_at__isnull=True)))
    return delivered.filter(remains)


def _documents(matters: QuerySet[Matter]) -> QuerySet[Document]:
    documents: QuerySet[Document] = Document.objects.filter(matter__in=matters.values("pk"), content__isnull=False)
    return documents


def _snapshots(transfer: Transfer) -> QuerySet[Snapshot]:
    good: QuerySet[Snapshot] = Snapshot.objects.good().filter(account__board=transfer.board)
    taken = good.annotate(taken_on=TruncDate(F("taken_at"), tzinfo=STOCKHOLM)).filter(taken_on__lte=transfer.through)
    return taken.annotate(delivered_at=_delivered_at(SNAPSHOT)).filter(delivered_at__isnull=True)


def _delivered_at(code: str) -> Subquery:
    items = TransferItem.objects.filter(kind=KINDS[code], object_id=OuterRef("pk")).exclude(sha256="")
    receipted = items.filter(Exists(Transfer.objects.receipted().filter(pk=OuterRef("transfer"))))
    return Subquery(receipted.order_by("-transfer__packed_as_of").values("transfer__packed_as_of")[:1])


def last_day_of_last_year(today: date) -> date:
    """Return the day that a leverans reaches to unless another is chosen."""
    return date(today.year - 1, 12, 31)
