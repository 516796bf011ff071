"""The example municipality's plans and gallring: two boards have decided, the others have the ready proposal."""

from datetime import date, datetime, timedelta
from typing import Final

from accounts.models import Board, User
from archive.enums import RuleAction, StartsFrom
from archive.models import Document
from archive.services import disposal_run
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

# Working days ago.
DECIDED_AGO: Final = 200
SENT_AGO: Final = 1
# Short, so that something of the demo's few months has had time to become due.
SHORT: Final = {
    "supervision_check": Terms(RuleAction.AFTER_YEARS, 0, StartsFrom.CREATED, motivation="Följs upp månad för månad."),
    "mail": Terms(RuleAction.AFTER_YEARS, 1, StartsFrom.CREATED, motivation="Upprepar det som står i portalen."),
    "document": Terms(RuleAction.WHEN_IRRELEVANT, motivation="Serviceärenden behövs inte när de är avslutade."),
}


def keep_plans(now: datetime) -> None:
    """Let two boards have decided their plans, stop what somebody has asked for, and let a list wait for its decision.

    Kultur- och utvecklingsnämnden is to prepare its gallring; barn- och ungdomsnämnden has sent its list.
    """
    board, school = (Board.objects.get(pk=example_id("board", key)) for key in ("kun", "bun"))
    archivist = _person("arkivredogorare")
    _decide(board, now, "KUN", by=archivist, head=_person("kulturchef"))
    _decide(school, now, "BUN", by=_person("bun-arkivredogorare"), head=_person("skolchef"))
    sync_starting_plans(now=past.moment(now, DECIDED_AGO, "10.00"))
    _stop(board, now, by=archivist)
    _send(school, now, by=_person("bun-arkivredogorare"))
    note_what_is_due(now)


def _person(key: str) -> User:
    return User.objects.get(pk=example_id("person", key))


def _decide(board: Board, now: datetime, prefix: str, *, by: User, head: User) -> None:
    then = past.moment(now, DECIDED_AGO, "10.00")
    plan = propose_plan(board, by=by, now=then)
    for code, terms in SHORT.items():
        change_rule(plan.pk, code, terms, by=by, now=then)
    decide_plan(plan.pk, _decision(board, prefix, then.date()), by=head, now=then)


def _send(board: Board, now: datetime, *, by: User) -> None:
    at = past.moment(now, SENT_AGO, "10.40")
    run = disposal_run.prepare(board, at.date(), by=by, now=at)
    disposal_run.submit(run.pk, by=by, now=at + timedelta(minutes=25))


def _stop(board: Board, now: datetime, *, by: User) -> None:
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
            by=by,
            now=past.moment(now, 5, "11.00"),
        )


def _decision(board: Board, prefix: str, day: date) -> BoardDecision:
    return BoardDecision(
        decision_body=board.name,
        decided_on=day,
        paragraph="§ 24",
        designation=f"{prefix} {day.year}-000041",
        valid_from=day,
    )
