"""What the portal itself draws up, and no person: the protocol of a gallring (R18).

The one way for the system user to a diary number. It opens an ärende of its own and writes in no other; it corrects,
closes and cancels nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.models import Board, User
from archive.enums import Direction
from archive.models import Document
from archive.services.entries import Entry, File, Opening, enter_document, enter_matter

# Where what the portal draws up may come from.
SOURCES: Final = frozenset({"disposal"})


@transaction.atomic
def register_own_document(
    board: Board, *, subject: str, source_ref: str, files: Sequence[File], now: datetime
) -> Document:
    """Register, in a new ärende of the board's, a handling that the portal has drawn up, open to all.

    `source_ref` says where it comes from, "disposal:<uuid>". Raises ValueError for any other source, RefusedError
    where the board has no series of the portal's.
    """
    if source_ref.partition(":")[0] not in SOURCES:
        raise ValueError(f"the portal draws up nothing from {source_ref!r}")
    system = User.objects.system()
    matter = enter_matter(board, Opening(subject), by=system, now=now)
    today = timezone.localdate(now)
    entry = Entry(Direction.DRAWN_UP, today, subject, source_ref=source_ref, files=files)
    return enter_document(matter, entry, by=system, now=now)
