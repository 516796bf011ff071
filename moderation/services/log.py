"""Logging a post that somebody of ours found, and keeping more of it afterwards (R12, R14, R23)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.enums import PUBLIC_ACCOUNT
from accounts.models import Account, Assignment, User
from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind, CaseStatus
from moderation.models import OVERSEE, Action, Case, PendingPicture
from moderation.pictures import Picture
from moderation.services.doors import lock_case, write_down
from moderation.services.opening import NO_COPY, Opened, Post, keep_pictures, open_case


def accounts_to_log_on(user: User, now: datetime) -> QuerySet[Account]:
    """Return the accounts in use on which the person may log a post (R12).

    Those of the board in which the person looks after an account, those of the units the person leads, and all for
    kommunikationsenheten.
    """
    in_use = Account.objects.filter(status__in=PUBLIC_ACCOUNT)
    if user.may(OVERSEE):
        return in_use
    today = timezone.localdate(now)
    boards = Assignment.objects.filter(user=user).on(today).values("account__board")
    led = Account.objects.visible_to(user, today).values("pk")
    return in_use.filter(Q(board__in=boards) | Q(pk__in=led))


def may_log(account: Account, user: User, now: datetime) -> bool:
    """Tell whether the person may log a post on the account."""
    return accounts_to_log_on(user, now).filter(pk=account.pk).exists()


def last_used(user: User) -> UUID | None:
    """Return the account that the person last logged a post on."""
    logged = Action.objects.filter(by=user, kind=ActionKind.LOGGED).order_by("-at")
    return logged.values_list("case__account", flat=True).first()


@transaction.atomic
def log_post(post: Post, *, by: User, now: datetime) -> Opened:
    """Log a post, or join the open case of the same post; what waited from an earlier try goes (R12, R14, R23).

    Of what must never be copied the link, the account and the time are kept, and whatever else came is let go unread.
    Raises PermissionDenied for those who may not log on the account, RefusedError as `open_case` does.
    """
    if not may_log(post.account, by, now):
        raise PermissionDenied
    if post.copy_forbidden:
        post = replace(post, text="", author="", place="", pictures=())
    opened = open_case(post, by=by, now=now)
    PendingPicture.objects.of(by).delete()
    return opened


@transaction.atomic
def add_copy(case_id: UUID, *, pictures: Sequence[Picture], text: str, by: User, now: datetime) -> Case:
    """Keep more of a post: pictures, and its text where none is kept (R23).

    Raises PermissionDenied for those who may not act on it, RefusedError where a copy is forbidden, when the case is
    closed, when its text is kept already, and when nothing new is given.
    """
    case = lock_case(case_id, version=None, by=by, now=now)
    if case.copy_forbidden:
        raise RefusedError(NO_COPY)
    if case.status == CaseStatus.CLOSED:
        raise RefusedError("Inlägget är redan klart. Öppna det igen om något fattas.")
    words = text.strip()
    if words and case.content.text:
        raise RefusedError("Texten är redan sparad och ändras inte. Lägg till en bild i stället.", field="text")
    if not (pictures or words):
        raise RefusedError("Välj en bild, eller klistra in texten.", field="pictures")
    new = keep_pictures(case, pictures, by=by, now=now)
    if not (new or words):
        raise RefusedError("Bilden finns redan sparad.", field="pictures")
    if words:
        case.content.text = words
        case.content.record(by=by, now=now, reason="Texten sparades som kopia")
    write_down(case, ActionKind.COPY_KEPT, by=by, now=now)
    return case
