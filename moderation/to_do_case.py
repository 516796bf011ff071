"""What posts ask of kommunikationsenheten under Att göra beside the queue: blocks to decide and look over."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from laholm_sociala.common.swedish import count_in_words, moment_in_words
from laholm_sociala.common.to_do import Kind, Task, add_kinds
from moderation.models import OVERSEE, Block


def add_case_to_do() -> None:
    """Add the kinds of task."""
    add_kinds(
        Kind(
            23,
            proposed_blocks,
            lambda n: count_in_words(n, "förslag om blockering", "förslag om blockering", neuter=True),
            decide_block,
        ),
        Kind(
            24,
            blocks_to_look_over,
            lambda n: count_in_words(n, "blockering att ompröva", "blockeringar att ompröva"),
            look_over,
        ),
    )


def proposed_blocks(user: User, now: datetime) -> QuerySet | None:
    """Proposals to decide on."""
    if not user.may(OVERSEE):
        return None
    return Block.objects.filter(case__is_restricted=False).proposed().presented()


def decide_block(block: Block) -> Task:
    """Ask for a decision."""
    when = moment_in_words(block.proposed_at, timezone.now())
    return _about_block(block, f"{block.proposed_by.presented_as} föreslog det {when}.", "Läs och besluta")


def blocks_to_look_over(user: User, now: datetime) -> QuerySet | None:
    """Blocks whose review is due, or whose last day is gone by."""
    if not user.may(OVERSEE):
        return None
    visible = Block.objects.filter(case__is_restricted=False)
    return visible.to_look_over(timezone.localdate(now)).presented()


def look_over(block: Block) -> Task:
    """Ask for a review; when its time is out, to lift it."""
    is_out = block.ends_on is not None and block.ends_on < timezone.localdate()
    return _about_block(block, "Tiden är ute: häv den på plattformen." if is_out else block.in_words, "Ompröva")


def _about_block(block: Block, meta: str, action: str) -> Task:
    return Task(
        heading=f"Blockering på {block.case.account}",
        url=reverse("moderation:block-detail", args=[block.pk]),
        meta=meta,
        action=action,
        about=f"om {block.case.account}",
    )
