"""A board's dokumenthanteringsplan is proposed, copied to a new version and given its decision (R17)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Board, User
from archive.enums import PlanStatus, RuleAction, StartsFrom
from archive.models import DECIDE_DISPOSAL, PREPARE_DISPOSAL, RetentionPlan, RetentionRule
from archive.retention import RecordType, record_type, record_types
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.swedish import whole_date


@dataclass(frozen=True)
class Terms:
    """What a rule says."""

    action: RuleAction
    years: int | None = None
    starts_from: StartsFrom | str = ""
    year_end: bool = False
    also_older: bool = False
    motivation: str = ""


@dataclass(frozen=True)
class BoardDecision:
    """The gallringsbeslut as it is cited. The days are days in Stockholm."""

    decision_body: str
    decided_on: date
    paragraph: str
    designation: str
    valid_from: date


@transaction.atomic
def propose_plan(board: Board, *, by: User, now: datetime) -> RetentionPlan:
    """Make a new proposal for the board: a copy of the newest plan, or the ready starting plan where there is none.

    Handlingstyper that the newest plan says nothing of are added as the starting plan has them. Raises PermissionDenied
    for those who do not prepare the board's gallring; RefusedError while another proposal waits.
    """
    if not by.may(PREPARE_DISPOSAL, board):
        raise PermissionDenied
    return _propose(board, by=by, now=now)


@transaction.atomic
def sync_starting_plans(*, now: datetime) -> list[RetentionPlan]:
    """Give each board that has no plan at all the starting plan as a proposal, by the system; return the new ones."""
    without = Board.objects.filter(retention_plans__isnull=True)
    return [_propose(board, by=User.objects.system(), now=now) for board in without]


def _propose(board: Board, *, by: User, now: datetime) -> RetentionPlan:
    # The board's row is the lock: two who press at once make one proposal.
    Board.objects.select_for_update().get(pk=board.pk)
    newest = RetentionPlan.objects.filter(board=board).order_by("-version").first()
    if newest and newest.status == PlanStatus.PROPOSED:
        raise RefusedError(f"Det finns redan ett förslag, version {newest.version}. Ändra i det.")
    version = newest.version + 1 if newest else 1
    plan = RetentionPlan(board=board, version=version, prepared_by=by, prepared_at=now)
    reason = f"Nytt förslag utifrån version {newest.version}" if newest else "Förslag till första plan"
    plan.record(by=by, now=now, reason=reason)
    copied = {rule.record_type: rule for rule in newest.rules.all()} if newest else {}
    for one in record_types():
        rule = _copy(copied[one.code]) if one.code in copied else _proposed(one)
        rule.plan = plan
        rule.record(by=by, now=now, reason=reason)
    return plan


def _copy(rule: RetentionRule) -> RetentionRule:
    # That a shorter time was to hold for what is older too is said anew each time, or not at all.
    names = ("record_type", "action", "years", "starts_from", "year_end", "motivation")
    return RetentionRule(**{name: getattr(rule, name) for name in names})


def _proposed(one: RecordType) -> RetentionRule:
    proposal = one.proposal
    return RetentionRule(
        record_type=one.code,
        action=proposal.action,
        years=proposal.years,
        starts_from=proposal.starts_from or "",
        year_end=proposal.year_end,
        motivation=proposal.motivation,
    )


@transaction.atomic
def change_rule(plan_id: UUID, code: str, terms: Terms, *, by: User, now: datetime) -> RetentionRule:
    """Write what a proposal says of a handlingstyp.

    Raises PermissionDenied for those who do not prepare the board's gallring; RefusedError where the plan is decided,
    or where the handlingstyp cannot have such a rule.
    """
    plan = _lock(plan_id)
    if not by.may(PREPARE_DISPOSAL, plan.board):
        raise PermissionDenied
    if plan.status != PlanStatus.PROPOSED:
        raise RefusedError("Planen är beslutad och ändras inte. Gör ett nytt förslag.")
    one = record_type(code)
    if one is None:
        raise RefusedError("Handlingstypen finns inte längre i portalen.")
    _refuse_impossible(one, terms)
    rule = plan.rules.filter(record_type=code).first() or RetentionRule(plan=plan, record_type=code)
    disposes_after = terms.action == RuleAction.AFTER_YEARS
    rule.action = terms.action
    rule.years = terms.years if disposes_after else None
    rule.starts_from = {
        RuleAction.PRESERVE: "",
        RuleAction.AFTER_YEARS: terms.starts_from,
        RuleAction.WHEN_IRRELEVANT: StartsFrom.ASSERTED,
    }[RuleAction(terms.action)]
    rule.year_end = terms.year_end and disposes_after
    rule.also_older = terms.also_older
    rule.motivation = terms.motivation.strip()
    rule.record(by=by, now=now, reason=f"{one.name}: {rule.in_words}")
    return rule


def _refuse_impossible(one: RecordType, terms: Terms) -> None:
    if one.preserved_because and terms.action != RuleAction.PRESERVE:
        raise RefusedError(one.preserved_because, field="action")
    if terms.action != RuleAction.AFTER_YEARS:
        return
    if terms.years is None or terms.years < 0:
        raise RefusedError("Skriv efter hur många år.", field="years")
    if terms.starts_from not in one.available_starts():
        raise RefusedError("Välj från när tiden räknas.", field="starts_from")


@transaction.atomic
def decide_plan(plan_id: UUID, decision: BoardDecision, *, by: User, now: datetime) -> RetentionPlan:
    """Record the board's gallringsbeslut on a proposal: it governs from its day, and replaces the plan before it.

    Raises PermissionDenied for anyone but the board's arkivansvarig; RefusedError where the plan is decided already,
    what cites the decision is missing, or the days cannot be.
    """
    plan = _lock(plan_id)
    if not by.may(DECIDE_DISPOSAL, plan.board):
        raise PermissionDenied
    if plan.status != PlanStatus.PROPOSED:
        raise RefusedError("Planen är redan beslutad.")
    earlier = RetentionPlan.objects.select_for_update().filter(board=plan.board, status=PlanStatus.DECIDED).first()
    _refuse_incomplete(decision, earlier, timezone.localdate(now))
    if earlier:
        earlier.status = PlanStatus.REPLACED
        earlier.record(by=by, now=now, reason=f"Ersatt av version {plan.version}")
    plan.status = PlanStatus.DECIDED
    plan.decision_body = decision.decision_body.strip()
    plan.decided_on, plan.valid_from = decision.decided_on, decision.valid_from
    plan.paragraph, plan.designation = decision.paragraph.strip(), decision.designation.strip()
    plan.recorded_by, plan.recorded_at = by, now
    plan.record(by=by, now=now, reason=f"Beslutad: {plan.decision_in_words}")
    return plan


def _refuse_incomplete(decision: BoardDecision, earlier: RetentionPlan | None, today: date) -> None:
    for name, said in (("decision_body", "vem som beslutade"), ("paragraph", "paragrafen"), ("designation", "numret")):
        if not getattr(decision, name).strip():
            raise RefusedError(f"Skriv {said}.", field=name)
    if decision.decided_on > today:
        raise RefusedError("Beslutet kan inte vara taget i framtiden.", field="decided_on")
    if decision.valid_from < decision.decided_on:
        raise RefusedError("Planen kan inte gälla innan den beslutades.", field="valid_from")
    if earlier and earlier.valid_from and decision.valid_from < earlier.valid_from:
        raise RefusedError(
            f"Planen före gäller från {whole_date(earlier.valid_from)}. Välj den dagen eller en senare.",
            field="valid_from",
        )


def lacking(rules: Iterable[RetentionRule]) -> list[RecordType]:
    """Return the handlingstyper that no rule is about."""
    said = {rule.record_type for rule in rules}
    return [one for one in record_types() if one.code not in said]


def _lock(plan_id: UUID) -> RetentionPlan:
    plan: RetentionPlan = RetentionPlan.objects.select_for_update(of=("self",)).select_related("board").get(pk=plan_id)
    return plan
