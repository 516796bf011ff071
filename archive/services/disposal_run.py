"""A gallring is prepared by one person, frozen, and decided on by another (R17, R18)."""

import logging
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Board, User
from archive.enums import DisposalChoice, DisposalStatus
from archive.models import DECIDE_DISPOSAL, PREPARE_DISPOSAL, REGISTER, DisposalRun
from archive.models.disposal import EDITED, EDITED_WHEN_SENT, PREPARED, SENT
from archive.services.disposal_list import list_due, refuse_day_ahead, required_plan
from archive.services.retention_dates import in_force
from laholm_sociala.common.errors import RefusedError

# How long a decision may wait to be carried out: what it was taken on grows old.
APPROVAL_LASTS: Final = timedelta(days=30)
# What is decided during the day is carried out over night, by Stockholm's clock: there is time to think again.
NIGHT_BEGINS: Final = 22
NIGHT_ENDS: Final = 5
TRANSITIONS: Final = {
    DisposalStatus.DRAFT: {DisposalStatus.SUBMITTED},
    DisposalStatus.SUBMITTED: {DisposalStatus.DRAFT, DisposalStatus.APPROVED},
    DisposalStatus.APPROVED: {DisposalStatus.DRAFT, DisposalStatus.EXECUTING},
    DisposalStatus.EXECUTING: {DisposalStatus.PAUSED, DisposalStatus.DONE, DisposalStatus.PARTIAL},
    DisposalStatus.PAUSED: {DisposalStatus.EXECUTING},
    DisposalStatus.DONE: set(),
    DisposalStatus.PARTIAL: set(),
}
logger = logging.getLogger(__name__)


@transaction.atomic
def prepare(board: Board, as_of: date, *, by: User, now: datetime) -> DisposalRun:
    """List what is due at the board as of a day in Stockholm, by the plan that governs now, each with its reason.

    Raises PermissionDenied for those who do not prepare the board's gallring; RefusedError where another gallring is
    not finished, the day lies ahead, or nothing is due.
    """
    _require(by, PREPARE_DISPOSAL, board)
    Board.objects.select_for_update().get(pk=board.pk)
    if DisposalRun.objects.filter(board=board).unfinished().exists():
        raise RefusedError("Nämnden har redan en gallring som inte är klar.")
    refuse_day_ahead(as_of, now)
    governing = in_force(board, timezone.localdate(now))
    run = DisposalRun(board=board, plan=required_plan(governing), as_of=as_of, prepared_by=by, prepared_at=now)
    run.record(by=by, now=now, reason=PREPARED)
    list_due(run, governing)
    return run


@transaction.atomic
def submit(run_id: UUID, *, by: User, now: datetime) -> DisposalRun:
    """Freeze the list and send it to arkivansvarig.

    Raises PermissionDenied for those who do not prepare the board's gallring, RefusedError unless it is a draft with
    something on it.
    """
    run = lock_run(run_id)
    _require(by, PREPARE_DISPOSAL, run.board)
    _move(run, DisposalStatus.SUBMITTED)
    if not run.items.filter(choice=DisposalChoice.DESTROY).exists():
        raise RefusedError("Listan är tom. Ta med något, eller vänta till nästa gallring.")
    run.submitted_by, run.submitted_at, run.list_sha256 = by, now, fingerprint(run)
    run.record(by=by, now=now, reason=SENT)
    return run


@transaction.atomic
def take_back(run_id: UUID, *, by: User, now: datetime) -> DisposalRun:
    """Take a sent list back to be changed: a decision on it falls.

    Raises PermissionDenied for those who do not prepare the board's gallring, RefusedError unless it is sent and not
    being carried out.
    """
    run = lock_run(run_id)
    _require(by, PREPARE_DISPOSAL, run.board)
    _to_draft(run)
    run.record(by=by, now=now, reason="Togs tillbaka för att ändras")
    return run


@transaction.atomic
def send_back(run_id: UUID, *, reason: str, by: User, now: datetime) -> DisposalRun:
    """Send the list back to be prepared anew, with a reason. Raises as `approve`, and RefusedError without one."""
    run = lock_run(run_id)
    _require(by, DECIDE_DISPOSAL, run.board)
    if not reason.strip():
        raise RefusedError("Skriv vad som ska ändras.", field="reason")
    _to_draft(run)
    run.record(by=by, now=now, reason=f"Skickades tillbaka: {reason.strip()}")
    return run


@transaction.atomic
def approve(run_id: UUID, *, seen_sha256: str, by: User, now: datetime) -> DisposalRun:
    """Decide that what is on the list is disposed of. `seen_sha256` is the list that the person was shown.

    Raises PermissionDenied for those who do not decide on the board's gallring, and for those who prepared, changed
    or sent it; RefusedError unless it waits for a decision, or when the list is another than the one shown.
    """
    run = lock_run(run_id)
    _require(by, DECIDE_DISPOSAL, run.board)
    if DisposalRun.objects.filter(pk=run.pk).worked_on_by(by).exists():
        raise PermissionDenied
    _move(run, DisposalStatus.APPROVED)
    if not seen_sha256 == run.list_sha256 == fingerprint(run):
        raise RefusedError("Listan har ändrats sedan du läste den. Läs den igen.")
    run.approved_by, run.approved_at = by, now
    run.approval_expires_on = timezone.localdate(now) + APPROVAL_LASTS
    run.record(by=by, now=now, reason="Gallringen beslutades")
    if settings.DISPOSALS_AT_ONCE:
        _carry_out_later(run)
    return run


def begin_decided(*, now: datetime) -> list[UUID]:
    """Begin what is decided on, where it is night in Stockholm; return what was begun, each queued to be carried out.

    A decision that has expired is left as it is, and one whose list is not the one decided on is told in the log.
    """
    if not settings.DISPOSALS_AT_ONCE and not is_night(now):
        return []
    decided = DisposalRun.objects.filter(
        status=DisposalStatus.APPROVED, approval_expires_on__gte=timezone.localdate(now)
    )
    begun = []
    for run_id in list(decided.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                _carry_out_later(begin(run_id, now=now))
        except RefusedError:
            logger.exception("Gallringen %s kunde inte påbörjas", run_id)
            continue
        begun.append(run_id)
    return begun


def is_night(now: datetime) -> bool:
    """Tell whether it is the time of day when what is decided on is begun, by Stockholm's clock."""
    hour = timezone.localtime(now).hour
    return hour >= NIGHT_BEGINS or hour < NIGHT_ENDS


@transaction.atomic
def begin(run_id: UUID, *, now: datetime) -> DisposalRun:
    """Begin to carry out what is decided, as the portal itself.

    Raises RefusedError when the decision has expired, or when the list is another than the one decided on.
    """
    run = lock_run(run_id)
    if run.status in {DisposalStatus.EXECUTING, DisposalStatus.PAUSED}:
        require_unchanged(run)
        return run
    _move(run, DisposalStatus.EXECUTING)
    if run.approval_expires_on is None or run.approval_expires_on < timezone.localdate(now):
        raise RefusedError("Beslutet är för gammalt. Skicka listan till arkivansvarig igen.")
    require_unchanged(run)
    run.started_at = now
    run.record(by=User.objects.system(), now=now, reason="Gallringen påbörjades")
    return run


@transaction.atomic
def pause(run_id: UUID, *, by: User, now: datetime) -> DisposalRun:
    """Stop after the object at hand. Raises PermissionDenied for those who neither prepare nor decide."""
    return _switch(run_id, DisposalStatus.PAUSED, "Gallringen pausades", by=by, now=now)


@transaction.atomic
def resume(run_id: UUID, *, by: User, now: datetime) -> DisposalRun:
    """Go on where it was paused. Raises as `pause`."""
    run = _switch(run_id, DisposalStatus.EXECUTING, "Gallringen återupptogs", by=by, now=now)
    _carry_out_later(run)
    return run


@transaction.atomic
def try_again(run_id: UUID, *, by: User, now: datetime) -> DisposalRun:
    """Have the worker finish what is carried out and lacks its protocol, or whose files could not be removed.

    Raises PermissionDenied for those who neither prepare nor decide the board's gallring nor keep its diarium;
    RefusedError unless it is so.
    """
    run = lock_run(run_id)
    if not any(by.may(permission, run.board) for permission in (PREPARE_DISPOSAL, DECIDE_DISPOSAL, REGISTER)):
        raise PermissionDenied
    if not DisposalRun.objects.carried_out().filter(pk=run.pk).exists():
        raise RefusedError("Protokollet behöver inte skrivas en gång till.")
    _carry_out_later(run)
    return run


def fingerprint(run: DisposalRun) -> str:
    """Return the fingerprint of the list as it stands now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT disposal_fingerprint(%s)", [run.pk])
        return cursor.fetchone()[0]


def require_unchanged(run: DisposalRun) -> None:
    """Raise RefusedError when the list is another than the one that was decided on."""
    if fingerprint(run) != run.list_sha256:
        raise RefusedError("Listan är inte den som beslutades. Inget gallras.")


def lock_run(run_id: UUID) -> DisposalRun:
    """Return the gallring, locked."""
    return DisposalRun.objects.select_for_update(of=("self",)).select_related("board", "plan").get(pk=run_id)


def lock_to_edit(run_id: UUID, *, by: User, now: datetime) -> DisposalRun:
    """Return the gallring, locked, as a draft to be changed: a list that was sent is taken back, and unapproved.

    Raises PermissionDenied for those who do not prepare the board's gallring, RefusedError once it is carried out.
    """
    run = lock_run(run_id)
    _require(by, PREPARE_DISPOSAL, run.board)
    _take_back(run, by=by, now=now)
    return run


def _take_back(run: DisposalRun, *, by: User, now: datetime) -> None:
    if run.status == DisposalStatus.DRAFT:
        run.record(by=by, now=now, reason=EDITED)
        return
    _to_draft(run)
    run.record(by=by, now=now, reason=EDITED_WHEN_SENT)


def _to_draft(run: DisposalRun) -> None:
    _move(run, DisposalStatus.DRAFT)
    run.list_sha256, run.submitted_by, run.submitted_at = "", None, None
    run.approved_by, run.approved_at, run.approval_expires_on = None, None, None


def _switch(run_id: UUID, status: DisposalStatus, reason: str, *, by: User, now: datetime) -> DisposalRun:
    run = lock_run(run_id)
    if not (by.may(PREPARE_DISPOSAL, run.board) or by.may(DECIDE_DISPOSAL, run.board)):
        raise PermissionDenied
    if run.status == status or run.status not in {DisposalStatus.EXECUTING, DisposalStatus.PAUSED}:
        raise RefusedError("Gallringen är inte i det läget.")
    _move(run, status)
    run.record(by=by, now=now, reason=reason)
    return run


def _carry_out_later(run: DisposalRun) -> None:
    from archive.tasks import carry_out_disposal  # tasks import the services

    carry_out_disposal.defer(run_id=str(run.pk))


def _move(run: DisposalRun, status: DisposalStatus) -> None:
    if status not in TRANSITIONS[DisposalStatus(run.status)]:
        raise RefusedError(f"Gallringen kan inte ändras så. Läge: {run.get_status_display().lower()}.")
    run.status = status


def _require(by: User, permission: str, board: Board) -> None:
    if not by.may(permission, board):
        raise PermissionDenied
