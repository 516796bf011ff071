"""The list of a gallring object by object: on the page, with a link for those who may see it, and as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from accounts.export import harmless
from accounts.models import Account, User
from archive.models import DisposalItem, DisposalRun
from archive.retention import RecordType, record_type

HEADINGS: Final = (
    "Handlingstyp",
    "Slag",
    "Id",
    "Räknas från",
    "Kan gallras från",
    "Regel",
    "Val",
    "Skäl att behålla",
    "Utfall",
    "Skäl till utfallet",
    "Avgjord",
)


@dataclass(frozen=True)
class Row:
    """One object on the list: what it is called, and its page where the reader may see it."""

    item: DisposalItem
    label: str
    url: str


def rows_of(one: RecordType, items: Sequence[DisposalItem], user: User) -> list[Row]:
    """Return the items as rows, in at most three queries however many."""
    keys = [item.object_id for item in items]
    labels, urls = labels_of(one, keys), pages_of(one, keys, user)
    return [Row(item, labels.get(item.object_id, one.name), urls.get(item.object_id, "")) for item in items]


def labels_of(one: RecordType, keys: Sequence[UUID]) -> dict[UUID, str]:
    """Return what those of the objects that are still there are called, by key: never a word of what they say.

    What has no page of its own goes by its account's name, so that one row can be told from another.
    """
    objects = one.model._base_manager
    if one.url_name:
        found = objects.select_related(*one.fetch).in_bulk(keys)
        return {key: one.label_of(each) for key, each in found.items()}
    if not one.account:
        return {}
    accounts = dict(objects.filter(pk__in=keys).values_list("pk", one.account))
    names = Account.objects.select_related("platform").in_bulk(set(accounts.values()) - {None})
    return {key: str(names[account]) for key, account in accounts.items() if account in names}


def pages_of(one: RecordType, keys: Iterable[UUID], user: User) -> dict[UUID, str]:
    """Return the pages of those of the objects that the person may see, by key."""
    if not one.url_name:
        return {}
    objects: Any = one.model._default_manager.all()
    seen = getattr(objects, "readable_by", None) or objects.visible_to
    visible = seen(user, timezone.localdate()).filter(pk__in=list(keys)).order_by().values_list("pk", flat=True)
    return {key: reverse(one.url_name, args=[key]) for key in visible}


def as_csv(run: DisposalRun) -> Iterator[str]:
    """Yield the list and what was chosen, as a file: semicolons and a byte order mark, as Excel in Sweden reads it."""
    yield "\ufeff"
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    for row in _with_headings(run):
        writer.writerow([harmless(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _with_headings(run: DisposalRun) -> Iterator[tuple[str, ...]]:
    yield HEADINGS
    # In the order of the fingerprint, so that the file can be compared with what was decided on.
    for item in run.items.order_by("kind", "object_id").iterator(chunk_size=2000):
        one = record_type(item.record_type)
        yield (
            one.name if one else item.record_type,
            item.kind,
            str(item.object_id),
            str(item.starts_on or ""),
            str(item.due_on),
            item.reason,
            item.get_choice_display(),
            item.choice_reason,
            item.get_status_display(),
            item.outcome,
            f"{timezone.localtime(item.settled_at):%Y-%m-%d %H:%M}" if item.settled_at else "",
        )
