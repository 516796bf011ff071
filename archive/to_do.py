"""What the archive asks of people under Att göra."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from archive.models import PREPARE_DISPOSAL, REGISTER, Forwarding, Handover, Hold, RecordsRequest
from archive.services.forwarding import without_receipt
from laholm_sociala.common.swedish import count_in_words, date_in_words, moment_in_words
from laholm_sociala.common.to_do import Kind, Task, add_kinds


def add_to_do() -> None:
    """Add the app's kinds of task."""
    add_kinds(
        Kind(
            11,
            asked_for,
            lambda n: count_in_words(n, "begäran om handling att besvara", "begäranden om handlingar att besvara"),
            answer,
            more_url=lambda: reverse("archive:request-list"),
        ),
        Kind(
            12,
            handed_over,
            lambda n: count_in_words(n, "handling att registrera", "handlingar att registrera"),
            register,
            nothing="Inget att registrera",
            more_url=lambda: reverse("archive:handover-list"),
        ),
        Kind(
            14,
            not_confirmed,
            lambda n: count_in_words(n, "handling utan kvittens", "handlingar utan kvittens"),
            ask_receiver,
        ),
        Kind(
            60,
            holds_to_review,
            lambda n: count_in_words(n, "gallringsstopp att ompröva", "gallringsstopp att ompröva", neuter=True),
            review,
            more_url=lambda: reverse("archive:due-boards"),
        ),
    )


def asked_for(user: User, now: datetime) -> QuerySet | None:
    """What the registrator of a board is to answer, the oldest first (TF ch. 2)."""
    boards = user.boards_with(REGISTER)
    if not boards:
        return None
    return RecordsRequest.objects.filter(board__in=boards).open().presented()


def answer(asked: RecordsRequest) -> Task:
    """Ask the registrator to answer. What was asked for stands on its page."""
    return Task(
        heading=f"Begäran om allmän handling, {asked.board}",
        url=reverse("archive:request-detail", args=[asked.pk]),
        meta=f"{asked.age}. Ska besvaras skyndsamt.",
        action="Besvara",
        about=str(asked),
    )


def handed_over(user: User, now: datetime) -> QuerySet | None:
    """What waits for the registrator of a board (R15, R16)."""
    if not user.boards_with(REGISTER):
        return None
    return Handover.objects.visible_to(user, timezone.localdate(now)).waiting().presented()


def register(handover: Handover) -> Task:
    """Ask the registrator to read. Of what may be secret only that it may be."""
    when = moment_in_words(handover.handed_over_at, timezone.now())
    secret = "Kan vara sekretess. " if handover.is_restricted else ""
    return Task(
        heading=handover.subject,
        url=reverse("archive:handover-detail", args=[handover.pk]),
        meta=f"{secret}{handover.board}. Skickat av {handover.handed_over_by.in_sentence}, {when}.",
        action="Läs",
        about=handover.subject,
    )


def not_confirmed(user: User, now: datetime) -> QuerySet | None:
    """What the registrator of a board sent on, and nobody has confirmed (R22)."""
    boards = user.boards_with(REGISTER)
    return without_receipt(boards, now) if boards else None


def ask_receiver(forwarding: Forwarding) -> Task:
    """Ask whether it arrived. Of the handling only its number is said."""
    when = moment_in_words(forwarding.sent_at, timezone.now())
    return Task(
        heading=str(forwarding),
        url=reverse("archive:forwarding-receive", args=[forwarding.document_id, forwarding.pk]),
        meta=f"{forwarding.document.matter.board}. Skickad {when}. Hör efter om den har kommit fram.",
        action="Anteckna kvittens",
        about=str(forwarding),
    )


def holds_to_review(user: User, now: datetime) -> QuerySet | None:
    """Return the gallringsstopp whose review is due, for those who prepare the board's gallring."""
    boards = user.boards_with(PREPARE_DISPOSAL)
    if not boards:
        return None
    return Hold.objects.filter(board__in=boards).to_review(timezone.localdate(now)).select_related("board")


def review(hold: Hold) -> Task:
    """Ask whether it is still needed."""
    return Task(
        heading=hold.name,
        url=reverse("archive:hold-detail", args=[hold.pk]),
        meta=f"{hold.board}. Skulle omprövas {date_in_words(hold.review_on, timezone.localdate())}.",
        action="Ompröva",
        about=hold.name,
    )
