"""A board whose posts are old enough to go, and a gallring of them."""

from typing import Any

from accounts.models import Board
from archive.enums import RuleAction, StartsFrom
from archive.models import DisposalRun
from archive.services import disposal_run
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
