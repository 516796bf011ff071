"""Mail about a post, written in the transaction of what it tells about. Never a word of what may be secret (R15)."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from accounts.models import Unit, User
from laholm_sociala.common.mail import send_later
from moderation.models import Block, Case


def _page(case: Case) -> str:
    return reverse("moderation:case-detail", args=[case.pk])


def ask_communications(case: Case, *, question: str, by: User, now: datetime) -> None:
    """Ask kommunikationsenheten; of what may be secret only who asks."""
    restricted = case.is_restricted
    send_later(
        to=[settings.COMMUNICATIONS_EMAIL],
        subject=f"Fråga om ett inlägg från {by.presented_as}",
        template="case_question",
        context={
            "case": None if restricted else case,
            "question": "" if restricted else question,
            "asker": by,
            "path": "" if restricted else _page(case),
        },
        now=now,
        about=[case.pk],
    )


def tell_advice(case: Case, asker: User, *, advice: str, by: User, now: datetime) -> None:
    """Tell the one who asked what kommunikationsenheten advises; of what may be secret only that they answered."""
    send_later(
        to=[asker.email],
        subject="Kommunikationsenheten har svarat om ett inlägg",
        template="case_advice",
        context={"advice": "" if case.is_restricted else advice, "adviser": by, "path": _page(case)},
        now=now,
        about=[case.pk],
    )


def send_on(case: Case, unit: Unit, *, why: str, by: User, now: datetime) -> None:
    """Tell a unit of ours what has come to it, and where it stands. Never called for what may be secret."""
    send_later(
        to=[unit.email],
        subject=f"Vidarebefordrat från {case.account}: {case.get_lane_display().lower()}",
        template="case_passed_on",
        context={"case": case, "why": why, "sender": by, "link": case.content.link},
        now=now,
        about=[case.pk],
    )


def tell_data_protection(case: Case, *, by: User, now: datetime) -> None:
    """Tell the dataskyddsombud that a post of our own may be an incident, without what it holds (GDPR art. 33)."""
    send_later(
        to=[settings.DATA_PROTECTION_EMAIL],
        subject="Möjlig personuppgiftsincident i sociala medier",
        template="case_incident",
        context={"case": case, "teller": by},
        now=now,
        about=[case.pk],
    )


def tell_block_decision(block: Block, *, now: datetime) -> None:
    """Tell the one who proposed a block what kommunikationsenheten decided."""
    if block.proposed_by.is_active:
        send_later(
            to=[block.proposed_by.email],
            subject="Beslut om blockering",
            template="block_decided",
            context={"blocking": block, "path": _page(block.case)},
            now=now,
            about=[block.case_id],
        )
