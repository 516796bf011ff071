"""What the queue asks of people under Att göra."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from laholm_sociala.common.swedish import count_in_words, moment_in_words
from laholm_sociala.common.to_do import Kind, Task, add_kinds
from moderation.enums import ActionKind
from moderation.models import OVERSEE, Action, Case
from moderation.models.case import CaseQuerySet
from moderation.queue import own_accounts
from moderation.rows import row


def add_to_do() -> None:
    """Add the queue's kinds of task."""
    add_kinds(
        Kind(
            6,
            to_review,
            _heading("på dina konton"),
            review,
            more_url=lambda: f"{reverse('moderation:case-list')}?vem=mina",
        ),
        Kind(
            21,
            late,
            lambda n: count_in_words(n, "inlägg för sent", "inlägg för sent", neuter=True),
            chase,
            nothing="Inget inlägg för sent",
            more_url=lambda: reverse("moderation:case-list"),
        ),
        Kind(
            22,
            questions,
            lambda n: count_in_words(n, "fråga till oss", "frågor till oss"),
            advise,
            nothing="Inga frågor till oss",
        ),
    )


def to_review(user: User, now: datetime) -> CaseQuerySet:
    """Posts on one's own accounts where nothing is decided, the most urgent first (R12)."""
    own = own_accounts(user, now)
    if not own:
        return Case.objects.none()
    mine = Case.objects.visible_to(user, timezone.localdate(now)).to_review().filter(account__in=own)
    return mine.presented().most_urgent_first()


def review(case: Case) -> Task:
    """Ask the editor to look at it."""
    return _task(case, "Granska")


def late(user: User, now: datetime) -> CaseQuerySet | None:
    """Posts still undecided when their time is out, for kommunikationsenheten to chase."""
    if not user.may(OVERSEE):
        return None
    visible = Case.objects.visible_to(user, timezone.localdate(now)).to_review()
    return visible.filter(handle_by__lte=now).presented().most_urgent_first()


def chase(case: Case) -> Task:
    """Ask kommunikationsenheten to open it, or to write to the unit, right from the line."""
    on_it = "" if case.taken_by_id else " Ingen har tagit det."
    return replace(_task(case, "Öppna", more=f"{case.account.unit}.{on_it}"), mail=case.account.unit.email)


def questions(user: User, now: datetime) -> QuerySet | None:
    """The last question about each post, where nobody has answered it since (R33). None of what may be secret."""
    if not user.may(OVERSEE):
        return None
    since = Action.objects.filter(
        case=OuterRef("case"),
        case_version__gt=OuterRef("case_version"),
        kind__in=(ActionKind.ASKED, ActionKind.ADVISED),
    )
    asked = Action.objects.filter(kind=ActionKind.ASKED, case__is_restricted=False).exclude(Exists(since))
    return asked.select_related("case__account__platform", "by__unit").order_by("at", "id")


def advise(question: Action) -> Task:
    """Ask for advice."""
    return Task(
        heading=str(question.case),
        url=reverse("moderation:case-advise", args=[question.case_id]),
        meta=f"{question.by.presented_as}, {moment_in_words(question.at, timezone.now())}: ”{question.text}”",
        action="Ge råd",
        about=f"om {question.case.account}",
    )


def _task(case: Case, action: str, more: str = "") -> Task:
    shown = row(case, None, timezone.now())
    return Task(
        heading=shown.heading,
        url=reverse("moderation:case-detail", args=[case.pk]),
        meta=" ".join(filter(None, [f"{shown.urgency.words}.", shown.meta, more])),
        action=action,
        about=shown.about,
    )


def _heading(where: str) -> Callable[[int], str]:
    return lambda n: f"{count_in_words(n, 'inlägg', 'inlägg', neuter=True)} att granska {where}"
