"""The central register's rows (R05): what each account is, and what it lacks."""

from collections.abc import Sequence
from typing import Final, TypedDict
from uuid import UUID

from django.utils import timezone

from accounts import compliance
from accounts.enums import AccountStatus
from laholm_sociala.common.paging import LongList

LACKS_SAID: Final = 2
COLUMNS: Final = ("name", "platform__name", "unit__name", "status")
STATUSES: Final = dict(AccountStatus.choices)


# A dictionary: a template looks there first, and asks an object only after an exception.
class Row(TypedDict):
    """What a row shows. `more`: so many lacks are not said."""

    id: UUID
    name: str
    platform: str
    unit: str
    status: str
    lacks: list[compliance.Check]
    more: int


class RegisterPages(LongList):
    """The register a page at a time. One query reads a page's rows and what they lack.

    Counted so far as tells a search that found what was sought from one to narrow down.
    """

    counts_to = 300

    def _fetched(self, keys: Sequence[UUID]) -> list[object]:
        found = compliance.shown_with_findings(keys, COLUMNS, now=timezone.now())
        # One that went between the two queries is left out.
        return [_row(key, *found[key]) for key in keys if key in found]


def _row(key: UUID, shown: list[str], lacks: list[compliance.Check]) -> Row:
    name, platform, unit, status = shown
    return Row(
        id=key,
        name=name,
        platform=platform,
        unit=unit,
        status=STATUSES[status],
        lacks=lacks[:LACKS_SAID],
        more=max(len(lacks) - LACKS_SAID, 0),
    )
