"""The example municipality's plans: one board has decided, the others have the ready proposal; and a gallringsstopp."""

from datetime import date, datetime, timedelta
from typing import Final

from accounts.models import Board, User
from archive.enums import RuleAction, StartsFrom
from archive.models import Document
from archive.services.due_counts import note_what_is_due
from archive.services.holds import Stop, place_hold
from archive.services.retention_plan import (
    BoardDecision,
    Terms,
    change_rule,
    decide_plan,
    propose_plan,
    sync_starting_plans,
)
from laholm_sociala.demo import past
from laholm_sociala.demo.people import example_id

DECIDED_AGO: Final = 200  # working days
# Short, so that something of the demo's few months has had time to become due.
SHORT: Final = {
    "supervision_check": Terms(RuleAction.AFTER_YEARS, 0, StartsFrom.CREATED, motivation="Följs upp månad för månad."),
    "mail": Terms(RuleAction.AFTER_YEARS, 1, StartsFrom.CREATED, motivation="Upprepar det som står i portalen."),
    "document": Terms(RuleAction.WHEN_IRRELEVANT, motivation="Serviceärenden behövs inte när de är avslutade."),
}


def keep_plans(now: datetime) -> None:
    """Let kultur- och utvecklingsnämnden have decided its plan, and stop what somebody has asked for."""
    board = Board.objects.get(pk=example_id("board", "kun"))
    archivist, head = (User.objects.get(pk=example_id("person", key)) for key in ("arkivredogorare", "kulturchef"))
    then = past.moment(now, DECIDED_AGO, "10.00")
    plan = propose_plan(board, by=archivist, now=then)
    for code, terms in SHORT.items():
        change_rule(plan.pk, code, terms, by=archivist, now=then)
    decide_plan(plan.pk, _decision(board, then.date()), by=head, now=then)
    sync_starting_plans(now=then)
    stopped = Document.objects.filter(matter__board=board).order_by("registered_at").first()
    if stopped is not None:
        place_hold(
            board,
            Stop(
                name="Tillsyn av tillgängligheten på biblioteken",
                ground="Tillsynsmyndigheten har begärt att få se handlingarna.",
                review_on=now.date() + timedelta(days=60),
                objects=[("archive.document", stopped.pk)],
            ),
            by=archivist,
            now=past.moment(now, 5, "11.00"),
        )
    note_what_is_due(now)


def _decision(board: Board, day: date) -> BoardDecision:
    return BoardDecision(
        decision_body=board.name, decided_on=day, paragraph="§ 24", designation=f"KUN {day.year}-000041", valid_from=day
    )
