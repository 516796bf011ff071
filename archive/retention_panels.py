"""What the archive shows on the pages of accounts, posts and handlingar: the rule, the day and what holds."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Board, User
from archive.enums import StartsFrom
from archive.models import DECIDE_DISPOSAL, PREPARE_DISPOSAL, Assertion
from archive.services.situation import situation
from laholm_sociala.common.panels import Panel, add_panels


def add_retention_panels(*places: tuple[str, Callable[[Any], Board]]) -> None:
    """Show how a record stands on the pages of the models, each with how to find the record's board."""
    add_panels(*(Panel(place, "archive/parts/retention_panel.html", _shown(board)) for place, board in places))


def _shown(board_of: Callable[[Any], Board]) -> Callable[[Any, User, datetime], dict[str, Any] | None]:
    def shown(record: Any, user: User, now: datetime) -> dict[str, Any] | None:
        board = board_of(record)
        found = situation(record, board, timezone.localdate(now))
        if found is None:
            return None
        may_stop = user.may(PREPARE_DISPOSAL, board) or user.may(DECIDE_DISPOSAL, board)
        kind = record._meta.label_lower
        asserted = None
        if may_stop and found.rule and found.rule.starts_from == StartsFrom.ASSERTED:
            asserted = Assertion.objects.filter(kind=kind, object_id=record.pk, withdrawn_at__isnull=True).first()
        return {
            "situation": found,
            "board": board,
            "record": record,
            "kind": kind,
            "may_stop": may_stop,
            "asserted": asserted,
        }

    return shown
