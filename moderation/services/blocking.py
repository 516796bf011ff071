"""Blocking somebody from writing: an editor proposes, kommunikationsenheten decides, for a time and looked over.

Whoever is blocked cannot take part in the conversation (RF ch. 2 § 1), so there is always a reason, an end and a
review. Who it is stands in the post's content and nowhere else.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from laholm_sociala.common.errors import RefusedError
from moderation.enums import OPEN_BLOCK, ActionKind, BlockStatus
from moderation.models import OVERSEE, Block, Case
from moderation.services import case_notices
from moderation.services.doors import lock_and_look, lock_case, write_down

LONGEST: Final = timedelta(days=365)


@dataclass(frozen=True)
class Term:
    """How long a block holds, and when it is looked over. Both days are included."""

    ends_on: date
    review_on: date


@transaction.atomic
def propose(case_id: UUID, *, reason: str, by: User, now: datetime) -> Block:
    """Propose that whoever wrote the post is blocked.

    Raises PermissionDenied for those who may not act on the post, RefusedError without a reason, where a proposal or a
    block stands already, or where the post may be secret, which kommunikationsenheten may not read.
    """
    case = lock_and_look(case_id, version=None, by=by, now=now)
    if not reason.strip():
        raise RefusedError("Skriv varför den som skrev ska blockeras.", field="reason")
    if case.is_restricted:
        raise RefusedError("Kommunikationsenheten får inte läsa inlägget. Prata med dem utan att säga vad det gäller.")
    if case.blocks.filter(status__in=OPEN_BLOCK).exists():
        raise RefusedError("Det finns redan ett förslag eller en blockering.")
    block = Block(case=case, reason=reason.strip(), proposed_by=by, proposed_at=now)
    block.record(by=by, now=now, reason="Föreslog blockering")
    write_down(case, ActionKind.BLOCK_ASKED, by=by, now=now, text=reason)
    return block


@transaction.atomic
def decide(block_id: UUID, *, term: Term, reason: str, by: User, now: datetime) -> Block:
    """Decide that the one who wrote is blocked for a time. The block itself is made on the platform.

    Raises PermissionDenied for all but kommunikationsenheten, RefusedError when it is decided already, without a
    reason, for a time longer than a year or already out, and for a review after the end.
    """
    block, case = _lock(block_id, BlockStatus.PROPOSED, by=by, now=now)
    _require_reason(reason)
    _require_term(term, timezone.localdate(now))
    block.status, block.ends_on, block.review_on = BlockStatus.DECIDED, term.ends_on, term.review_on
    _sign(block, reason, by=by, now=now)
    said = f"Till och med {term.ends_on:%Y-%m-%d}, omprövas {term.review_on:%Y-%m-%d}. {reason.strip()}"
    write_down(case, ActionKind.BLOCKED, by=by, now=now, text=said)
    case_notices.tell_block_decision(block, now=now)
    return block


@transaction.atomic
def refuse(block_id: UUID, *, reason: str, by: User, now: datetime) -> Block:
    """Decide that nobody is blocked. Raises PermissionDenied and RefusedError as `decide`."""
    block, case = _lock(block_id, BlockStatus.PROPOSED, by=by, now=now)
    _require_reason(reason)
    block.status = BlockStatus.REFUSED
    _sign(block, reason, by=by, now=now)
    write_down(case, ActionKind.BLOCK_REFUSED, by=by, now=now, text=reason)
    case_notices.tell_block_decision(block, now=now)
    return block


@transaction.atomic
def keep(block_id: UUID, *, review_on: date, reason: str, by: User, now: datetime) -> Block:
    """Look a block over and let it stand until its end, with a new day to look it over.

    Raises PermissionDenied for all but kommunikationsenheten, RefusedError when it does not stand, without a reason,
    or for a day that is not between tomorrow and its end.
    """
    block, case = _lock(block_id, BlockStatus.DECIDED, by=by, now=now)
    _require_reason(reason)
    if block.ends_on is None or not timezone.localdate(now) < review_on <= block.ends_on:
        raise RefusedError("Välj en dag efter i dag, och senast den dag den går ut.", field="review_on")
    block.review_on = review_on
    block.record(by=by, now=now, reason=f"Omprövad och kvar: {reason.strip()}")
    said = f"Omprövad och kvar, omprövas igen {review_on:%Y-%m-%d}. {reason.strip()}"
    write_down(case, ActionKind.BLOCKED, by=by, now=now, text=said)
    return block


@transaction.atomic
def lift(block_id: UUID, *, reason: str, by: User, now: datetime) -> Block:
    """Record that the block is lifted on the platform: before its time, or when that is out.

    Raises PermissionDenied for all but kommunikationsenheten, RefusedError when it does not stand or without a reason.
    """
    block, case = _lock(block_id, BlockStatus.DECIDED, by=by, now=now)
    _require_reason(reason)
    block.status, block.lifted_by, block.lifted_at = BlockStatus.LIFTED, by, now
    block.record(by=by, now=now, reason=f"Hävd: {reason.strip()}")
    write_down(case, ActionKind.UNBLOCKED, by=by, now=now, text=reason)
    return block


_WHY_NOT: Final = {
    BlockStatus.PROPOSED: "Förslaget är inte beslutat än.",
    BlockStatus.DECIDED: "Blockeringen är redan beslutad.",
    BlockStatus.REFUSED: "Förslaget är redan avslaget.",
    BlockStatus.LIFTED: "Blockeringen är redan hävd.",
}


def _lock(block_id: UUID, expected: BlockStatus, *, by: User, now: datetime) -> tuple[Block, Case]:
    """Lock the post, then its block: in that order everywhere, so that no two wait for each other."""
    if not by.may(OVERSEE):
        raise PermissionDenied
    case = lock_case(Block.objects.values_list("case", flat=True).get(pk=block_id), version=None, by=by, now=now)
    block = Block.objects.presented().select_for_update(of=("self",)).get(pk=block_id)
    if block.status != expected:
        raise RefusedError(_WHY_NOT[BlockStatus(block.status)])
    return block, case


def _sign(block: Block, reason: str, *, by: User, now: datetime) -> None:
    block.decided_by, block.decided_at, block.decision_reason = by, now, reason.strip()
    block.record(by=by, now=now, reason=f"Blockering: {block.get_status_display().lower()}")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise RefusedError("Skriv skälen.", field="reason")


def _require_term(term: Term, today: date) -> None:
    if not today < term.ends_on <= today + LONGEST:
        raise RefusedError("Välj en dag efter i dag, och högst ett år fram.", field="ends_on")
    if not today < term.review_on <= term.ends_on:
        raise RefusedError("Ompröva efter i dag, och senast den dag den går ut.", field="review_on")
