"""How much each board had to dispose of last night: too dear to find out each time somebody opens Att göra (R18)."""

from datetime import datetime
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


def note_what_is_due(now: datetime) -> dict[UUID, int]:
    """Find out and remember, for two days, how many objects are due at each board that has decided a plan."""
    today = timezone.localdate(now)
    decided = Board.objects.filter(retention_plans__status=PlanStatus.DECIDED).distinct()
    found = {board.pk: number for board in decided if (number := due(board, today).total_due)}
    cache.set(KEY, found, KEPT_SECONDS)
    return found


@once
def boards_with_due() -> dict[UUID, int]:
    """Return how many objects were due, by board, where any was; nothing where it has not been found out lately."""
    found: dict[UUID, int] = cache.get(KEY, {})
    return found
