"""What the e-archive has answered for, as expressions over the objects: when it got them, and as they stood when."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from archive.models import Transfer, TransferItem


def received_on(kind: str, lookup: str = "pk") -> Subquery:
    """Return the day that the e-archive receipted the object of that model; NULL while it has not (R18)."""
    items = _receipted(kind, lookup)
    return Subquery(items.order_by("-transfer__receipt_on").values("transfer__receipt_on")[:1])


def delivered_at(kind: str) -> Subquery:
    """Return the moment that the object stood as the e-archive has it; NULL while it has it not."""
    items = _receipted(kind, "pk")
    return Subquery(items.order_by("-transfer__packed_as_of").values("transfer__packed_as_of")[:1])


def being_delivered(kind: str) -> QuerySet:
    """Return the keys of the objects of that model in leveranser that are not finished."""
    unfinished = Transfer.objects.unfinished().filter(pk=OuterRef("transfer"))
    return TransferItem.objects.filter(Exists(unfinished), kind=kind).order_by().values("object_id")


def _receipted(kind: str, lookup: str) -> QuerySet[TransferItem]:
    receipted = Transfer.objects.receipted().filter(pk=OuterRef("transfer"))
    return TransferItem.objects.filter(Exists(receipted), kind=kind, object_id=OuterRef(lookup)).exclude(sha256="")
