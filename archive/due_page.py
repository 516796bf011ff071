"""What stands on *Att gallra*: the handlingstyper in order of what a person has to do with them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Model
from django.utils import timezone

from accounts.models import Board, User
from archive.disposal_items import pages_of
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
    found = list(due_objects(one, board, timezone.localdate(now)).select_related(*one.fetch)[:SAMPLE])
    urls = pages_of(one, [each.pk for each in found], user)
    return [_row(one, each, urls.get(each.pk, "")) for each in found]


def _row(record_type: RecordType, found: Model, url: str) -> Row:
    days: Any = found
    return Row(found.pk, record_type.kind, record_type.label_of(found), url, days.starts_on, days.due_on)
