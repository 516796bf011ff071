"""Which plans govern a board, and the day from which each object may go by them (R17, R18). In the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    DateField,
    ExpressionWrapper,
    Field,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest, NullIf, TruncDate
from django.db.models.lookups import GreaterThanOrEqual

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


def dated(types: Sequence[RecordType], board: Board, governing: InForce) -> QuerySet:
    """Return the objects of types that share a model, at the board, with `code`, `starts_on` and `due_on` (or NULL).

    Each of the types must have a rule.
    """
    ruled = [(one, rule) for one in types if (rule := governing.rule(one))]
    objects = types[0].objects() if len(types) == 1 else _of_any([one for one, _rule in ruled])
    return (
        objects.alias(_board=types[0].board())
        .filter(_board=board.pk)
        .annotate(
            code=_by_type([(one, Value(one.code)) for one, _rule in ruled], CharField()),
            starts_on=_by_type([(one, _start(one, rule)) for one, rule in ruled], DateField()),
            due_on=_by_type([(one, _longest(one, rule, governing)) for one, rule in ruled], DateField()),
        )
    )


def _of_any(types: Sequence[RecordType]) -> QuerySet:
    return types[0].model._base_manager.filter(any_of(one.condition() for one in types))


def end_by_plan(types: Sequence[RecordType], governing: InForce) -> Combinable:
    """Return the day from which each object may go by the governing plan's rule alone; NULL when there is none.

    The types share a model, and each of them must have a rule.
    """
    ends = [(one, _end_by(one, rule)) for one in types if (rule := governing.rule(one))]
    return _by_type(ends, DateField())


def _by_type(values: Sequence[tuple[RecordType, Combinable]], field: Field) -> Combinable:
    if len(values) == 1:
        return ExpressionWrapper(values[0][1], output_field=field)
    return Case(*(When(one.condition(), then=value) for one, value in values), output_field=field)


def _longest(record_type: RecordType, rule: RetentionRule, governing: InForce) -> Combinable:
    """Return the day from which it may go: by the rule, or by an earlier one where that is longer."""
    longest = _of_all_rules(record_type, rule, governing)
    return Case(When(record_type.stays(), then=NEVER), default=longest) if record_type.stays else longest


def _of_all_rules(record_type: RecordType, rule: RetentionRule, governing: InForce) -> Combinable:
    ends = [_end_by(record_type, rule)]
    for before, earlier in governing.earlier_rules(record_type):
        # What has no known day of its own counts as older: the longer time.
        newer = GreaterThanOrEqual(Cast(record_type.created(), DateField()), before)
        ends.append(Case(When(newer, then=LONG_AGO), default=_end_by(record_type, earlier)))
    if len(ends) == 1:
        return ends[0]
    # PostgreSQL's GREATEST passes over NULL, so never stands as the last of days while they are compared.
    return NullIf(Greatest(*(Coalesce(end, FAR_AWAY) for end in ends)), FAR_AWAY)


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


def _end_by(record_type: RecordType, rule: RetentionRule) -> Combinable:
    return _end(_start(record_type, rule), rule)


def _end(start: Combinable, rule: RetentionRule) -> Combinable:
    """Return the first day on which it may go; NULL when there is none."""
    if rule.action == RuleAction.PRESERVE:
        return NEVER
    years, year_end = Value(rule.years or 0), Value(rule.year_end)
    return Func(Cast(start, DateField()), years, year_end, function="retention_end", output_field=DateField())
