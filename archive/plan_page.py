"""What stands on a plan's page: every handlingstyp, group by group, with what the plan says of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.models import RetentionPlan, RetentionRule
from archive.retention import RecordType, record_types

NOTHING = "Planen säger inget."


def rules_by_group(plan: RetentionPlan) -> Mapping[str, list[tuple[RecordType, RetentionRule | None]]]:
    """Return each group's handlingstyper with their rules; None where the plan says nothing."""
    said = {rule.record_type: rule for rule in plan.rules.all()}
    groups: dict[str, list[tuple[RecordType, RetentionRule | None]]] = {}
    for one in record_types():
        groups.setdefault(one.group, []).append((one, said.get(one.code)))
    return groups


@dataclass(frozen=True)
class Changed:
    """What a version says of a handlingstyp, and what the decided one before it says."""

    name: str
    before: str
    now: str


def changed_since(before: RetentionPlan, plan: RetentionPlan) -> list[Changed]:
    """Return what the board decides on when it decides on the plan: the rules that are not as they were."""
    old, new = ({rule.record_type: _said(rule) for rule in each.rules.all()} for each in (before, plan))
    return [
        Changed(one.name, old.get(one.code, NOTHING), new.get(one.code, NOTHING))
        for one in record_types()
        if old.get(one.code) != new.get(one.code)
    ]


def _said(rule: RetentionRule) -> str:
    older = " Gäller också det som är äldre än planen." if rule.also_older else ""
    return f"{rule.in_words}.{older}"
