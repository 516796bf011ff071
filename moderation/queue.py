"""The queue: which part of it a post stands in, in which order, and whether anything is new since last (R12)."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import models
from django.db.models import Case as Choose
from django.db.models import Count, Q, Value, When
from django.utils import timezone

from accounts.duties import accounts_of
from laholm_sociala.common.swedish import STOCKHOLM, count_in_words
from moderation.enums import CaseStatus, Lane
from moderation.models.case import Case, CaseQuerySet

if TYPE_CHECKING:
    from accounts.models import User

PAGE_SIZE: Final = 50

# A post's key, version and part; whether it is one's own; whether its time is out.
Mark = tuple[UUID, int, int, bool, bool]


class Part(models.IntegerChoices):
    """The parts of the queue, in its order. The labels are their headings."""

    NOW = 1, "Nu"
    SOON = 2, "I dag och i morgon"
    THIS_WEEK = 3, "Senare i veckan"
    LATER = 4, "Senare"
    TO_SETTLE = 5, "Återstår att avsluta"


@dataclass(frozen=True)
class Counts:
    """How many posts stand in the queue: on one's own accounts, and on those of others."""

    own: int
    others: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.own + self.others

    @property
    def in_words(self) -> str:
        """Tre på dina konton, tre på kollegornas."""
        own = count_in_words(self.own, "på dina konton", "på dina konton", neuter=True)
        if not self.others:
            return f"{own}."
        if not self.own:
            return f"{count_in_words(self.others, 'på kollegornas konton', 'på kollegornas konton', neuter=True)}."
        others = count_in_words(self.others, "på kollegornas", "på kollegornas", neuter=True, capital=False)
        return f"{own}, {others}."


def own_accounts(user: "User", now: datetime) -> Sequence[UUID]:
    """Return the accounts that the person is responsible or substitute for today."""
    return accounts_of(user, timezone.localdate(now))


def in_order(cases: CaseQuerySet, own: Iterable[UUID], now: datetime) -> CaseQuerySet:
    """Sort open posts as the queue shows them, each with its `part` and whether it is on one's own account.

    The part goes first, in it what must be removed at once, then one's own accounts, then the limit.
    """
    is_own = Choose(When(account__in=list(own), then=Value(value=True)), default=Value(value=False))
    at_once = Choose(When(lane=Lane.CRIMINAL, then=Value(value=True)), default=Value(value=False))
    marked = cases.annotate(part=_part(now), is_own=is_own).alias(at_once=at_once)
    return marked.order_by("part", "-at_once", "-is_own", "due_at", "discovered_at", "id")


def count(cases: CaseQuerySet, own: Iterable[UUID]) -> Counts:
    """Count the posts, in one query."""
    mine = Q(account__in=list(own))
    found = cases.order_by().aggregate(own=Count("pk", filter=mine), all=Count("pk"))
    return Counts(found["own"], found["all"] - found["own"])


def marks(cases: CaseQuerySet, now: datetime) -> list[Mark]:
    """Return the marks of a page of the queue that is not fetched, from few columns in one query."""
    rows = cases.values_list("pk", "version", "part", "is_own", "handle_by")
    return [(pk, version, part, is_own, handle_by <= now) for pk, version, part, is_own, handle_by in rows]


def mark(case: Case, now: datetime) -> Mark:
    """Return what changes when a post in the queue would look different: also that its time ran out."""
    return (case.pk, case.version, case.part, case.is_own, case.handle_by <= now)  # type: ignore[attr-defined]


def fingerprint(marked: Iterable[Mark], counts: Counts, now: datetime) -> str:
    """Return what changes when a page of the queue would look different; the day too, since i dag becomes i går."""
    said = [str(now.astimezone(STOCKHOLM).date()), str(counts), *map(str, marked)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:20]


def _part(now: datetime) -> Choose:
    midnight = now.astimezone(STOCKHOLM).replace(hour=0, minute=0, second=0, microsecond=0)
    next_week = midnight + timedelta(days=7 - midnight.weekday())
    return Choose(
        When(status=CaseStatus.DECIDED, then=Value(Part.TO_SETTLE)),
        When(Q(lane=Lane.CRIMINAL) | Q(due_at__lte=now), then=Value(Part.NOW)),
        When(due_at__lt=midnight + timedelta(days=2), then=Value(Part.SOON)),
        When(due_at__lt=next_week, then=Value(Part.THIS_WEEK)),
        default=Value(Part.LATER),
        output_field=models.IntegerField(),
    )
