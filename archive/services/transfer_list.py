"""What a leverans is to hold: what the board's plan preserves, ended by a day, and not delivered before (R17, R18)."""

from datetime import date
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from archive.enums import MatterStatus, RuleAction, StartsFrom
from archive.models import Document, Forwarding, Matter, RetentionRule, SecrecyMark, Snapshot, Transfer, TransferItem
from archive.receipts import delivered_at
from archive.retention import RecordType, any_of, record_type, record_types
from archive.services.retention_dates import InForce
from archive.services.transfer_ready import ready
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.history import history_model
from laholm_sociala.common.swedish import STOCKHOLM

MATTER, DOCUMENT, SNAPSHOT = "matter", "document", "snapshot"
# What has a form of its own in the package; everything else is read from the registry.
OWN_FORM: Final = (MATTER, DOCUMENT, SNAPSHOT)
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
    for one in deliverable():
        keys = to_deliver(one, transfer, governing).iterator(chunk_size=BATCH)
        items = (TransferItem(transfer=transfer, record_type=one.code, kind=one.kind, object_id=key) for key in keys)
        # A batch at a time: what is in memory is the same however long the list is.
        while batch := list(islice(items, BATCH)):
            listed += len(TransferItem.objects.bulk_create(batch))
    if not listed:
        raise RefusedError("Det finns inget att leverera till och med den dagen.", field="through")


def deliverable() -> list[RecordType]:
    """Return the handlingstyper that can be delivered."""
    return [one for one in record_types() if one.delivery is not None]


def to_deliver(one: RecordType, transfer: Transfer, governing: InForce) -> QuerySet[Any, UUID]:
    """Return the keys of the objects of the handlingstyp that the leverans is to hold."""
    # A handling is packed in its ärende, and without that not at all.
    needed = [one, record_type(MATTER)] if one.code == DOCUMENT else [one]
    if not all(kind and is_delivered(governing.rule(kind)) for kind in needed):
        return Matter.objects.none().values_list("pk", flat=True)
    return _objects(one, transfer, governing).order_by("pk").values_list("pk", flat=True)


def _objects(one: RecordType, transfer: Transfer, governing: InForce) -> QuerySet[Any]:
    if one.code == SNAPSHOT:
        return _snapshots(transfer)
    if one.code not in OWN_FORM:
        return ready(one, transfer)
    matters = _matters(transfer, with_documents=_is_covered(DOCUMENT, governing))
    return matters if one.code == MATTER else _documents(matters)


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
    later = {"document__matter": OuterRef("pk"), "history_date__gt": OuterRef("delivered_at")}
    around = any_of(Q(Exists(history_model(one)._default_manager.filter(**later))) for one in (SecrecyMark, Forwarding))
    undelivered = Document.objects.filter(matter=OuterRef("pk"), content__isnull=False).annotate(
        delivered_at=delivered_at(KINDS[DOCUMENT])
    )
    delivered = matters.annotate(delivered_at=delivered_at(KINDS[MATTER]))
    remains = Q(delivered_at__isnull=True) | Exists(past) | Exists(of_documents) | around
    if with_documents:
        return delivered.filter(remains | Exists(undelivered.filter(delivered_at__isnull=True)))
    return delivered.filter(remains)


def _documents(matters: QuerySet[Matter]) -> QuerySet[Document]:
    documents: QuerySet[Document] = Document.objects.filter(matter__in=matters.values("pk"), content__isnull=False)
    return documents


def _snapshots(transfer: Transfer) -> QuerySet[Snapshot]:
    good: QuerySet[Snapshot] = Snapshot.objects.good().filter(account__board=transfer.board)
    taken = good.annotate(taken_on=TruncDate(F("taken_at"), tzinfo=STOCKHOLM)).filter(taken_on__lte=transfer.through)
    return taken.annotate(delivered_at=delivered_at(KINDS[SNAPSHOT])).filter(delivered_at__isnull=True)


def last_day_of_last_year(today: date) -> date:
    """Return the day that a leverans reaches to unless another is chosen."""
    return date(today.year - 1, 12, 31)
