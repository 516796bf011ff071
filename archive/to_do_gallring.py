"""What gallring asks of people under Att göra: arkivredogörare, arkivansvarig, kommunarkivarie, the registrator."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone

from accounts.models import Board, User
from archive.disposal_page import SENT_BACK
from archive.enums import DisposalStatus
from archive.models import (
    DECIDE_DISPOSAL,
    PREPARE_DISPOSAL,
    REGISTER,
    VIEW_DISPOSAL,
    DisposalAdvice,
    DisposalItem,
    DisposalRun,
    Handover,
)
from archive.services.disposal_protocol import SOURCE
from archive.services.due_counts import due_counts
from laholm_sociala.common.history import history_model
from laholm_sociala.common.swedish import count_in_words, date_in_words
from laholm_sociala.common.to_do import Kind, Task, add_kinds

# A decision that should have been carried out long ago: so many days before it expires somebody is told.
EXPIRES_SOON: Final = timedelta(days=7)
# A protocol that is on its way is not lacking.
PATIENCE: Final = timedelta(minutes=30)


def add_gallring_to_do() -> None:
    """Add gallring's kinds of task."""
    add_kinds(
        Kind(
            14, to_decide, lambda n: count_in_words(n, "gallring att besluta om", "gallringar att besluta om"), decide
        ),
        Kind(
            15,
            without_protocol,
            lambda n: count_in_words(n, "gallring utan protokoll", "gallringar utan protokoll"),
            fix,
        ),
        Kind(
            16,
            to_advise,
            lambda n: count_in_words(n, "gallring att lämna råd om", "gallringar att lämna råd om"),
            advise,
        ),
        Kind(61, to_send, lambda n: count_in_words(n, "gallring att förbereda", "gallringar att förbereda"), send),
        Kind(62, to_prepare, lambda n: count_in_words(n, "nämnd har att gallra", "nämnder har att gallra"), prepare),
    )


def to_decide(user: User, now: datetime) -> QuerySet | None:
    """Return what others have sent to arkivansvarig, and decisions that are about to expire."""
    boards = user.boards_with(DECIDE_DISPOSAL)
    if not boards:
        return None
    own = DisposalRun.objects.worked_on_by(user).values("pk")
    sent = Q(status=DisposalStatus.SUBMITTED) & ~Q(pk__in=own)
    expires = Q(status=DisposalStatus.APPROVED, approval_expires_on__lte=timezone.localdate(now) + EXPIRES_SOON)
    runs = DisposalRun.objects.filter(sent | expires, board__in=boards)
    return runs.select_related("board").order_by("submitted_at", "id")


def decide(run: DisposalRun) -> Task:
    """Ask for the decision, or tell that it expires before anything has been done."""
    decided = run.approval_expires_on
    meta = f"{run.board}. Arkivredogöraren har skickat listan."
    if decided:
        meta = f"{run.board}. Beslutet gäller till och med {date_in_words(decided, timezone.localdate())}."
    return Task(
        heading=str(run),
        url=reverse("archive:run-detail", args=[run.pk]),
        meta=meta,
        action="Se varför" if decided else "Läs och besluta",
        about=f"{run}, {run.board}",
    )


def to_advise(user: User, now: datetime) -> QuerySet | None:
    """Return the lists that wait for arkivansvarig and that kommunarkivarien has said nothing of."""
    if not user.may(VIEW_DISPOSAL):
        return None
    own = DisposalAdvice.objects.filter(run=OuterRef("pk"), given_by=user)
    runs = DisposalRun.objects.filter(~Exists(own), status=DisposalStatus.SUBMITTED)
    return runs.select_related("board").order_by("submitted_at", "id")


def advise(run: DisposalRun) -> Task:
    """Ask for advice before the decision; it is decided on without it too."""
    return Task(
        heading=str(run),
        url=reverse("archive:run-detail", args=[run.pk]),
        meta=f"{run.board}. Listan väntar på arkivansvarigs beslut.",
        action="Läs och lämna råd",
        about=f"om {run}, {run.board}",
    )


def to_send(user: User, now: datetime) -> QuerySet | None:
    """Return the lists that are being prepared, those that were sent back among them."""
    boards = user.boards_with(PREPARE_DISPOSAL)
    if not boards:
        return None
    past = (
        history_model(DisposalRun)._default_manager.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
    )
    runs = DisposalRun.objects.filter(status=DisposalStatus.DRAFT, board__in=boards).select_related("board")
    return runs.annotate(last_said=Subquery(past.values("history_change_reason")[:1])).order_by("prepared_at", "id")


def send(run: DisposalRun) -> Task:
    """Ask that the list is gone through and sent."""
    said: str = run.last_said  # type: ignore[attr-defined]  # annotated
    returned = said.startswith(SENT_BACK)
    return Task(
        heading=str(run),
        url=reverse("archive:run-detail", args=[run.pk]),
        meta=f"{run.board}. {said if returned else 'Listan är inte skickad än.'}",
        action="Ändra och skicka" if returned else "Fortsätt",
        about=f"{run}, {run.board}",
    )


def to_prepare(user: User, now: datetime) -> QuerySet | None:
    """Return the boards where something was due last night, and where no gallring is at hand or was done since."""
    boards = user.boards_with(PREPARE_DISPOSAL)
    if not boards:
        return None
    last = due_counts()
    runs = DisposalRun.objects.filter(board=OuterRef("pk"))
    seen_to = runs.filter(Q(finished_at__isnull=True) | Q(finished_at__gte=last.found_at))
    return Board.objects.filter(~Exists(seen_to), pk__in=boards & last.by_board.keys()).order_by("order", "name")


def prepare(board: Board) -> Task:
    """Ask that the gallring is prepared."""
    due = count_in_words(due_counts().by_board.get(board.pk, 0), "handling", "handlingar")
    return Task(
        heading=f"Att gallra {timezone.localdate().year}",
        url=reverse("archive:due-detail", args=[board.pk]),
        meta=f"{board}. {due} har nått sin frist.",
        action="Titta",
        about=f"på vad {board} har att gallra",
    )


def without_protocol(user: User, now: datetime) -> QuerySet | None:
    """Return what is carried out and whose protocol is not to be found, for the boards' registratorer.

    What lies in the inbox stands there already.
    """
    boards = user.boards_with(REGISTER)
    if not boards:
        return None
    lately = DisposalItem.objects.filter(run=OuterRef("pk"), settled_at__gt=now - PATIENCE)
    in_the_inbox = Handover.objects.waiting().filter(
        source_ref=Concat(Value(SOURCE), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    )
    runs = DisposalRun.objects.carried_out().filter(~Exists(lately), board__in=boards)
    return runs.filter(~Exists(in_the_inbox)).select_related("board").order_by("started_at", "id")


def fix(run: DisposalRun) -> Task:
    """Ask that it is seen to."""
    return Task(
        heading=f"Protokollet för {str(run).lower()}",
        url=reverse("archive:run-protocol", args=[run.pk]),
        meta=f"{run.board}. Det som skulle gallras är gallrat, men protokollet kunde inte diarieföras.",
        action="Försök igen",
        about=f"med protokollet för {run}",
    )
