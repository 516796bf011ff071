"""A board whose posts are old enough to go, and a gallring of them."""

from typing import Any
from uuid import uuid4

from accounts.models import Board
from archive.enums import RuleAction, StartsFrom
from archive.models import DisposalItem, DisposalRun, RetentionPlan
from archive.services import disposal_run, disposing
from archive.services.retention_plan import Terms
from moderation.enums import RecordChoice
from moderation.models import Case
from moderation.services import acting
from moderation.services.settling import Settlement, settle
from tests.archive.factories import archive_head_of, archivist_of, decided_plan
from tests.clock import NOW, TODAY
from tests.moderation.factories import log_post, picture

# As soon as it came, so that the people who settled it are those of today.
AT_ONCE = Terms(RuleAction.AFTER_YEARS, 0, StartsFrom.CREATED)
RULES = dict.fromkeys(
    [
        "case_personal_attack",
        "evidence",
        "action",
        "restricted_view",
        "notice",
        "public_report",
        "reporter_contact",
    ],
    AT_ONCE,
)


def old_case(account: Any, *, now: Any = NOW, **attributes: Any) -> Case:
    """Return a post that is settled."""
    case = log_post(account, now=now, pictures=[picture()], **attributes)
    by = account.assignments.order_by("duty").first().user
    acting.leave(case.pk, reason="Det är kritik mot kommunen.", version=None, by=by, now=now)
    return settle(case.pk, Settlement(RecordChoice.KEPT_IN_ORDER, "Hålls ordnat."), version=None, by=by, now=now)


def plan_for(board: Board) -> None:
    """Decide that the board's posts go as soon as they are settled."""
    decided_plan(board, valid_from=TODAY, **RULES)


def prepared(board: Board) -> DisposalRun:
    """Return a gallring that is being prepared."""
    return disposal_run.prepare(board, TODAY, by=archivist_of(board), now=NOW)


def made_up(board: Board, number: int = 3, **attributes: Any) -> DisposalRun:
    """Return a gallring that is being prepared, of mail that is gone already: quick to make and to carry out."""
    plan = RetentionPlan.objects.filter(board=board).in_force(TODAY).first() or decided_plan(board, mail=AT_ONCE)
    run = DisposalRun(board=board, plan=plan, as_of=TODAY, prepared_by=archivist_of(board), prepared_at=NOW)
    run.record(by=run.prepared_by, now=NOW, reason="Gallringen förbereddes")
    about = {"record_type": "mail", "kind": "common.mail", "due_on": TODAY, "starts_on": TODAY, **attributes}
    reason = "Gallras direkt efter att handlingen kom in eller upprättades. Räknat från 24 november 2026."
    DisposalItem.objects.bulk_create(
        DisposalItem(run=run, object_id=uuid4(), **{"reason": reason, **about}) for _number in range(number)
    )
    return run


def sent(run: DisposalRun) -> DisposalRun:
    """Send the list to arkivansvarig."""
    return disposal_run.submit(run.pk, by=run.prepared_by, now=NOW)


def decided(run: DisposalRun) -> DisposalRun:
    """Send the list, and decide on it."""
    run = sent(run)
    return disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=archive_head_of(run.board), now=NOW)


def settled(run: DisposalRun) -> DisposalRun:
    """Carry out the list to the last object; it lacks its protocol."""
    run = disposal_run.begin(decided(run).pk, now=NOW)
    disposing.carry_out(run.pk, clock=lambda: NOW)
    return run


def submitted(board: Board) -> DisposalRun:
    """Return a gallring that waits for its decision."""
    run = prepared(board)
    return disposal_run.submit(run.pk, by=run.prepared_by, now=NOW)


def approved(board: Board) -> DisposalRun:
    """Return a gallring that is decided on."""
    run = submitted(board)
    return disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=archive_head_of(board), now=NOW)


def begun(board: Board) -> DisposalRun:
    """Return a gallring that is being carried out."""
    return disposal_run.begin(approved(board).pk, now=NOW)


def carry_out(run: DisposalRun) -> bool:
    """Settle what waits in the list, now; tell whether all is."""
    return disposing.carry_out(run.pk, clock=lambda: NOW)


def is_there(case: Case) -> bool:
    """Tell whether the post is left."""
    return Case.objects.filter(pk=case.pk).exists()
