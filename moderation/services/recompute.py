"""When the calendar or the guideline changes, the open deadlines follow; what is late stands still (R12)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.urls import reverse

from accounts.deadlines import Moved, Preview
from accounts.models import User
from accounts.services.terms import Terms
from laholm_sociala.common.history import change_with_history
from laholm_sociala.common.swedish import moment_in_words
from moderation.deadlines import Deadlines, deadlines
from moderation.enums import ActionKind
from moderation.models import Action, Case
from moderation.models.case import CaseQuerySet
from moderation.services.opening import measure

MOMENTS: Final = ("due_at", "handle_by", "look_by", "warn_at")
WRITTEN: Final = (*MOMENTS, "found_late", "guideline", "calendar_version", "warned_at", "version")
REASON: Final = "Tidsfristen räknades om"


@dataclass(frozen=True)
class OpenCases:
    """What the queue keeps of deadlines: the holder that `accounts.deadlines` asks."""

    def preview(self, terms: Terms, now: datetime) -> Preview:
        """Return which open deadlines would move. Each row is read once; nothing is saved."""
        cases = list(_open(now).select_related("account__platform"))
        moved = [
            Moved(_label(case), reverse("moderation:case-detail", args=[case.pk]), case.due_at, new.due_at)
            for case, new in _changing(cases, terms)
            if case.due_at != new.due_at
        ]
        return Preview(len(cases), moved)

    @transaction.atomic
    def recompute(self, terms: Terms, by: User, now: datetime) -> int:
        """Move every open deadline to what the terms say, each with its history and a line of what happened.

        Returns how many limits moved. Where only the first look or the reminder did, there is history and no line.
        """
        # In the order of their keys, as everyone who locks several does: two that meet wait, and never for each other.
        cases = list(_open(now).select_for_update(of=("self",)).order_by("pk"))
        changed = [case for case, _new in _changing(cases, terms)]
        lines = [line for case in changed if (line := _move(case, terms, by=by, now=now))]
        change_with_history(changed, fields=WRITTEN, by=by, now=now, reason=REASON)
        Action.objects.bulk_create(lines)
        return len(lines)


def _open(now: datetime) -> CaseQuerySet:
    return Case.objects.to_review().filter(late_since__isnull=True, handle_by__gt=now)


def _changing(cases: list[Case], terms: Terms) -> Iterator[tuple[Case, Deadlines]]:
    """Yield the cases whose moments are others by the terms."""
    for case in cases:
        new = deadlines(case, terms)
        if any(getattr(case, moment) != getattr(new, moment) for moment in MOMENTS):
            yield case, new


def _move(case: Case, terms: Terms, *, by: User, now: datetime) -> Action | None:
    """Set the case's moments, and return the line that says how its limit moved."""
    before = case.due_at
    measure(case, terms)
    if case.warn_at > now:
        case.warned_at = None  # of the new limit there has been no reminder
    if case.due_at == before:
        return None
    case.version += 1
    words = f"Från {moment_in_words(before, now)} till {moment_in_words(case.due_at, now)}."
    moved = ActionKind.DEADLINE_MOVED
    return Action(case_id=case.pk, kind=moved, by=by, at=now, text=words, case_version=case.version)


def _label(case: Case) -> str:
    return f"Inlägg på {case.account}" if case.is_restricted else str(case)
