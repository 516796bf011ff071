"""What of a leverans could not be packed, object by object, with a link for those who may see it (R07, R18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts.models import User
from archive.disposal_items import pages_of
from archive.models import Snapshot, Transfer, TransferItem
from archive.retention import RecordType, record_type
from laholm_sociala.common.swedish import date_in_words

# So many are named; of the rest the number is said. Where a whole storage is gone it is all of it.
MOST_NAMED: Final = 100


@dataclass(frozen=True)
class Named:
    """One object: what it is called, its page where the reader may open it, and what is wrong."""

    label: str
    url: str
    why: str


@dataclass(frozen=True)
class Faults:
    """Those that are named, and how many there are beside them."""

    named: Sequence[Named]
    more: int

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.named) + self.more


def faults(transfer: Transfer, user: User) -> dict[str, Any]:
    """Return what stopped the last packing, and what was left out before; a fixed number of queries a handlingstyp."""
    items = transfer.items.all()
    return {"faulty": _faults(items.faulty(), user), "outside": _faults(items.left_out(), user)}


def _faults(items: QuerySet[TransferItem], user: User) -> Faults:
    total = items.count()
    shown = list(items.order_by("record_type", "object_id")[:MOST_NAMED]) if total else []
    codes = dict.fromkeys(item.record_type for item in shown)
    named = [one for code in codes for one in _named(code, [item for item in shown if item.record_type == code], user)]
    return Faults(named, total - len(named))


def _named(code: str, items: Sequence[TransferItem], user: User) -> list[Named]:
    kind, keys = record_type(code), [item.object_id for item in items]
    if kind is None:
        return [Named(item.record_type, "", item.get_fault_display()) for item in items]
    found = kind.model._default_manager.select_related(*kind.fetch).in_bulk(keys)
    urls = pages_of(kind, keys, user)
    return sorted(
        (
            Named(_label(kind, found.get(item.object_id)), urls.get(item.object_id, ""), item.get_fault_display())
            for item in items
        ),
        key=lambda one: one.label,
    )


def _label(kind: RecordType, record: Model | None) -> str:
    if record is None:
        return kind.name
    if isinstance(record, Snapshot) and record.taken_at:
        # An account has many: the day tells them apart.
        return f"{record}, {date_in_words(timezone.localdate(record.taken_at), timezone.localdate())}"
    return kind.label_of(record)
