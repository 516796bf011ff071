"""What stands on a gallring's page: the list handlingstyp by handlingstyp, what holds, and what the reader may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from accounts.models import Board, User
from archive.enums import DisposalChoice, DisposalStatus, ItemStatus
from archive.models import (
    DECIDE_DISPOSAL,
    PREPARE_DISPOSAL,
    VIEW_DISPOSAL,
    DisposalFile,
    DisposalRun,
    Document,
    Handover,
    Hold,
)
from archive.models.disposal import EDITED
from archive.retention import record_type
from archive.services.disposal_advice import ADVISED
from archive.services.disposal_protocol import source_of
from archive.services.disposal_run import is_night
from archive.services.due import due
from archive.services.retention_dates import in_force
from laholm_sociala.common.history import history_model

NOT_CARRIED_OUT: Final = (DisposalStatus.DRAFT, DisposalStatus.SUBMITTED, DisposalStatus.APPROVED)
# What the link to a gallring that is not finished says, to those who are to do nothing there now.
ACTIONS: Final = {
    DisposalStatus.DRAFT: "Se listan",
    DisposalStatus.SUBMITTED: "Se listan",
    DisposalStatus.APPROVED: "Se vad som beslutats",
    DisposalStatus.EXECUTING: "Se hur långt det har kommit",
    DisposalStatus.PAUSED: "Se hur långt det har kommit",
}
SENT_BACK: Final = "Skickades tillbaka: "


@dataclass(frozen=True)
class Listed:
    """How many objects of a handlingstyp are on the list, chosen how, and what has become of them."""

    code: str
    name: str
    rule: str
    total: int
    kept: int
    by_status: Mapping[str, int]

    @property
    def to_go(self) -> int:
        """How many are to be disposed of."""
        return self.total - self.kept

    @property
    def destroyed(self) -> int:
        """How many are gone."""
        return self.by_status.get(ItemStatus.DESTROYED, 0)

    @property
    def withheld(self) -> int:
        """How many could not go after all."""
        return self.by_status.get(ItemStatus.WITHHELD, 0)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return self.by_status.get(ItemStatus.WAITING, 0)


@dataclass(frozen=True)
class Said:
    """A reason, and how many objects of a handlingstyp it is the reason for."""

    name: str
    words: str
    number: int


def listed(run: DisposalRun) -> list[Listed]:
    """Return the list, handlingstyp by handlingstyp, in two queries however long it is."""
    rules = {rule.record_type: rule.in_words for rule in run.plan.rules.all()}
    counted = run.items.order_by("record_type").values("record_type", "choice", "status").annotate(number=Count("pk"))
    rows: dict[str, dict[tuple[str, str], int]] = {}
    for one in counted:
        rows.setdefault(one["record_type"], {})[one["choice"], one["status"]] = one["number"]
    return [
        Listed(
            code,
            _name(code),
            rules.get(code, ""),
            sum(numbers.values()),
            sum(number for (choice, _status), number in numbers.items() if choice == DisposalChoice.KEEP),
            {status: sum(n for (_choice, of), n in numbers.items() if of == status) for status in ItemStatus},
        )
        for code, numbers in rows.items()
    ]


def run_page(run: DisposalRun, user: User, now: datetime) -> dict[str, Any]:
    """Return what the page shows to the person."""
    rows = listed(run)
    context = {
        "run": run,
        "rows": rows,
        "total": sum(row.total for row in rows),
        "to_go": sum(row.to_go for row in rows),
        "kept": _said(run, "choice_reason", choice=DisposalChoice.KEEP),
        "advice": run.advice.select_related("given_by__unit"),
        **_what_they_may(run, user),
    }
    if run.status in NOT_CARRIED_OUT:
        return {**context, **_before(run, now)}
    withheld = _said(run, "outcome", status=ItemStatus.WITHHELD)
    return {**context, **progress(run, rows), "withheld": withheld, "protocol_url": _may_open(run, user)}


def progress(run: DisposalRun, rows: list[Listed] | None = None) -> dict[str, Any]:
    """Return how far a gallring that is being carried out has come."""
    rows = listed(run) if rows is None else rows
    total, waiting = sum(row.total for row in rows), sum(row.waiting for row in rows)
    lacks = run.status == DisposalStatus.EXECUTING and not waiting
    return {
        "run": run,
        "total": total,
        "settled": total - waiting,
        "is_moving": run.status == DisposalStatus.EXECUTING and bool(waiting),
        "lacks_protocol": lacks,
        "in_the_inbox": lacks and Handover.objects.filter(source_ref=source_of(run)).waiting().exists(),
        "files_left": DisposalFile.objects.filter(item__run=run, removed_at__isnull=True).count() if lacks else 0,
    }


def unfinished_run(board: Board, user: User) -> dict[str, Any]:
    """Return the board's gallring that is not finished, and what the link to it says to the person."""
    run = board.disposals.unfinished().first()
    if run is None:
        return {"run": None}
    may = _what_they_may(run, user)
    to_do = {DisposalStatus.DRAFT: may["prepares"], DisposalStatus.SUBMITTED: may["decides"]}.get(run.status, False)
    words = {DisposalStatus.DRAFT: "Fortsätt med listan", DisposalStatus.SUBMITTED: "Läs och besluta"}
    return {"run": run, "run_action": words[run.status] if to_do else ACTIONS[run.status], "run_to_do": to_do}


def _before(run: DisposalRun, now: datetime) -> dict[str, Any]:
    today = timezone.localdate(now)
    expires = run.approval_expires_on
    shown: dict[str, Any] = {
        "expired": expires is not None and expires < today,
        "begins": "strax" if settings.DISPOSALS_AT_ONCE or is_night(now) else "i natt, efter kl. 22",
        "returned": _sent_back(run) if run.status == DisposalStatus.DRAFT else "",
    }
    if run.status == DisposalStatus.APPROVED:
        return shown
    found = due(run.board, run.as_of, in_force(run.board, timezone.localdate(now)))
    holds: dict[str, int] = {}
    for one in found.types:
        for name, number in one.holds.items():
            holds[name] = holds.get(name, 0) + number
    placed = {hold.name: hold for hold in Hold.objects.filter(board=run.board).active()}
    return {
        **shown,
        "holds": [(name, number, placed.get(name)) for name, number in sorted(holds.items())],
        "undecided": [one for one in found.types if not one.rule],
    }


def _what_they_may(run: DisposalRun, user: User) -> dict[str, bool]:
    decides = user.may(DECIDE_DISPOSAL, run.board)
    own = decides and DisposalRun.objects.filter(pk=run.pk).worked_on_by(user).exists()
    open_to_change = run.status in NOT_CARRIED_OUT
    return {
        "prepares": open_to_change and user.may(PREPARE_DISPOSAL, run.board),
        "decides": decides and not own,
        "is_own": decides and own,
        "advises": run.status in ADVISED and user.may(VIEW_DISPOSAL),
        "controls": decides or user.may(PREPARE_DISPOSAL, run.board),
    }


def _said(run: DisposalRun, words: str, **which: str) -> list[Said]:
    rows = run.items.filter(**which).order_by("record_type", words).values("record_type", words)
    return [Said(_name(row["record_type"]), row[words], row["number"]) for row in rows.annotate(number=Count("pk"))]


def _sent_back(run: DisposalRun) -> str:
    past = history_model(DisposalRun)._default_manager.filter(id=run.pk).exclude(history_change_reason=EDITED)
    newest = past.order_by("-history_date", "-history_id")
    reason = newest.values_list("history_change_reason", flat=True).first() or ""
    return reason.removeprefix(SENT_BACK) if reason.startswith(SENT_BACK) else ""


def _may_open(run: DisposalRun, user: User) -> bool:
    return (
        bool(run.protocol_id)
        and Document.objects.readable_by(user, timezone.localdate()).filter(pk=run.protocol_id).exists()
    )


def _name(code: str) -> str:
    found = record_type(code)
    return found.name if found else code
