"""What stands on *Intygat inaktuellt*: what each assertion is about, told so that one can be told from another."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from archive.disposal_items import labels_of, pages_of
from archive.models import Assertion
from archive.retention import types_of


@dataclass(frozen=True)
class Row:
    """One assertion: what it is about, its page where the reader may see it, and what kind of thing that is."""

    assertion: Assertion
    label: str
    url: str
    name: str


def rows_of(assertions: Sequence[Assertion], user: User) -> list[Row]:
    """Return the assertions as rows, in at most three queries for each kind of object."""
    labels, urls = {}, {}
    for kind in {one.kind for one in assertions}:
        keys = [one.object_id for one in assertions if one.kind == kind]
        for record_type in types_of(kind)[:1]:
            labels.update(labels_of(record_type, keys))
            urls.update(pages_of(record_type, keys, user))
    return [_row(one, labels.get(one.object_id, ""), urls.get(one.object_id, "")) for one in assertions]


def name_of(kind: str) -> str:
    """Return the handlingstyp's name, or what the objects are called where several share them."""
    types = types_of(kind)
    return types[0].name if len(types) == 1 else str(types[0].model._meta.verbose_name) if types else kind


def _row(assertion: Assertion, label: str, url: str) -> Row:
    name = name_of(assertion.kind)
    return Row(assertion, label or name, url, name if label else "")
