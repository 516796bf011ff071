"""What stands on a plan's page: every handlingstyp, group by group, with what the plan says of it."""

from collections.abc import Mapping

from archive.models import RetentionPlan, RetentionRule
from archive.retention import RecordType, record_types


def rules_by_group(plan: RetentionPlan) -> Mapping[str, list[tuple[RecordType, RetentionRule | None]]]:
    """Return each group's handlingstyper with their rules; None where the plan says nothing."""
    said = {rule.record_type: rule for rule in plan.rules.all()}
    groups: dict[str, list[tuple[RecordType, RetentionRule | None]]] = {}
    for one in record_types():
        groups.setdefault(one.group, []).append((one, said.get(one.code)))
    return groups
