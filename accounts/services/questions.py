"""Questions to kommunikationsenheten, from anyone who works for the municipality (R04)."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.models import User
from laholm_sociala.common.mail import send_later


@transaction.atomic
def ask_communications(*, question: str, by: User, now: datetime) -> None:
    """Send a question to kommunikationsenheten, with the address to answer to."""
    send_later(
        to=[settings.COMMUNICATIONS_EMAIL],
        subject=f"Fråga från {by.presented_as}",
        template="question",
        context={"question": question, "asker": by},
        now=now,
    )
