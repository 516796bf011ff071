"""Who may read what may be secret, who has read it, and who looks through that (OSL ch. 8 §§ 1–2; R15)."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from archive.services.access import has_read
from laholm_sociala.common.errors import RefusedError
from moderation.enums import ViewedPart
from moderation.models import (
    READ_RESTRICTED,
    AccessReview,
    Case,
    CaseAccess,
    RestrictedView,
    month_of,
)

ONCE_A_MONTH: Final = "one_access_review_per_board_and_month"


def note_view(case: Case, what: ViewedPart, *, by: User, now: datetime) -> None:
    """Write down that a person is shown something of a post that may be secret; of others nothing is written (R15).

    Call it before the answer is made. It is committed when it returns, so nothing is shown that is not written down:
    inside another transaction it raises RuntimeError.
    """
    if not case.is_restricted:
        return
    with transaction.atomic(durable=True):
        month = month_of(timezone.localdate(now))
        RestrictedView.objects.create(case=case, user=by, at=now, month=month, what=what)
        _open_review(case.board_id, month, by=by, now=now)


def may_grant(case: Case, user: User, now: datetime) -> bool:
    """Tell whether the person says who else may read the post: responsible, leader or registrator, of its own board."""
    if not case.is_restricted:
        return False
    if case.board_id in user.boards_with(READ_RESTRICTED):
        return True
    if user.unit is None or user.unit.board_id != case.board_id:
        return False
    today, this = timezone.localdate(now), Case.objects.filter(pk=case.pk)
    return (this.on_accounts_of(user, today) | this.on_accounts_led_by(user, today)).exists()


@transaction.atomic
def grant_access(case_id: UUID, *, user: User, reason: str, by: User, now: datetime) -> CaseAccess:
    """Let one more person within the board read a post that may be secret, for a reason (OSL ch. 8 §§ 1–2).

    Raises PermissionDenied for those who do not decide it, RefusedError for people of other boards, for those who have
    it already, and without a reason.
    """
    case = _lock(case_id, by=by, now=now)
    if not user.is_active or user.unit is None or user.unit.board_id != case.board_id:
        raise RefusedError("Välj någon inom samma nämnd. Sekretess gäller också mellan nämnder.", field="user")
    if Case.objects.visible_to(user, timezone.localdate(now)).filter(pk=case_id).exists():
        raise RefusedError(f"{user.short_name} får redan läsa inlägget.", field="user")
    if not reason.strip():
        raise RefusedError("Skriv varför personen behöver läsa inlägget.", field="reason")
    access = CaseAccess(case=case, user=user, granted_at=now)
    access.record(by=by, now=now, reason=reason.strip())
    return access


@transaction.atomic
def end_access(access_id: UUID, *, by: User, now: datetime) -> CaseAccess:
    """Let a person no longer read the post, from now.

    Raises PermissionDenied for those who do not decide it, RefusedError when it is ended already.
    """
    case_id = CaseAccess.objects.values_list("case", flat=True).get(pk=access_id)
    _lock(case_id, by=by, now=now)
    access = CaseAccess.objects.select_for_update(of=("self",)).select_related("user__unit").get(pk=access_id)
    if access.ended_at is not None:
        raise RefusedError(f"{access.user.short_name} får redan inte läsa inlägget längre.")
    access.ended_at = now
    access.record(by=by, now=now, reason="Behöver inte läsa inlägget längre")
    return access


def granted(case: Case) -> QuerySet[CaseAccess]:
    """Return those who were let in one by one and still are, the newest first."""
    return case.access.filter(ended_at__isnull=True).select_related("user__unit").order_by("-granted_at")


def readings(review: AccessReview) -> QuerySet[RestrictedView]:
    """Return the month's readings, the newest first, with what a list of them shows: never what the posts say."""
    views = RestrictedView.objects.in_month(review.board, review.month)
    return views.select_related("user__unit", "case__account__platform")


def has_read_in(review: AccessReview, user: User) -> bool:
    """Tell whether the person read something that month: a post, or what is in the board's diarium."""
    own = RestrictedView.objects.in_month(review.board, review.month).filter(user=user)
    return own.exists() or has_read(user, review.board, review.month)


def open_review(board_id: UUID, by: User, now: datetime) -> None:
    """Have the month gone through: something of the board's diarium that may be secret was read in it."""
    _open_review(board_id, month_of(timezone.localdate(now)), by=by, now=now)


@transaction.atomic
def review_access(review_id: UUID, *, remark: str, by: User, now: datetime) -> AccessReview:
    """Say that the month's readings have been gone through, with a remark where there is one (R15).

    Raises PermissionDenied for those who do not review the board's readings, or read there as registrator; RefusedError
    for a month that is not over, one gone through already, and one in which the person read something.
    """
    review = AccessReview.objects.select_for_update(of=("self",)).select_related("board").get(pk=review_id)
    if not AccessReview.objects.visible_to(by).filter(pk=review_id).exists():
        raise PermissionDenied
    if review.reviewed_at is not None:
        raise RefusedError("Månaden är redan genomgången.")
    if review.month >= month_of(timezone.localdate(now)):
        raise RefusedError("Månaden är inte slut än. Gå igenom den när den är det.")
    if has_read_in(review, by):
        raise RefusedError("Du har själv läst något den månaden. Någon annan behöver gå igenom den.")
    review.reviewed_by, review.reviewed_at, review.remark = by, now, remark.strip()
    review.record(by=by, now=now, reason="Gick igenom vem som har läst")
    return review


def _lock(case_id: UUID, *, by: User, now: datetime) -> Case:
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    if not may_grant(case, by, now):
        raise PermissionDenied
    return case


def _open_review(board_id: UUID, month: date, *, by: User, now: datetime) -> None:
    if AccessReview.objects.filter(board=board_id, month=month).exists():
        return
    try:
        with transaction.atomic():
            review = AccessReview(board_id=board_id, month=month)
            review.record(by=by, now=now, reason="Månadens första läsning")
    except IntegrityError as error:  # another reading was first
        if ONCE_A_MONTH not in str(error):
            raise
