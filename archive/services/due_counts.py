"""How much each board had to dispose of last night: too dear to find out each time somebody opens Att göra (R18)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone

from accounts.models import Board
from archive.enums import PlanStatus
from archive.services.due import due
from laholm_sociala.common.once import once

KEY: Final = "gallring-due-by-board"
KEPT_SECONDS: Final = 2 * 24 * 60 * 60


@dataclass(frozen=True)
class DueCounts:
    """How many objects were due, by board, where any was; and when that was found out."""

    found_at: datetime
    by_board: Mapping[UUID, int]


def note_what_is_due(now: datetime) -> None:
    """Find out and remember, for two days, how many objects are due at each board that has decided a plan."""
    today = timezone.localdate(now)
    decided = Board.objects.filter(retention_plans__status=PlanStatus.DECIDED).distinct()
    found = {board.pk: number for board in decided if (number := due(board, today).total_due)}
    cache.set(KEY, (now, found), KEPT_SECONDS)


@once
def due_counts() -> DueCounts:
    """Return what was found out last; nothing where it has not been lately."""
    return DueCounts(*cache.get(KEY, (datetime.min.replace(tzinfo=UTC), {})))
