"""What the guideline itself asks of kommunikationsenheten under Att göra (R38)."""

from datetime import datetime

from django.db.models import Exists, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.mandate import reviewed_too_early
from accounts.models import Guideline, GuidelineReview, User
from accounts.services.limits import EDIT_GUIDELINE
from laholm_sociala.common.to_do import Kind, Task, add_kinds


def add_guideline_to_do() -> None:
    """Add the guideline's own kind of task."""
    add_kinds(Kind(150, to_review, lambda n: "Riktlinjen ska prövas", review))


def to_review(user: User, now: datetime) -> QuerySet | None:
    """The guideline in force, in the last year of the mandatperiod in which it is to be reviewed, until it is."""
    if not user.may(EDIT_GUIDELINE):
        return None
    last = reviewed_too_early(timezone.localdate(now).year)
    since = GuidelineReview.objects.order_by().filter(decided_on__year__gt=last)
    return Guideline.objects.filter(~Exists(since), in_force_to__isnull=True, adopted_on__year__lte=last)


def review(guideline: Guideline) -> Task:
    """Ask kommunikationsenheten to see to it, and write down what came of it."""
    return Task(
        heading=str(guideline),
        url=reverse("accounts:guideline"),
        meta="Kommunstyrelsen prövar den en gång per mandatperiod. Se till att det sker i år, och anteckna beslutet.",
        action="Läs mer",
        about="om riktlinjens prövning",
    )
