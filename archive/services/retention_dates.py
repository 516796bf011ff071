"""Which plans govern a board, and the day from which each object may go by them (R17, R18). In the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Case, DateField, F, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest, TruncDate

from accounts.models import Board
from archive.enums import RuleAction, StartsFrom
from archive.models import Assertion, RetentionPlan, RetentionRule
from archive.retention import RecordType, any_of
from laholm_sociala.common.swedish import STOCKHOLM

NEVER: Final = Value(None, DateField())
FAR_AWAY: Final = Value(date.max, DateField())
LONG_AGO: Final = Value(date.min, DateField())


@dataclass(frozen=True)
class InForce:
    """The decided plans that govern a board on a day: the newest, and before it those whose longer times still hold."""

    plans: Sequence[RetentionPlan]
    rules: dict[tuple[UUID, str], RetentionRule]

    @property
    def plan(self) -> RetentionPlan | None:
        """The plan that governs."""
        return self.plans[0] if self.plans else None

    def rule(self, record_type: RecordType) -> RetentionRule | None:
        """Return what the governing plan says of the handlingstyp."""
        return self.rules.get((self.plan.pk, record_type.code)) if self.plan else None

    def earlier_rules(self, record_type: RecordType) -> list[tuple[date, RetentionRule]]:
        """Return the earlier rules that still count, each with the day before which an object must have come to be."""
        found = []
        for newer, older in zip(self.plans, self.plans[1:], strict=False):
            decided = self.rules.get((newer.pk, record_type.code))
            if decided and decided.also_older:
                break
            rule = self.rules.get((older.pk, record_type.code))
            if rule and newer.valid_from:
                found.append((newer.valid_from, rule))
        return found


def in_force(board: Board, as_of: date) -> InForce:
    """Return the board's decided plans and their rules on a day in Stockholm, in two queries."""
    plans = list(RetentionPlan.objects.filter(board=board).in_force(as_of))
    rules = RetentionRule.objects.filter(plan__in=plans)
    return InForce(plans, {(rule.plan_id, rule.record_type): rule for rule in rules})


def disposes(record_type: RecordType, rule: RetentionRule | None) -> bool:
    """Tell whether the rule disposes of the type's objects, in a run."""
    if rule is None or rule.action == RuleAction.PRESERVE:
        return False
    return not (record_type.clears_itself or record_type.preserved_because)


def dated(record_type: RecordType, board: Board, governing: InForce) -> QuerySet:
    """Return the type's objects at the board with `starts_on` and `due_on`; both NULL where they are never due."""
    rule = governing.rule(record_type)
    if rule is None:
        raise ValueError(f"{record_type.code} has no rule")
    objects = record_type.objects().alias(_board=record_type.board()).filter(_board=board.pk)
    objects = objects.annotate(starts_on=Cast(_start(record_type, rule), DateField()))
    ends: list[Combinable] = [_end("starts_on", rule)]
    for number, (before, earlier) in enumerate(governing.earlier_rules(record_type)):
        start = f"_start_{number}"
        objects = objects.alias(
            **{start: Cast(_start(record_type, earlier), DateField()), "_created": record_type.created()}
        )
        # What has no known day of its own counts as older: the longer time.
        newer = Q(_created__gte=before)
        ends.append(Case(When(newer, then=LONG_AGO), default=_end(start, earlier)))
    if len(ends) == 1:
        return objects.annotate(due_on=ends[0])
    # PostgreSQL's GREATEST passes over NULL, so never stands as the last of days until they are compared.
    longest = Greatest(*(Coalesce(end, FAR_AWAY) for end in ends))
    return objects.alias(_longest=longest).annotate(
        due_on=Case(When(_longest=date.max, then=NEVER), default=F("_longest"))
    )


def _start(record_type: RecordType, rule: RetentionRule) -> Combinable:
    if rule.action == RuleAction.PRESERVE:
        return NEVER
    if rule.action == RuleAction.WHEN_IRRELEVANT or rule.starts_from == StartsFrom.ASSERTED:
        return _asserted(record_type)
    return record_type.start(rule.starts_from) or NEVER


def _asserted(record_type: RecordType) -> Combinable:
    """Return the day of the last assertion that covers the object; an account's does not cover what is on it."""
    ways = {kind: way for kind, way in record_type.ways_to().items() if kind != "accounts.account" or way == "pk"}
    matches = any_of(Q(kind=kind, object_id=OuterRef(way)) for kind, way in ways.items())
    asserted = Assertion.objects.filter(matches, withdrawn_at__isnull=True).order_by("-asserted_at")
    return Subquery(asserted.values(on=TruncDate("asserted_at", tzinfo=STOCKHOLM))[:1])


def _end(start: str, rule: RetentionRule) -> Combinable:
    """Return the first day on which it may go; NULL when there is none."""
    if rule.action == RuleAction.PRESERVE:
        return NEVER
    years, year_end = Value(rule.years or 0), Value(rule.year_end)
    return Func(F(start), years, year_end, function="retention_end", output_field=DateField())
