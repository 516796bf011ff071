"""What stands on *Att gallra*: the handlingstyper in order of what a person has to do with them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone

from accounts.models import Board, User
from archive.disposal_items import labels_of, pages_of
from archive.disposal_page import unfinished_run
from archive.enums import RuleAction
from archive.models import PREPARE_DISPOSAL, Hold
from archive.retention import RecordType
from archive.services.due import due, due_objects

SAMPLE: Final = 20


@dataclass(frozen=True)
class Row:
    """One object of a sample: what it is called, its page where there is one, and its days."""

    pk: Any
    kind: str
    label: str
    url: str
    starts_on: date
    due_on: date


def due_page(board: Board, user: User, now: datetime) -> dict[str, Any]:
    """Return what the page shows, by Stockholm's date."""
    today = timezone.localdate(now)
    found = due(board, today)
    disposed = [one for one in found.types if one.rule and one.rule.action != RuleAction.PRESERVE and not one.reason]
    waiting = [one for one in disposed if one.total and not one.due and not one.held]
    return {
        "board": board,
        "year": today.year,
        "due": found,
        "ready": [one for one in disposed if one.due or one.held],
        "to_assert": [one for one in waiting if one.waits_for_word],
        "later": [one for one in waiting if not one.waits_for_word],
        "empty": [one for one in disposed if not one.total],
        "without_plan": found.plan is None,
        "kept": [one for one in found.types if one.rule and one not in disposed],
        "undecided": [one for one in found.types if not one.rule],
        "holds": Hold.objects.filter(board=board).active().order_by("review_on", "name"),
        "may_prepare": user.may(PREPARE_DISPOSAL, board),
        "has_runs": board.disposals.exists(),
        **unfinished_run(board, user),
    }


def sample_of(one: RecordType, board: Board, user: User, now: datetime) -> list[Row]:
    """Return some of the objects that can be disposed of, the longest due first, linked where the user may see."""
    found: list[Any] = list(due_objects(one, board, timezone.localdate(now))[:SAMPLE])
    keys = [each.pk for each in found]
    labels, urls = labels_of(one, keys), pages_of(one, keys, user)
    return [
        Row(each.pk, one.kind, labels.get(each.pk, one.name), urls.get(each.pk, ""), each.starts_on, each.due_on)
        for each in found
    ]
