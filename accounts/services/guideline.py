"""The guideline: its parameters by versions, and kommunstyrelsen's reviews of it (R12, R38)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts import deadlines
from accounts.deadlines import Preview
from accounts.enums import LimitClock, ReviewOutcome
from accounts.mandate import review_due_by
from accounts.models import Guideline, GuidelineReview, User
from accounts.services.limits import calendar_now, enter, guideline_now, move_deadlines
from accounts.services.terms import Terms
from laholm_sociala.common.errors import RefusedError


@dataclass(frozen=True)
class GuidelineDetails:
    """What is filled in about the guideline: the document, and what it asks in numbers."""

    title: str
    number: str
    adopted_on: date
    adopted_by: str
    clock: str
    decision_reference: str
    limit_hours: int
    look_days: int
    warn_hours_before: int
    question_days: int


def preview_guideline(details: GuidelineDetails, *, now: datetime) -> Preview:
    """Return which open deadlines would move. Nothing is saved. Raises RefusedError as `change_guideline`."""
    _require_decision(details)
    return deadlines.preview(Terms.of(Guideline(**asdict(details)), calendar_now(), now=now), now=now)


@transaction.atomic
def change_guideline(details: GuidelineDetails, *, seen: int, by: User, now: datetime) -> int:
    """Make the next version, in force from now, and move every open deadline by it; return how many moved.

    `seen` is the version that the person changed. Raises PermissionDenied without the permission, and RefusedError
    when somebody has changed it since, when nothing is changed, or for *arbetstimmar* without a decision.
    """
    enter(by)
    current = guideline_now()
    if current.version != seen:
        raise RefusedError("Någon annan ändrade riktlinjen medan du höll på. Se hur den ser ut nu och gör om.")
    _require_decision(details)
    if all(getattr(current, name) == value for name, value in asdict(details).items()):
        raise RefusedError("Inget är ändrat.")
    current.in_force_to = now
    current.record(by=by, now=now, reason="En ny version gäller")
    following = Guideline(version=current.version + 1, in_force_from=now, **asdict(details))
    following.record(by=by, now=now, reason="Riktlinjen ändrades")
    return move_deadlines(by=by, now=now)


def review_due(guideline: Guideline) -> date:
    """Return the last day on which kommunstyrelsen is to have reviewed the guideline (R38)."""
    reviewed = GuidelineReview.objects.values_list("decided_on", flat=True).first()
    return review_due_by(max(guideline.adopted_on, reviewed or guideline.adopted_on))


@transaction.atomic
def record_review(*, outcome: ReviewOutcome, decided_on: date, reference: str, by: User, now: datetime) -> date:
    """Write down kommunstyrelsen's review of the guideline; return by when the next one is due.

    Raises PermissionDenied without the permission, RefusedError for a day to come or before the guideline.
    """
    enter(by)
    guideline = guideline_now()
    if decided_on > timezone.localdate(now):
        raise RefusedError("Beslutet kan inte vara fattat en dag som inte har varit.", field="decided_on")
    if decided_on < guideline.adopted_on:
        raise RefusedError("Beslutet kan inte vara äldre än riktlinjen.", field="decided_on")
    GuidelineReview.objects.create(
        guideline=guideline,
        outcome=outcome,
        decided_on=decided_on,
        reference=reference,
        recorded_by=by,
        recorded_at=now,
    )
    return review_due(guideline)


def _require_decision(details: GuidelineDetails) -> None:
    if details.clock == LimitClock.OFFICE_HOURS and not details.decision_reference:
        raise RefusedError(
            "Arbetstimmar ger längre tid än riktlinjen säger ordagrant. Skriv vilket beslut som tillåter det.",
            field="decision_reference",
        )
