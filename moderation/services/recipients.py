"""Whom a mail about a post may go to, and what it may say (R15)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from accounts.models import Deputy, Unit, User
from moderation.enums import Lane
from moderation.models import Case


def subject_of(case: Case) -> str:
    """Return what a mail calls the post: never a word of what it says, who wrote it or where it is."""
    return Lane.SECRECY.label if case.is_restricted else case.subject


def managers_of(unit: Unit, now: datetime) -> list[User]:
    """Return the unit's manager and the deputies of the day, as far as they are active."""
    deputies = Deputy.objects.filter(unit=unit).on(timezone.localdate(now)).values("user")
    return list(User.objects.active().presented().filter(Q(managed_units=unit) | Q(pk__in=deputies)).distinct())


def who_may_see(case: Case, people: Iterable[User], now: datetime) -> list[User]:
    """Return those of the people who see the post: who does not is not told of it."""
    today = timezone.localdate(now)
    same = Case.objects.filter(pk=case.pk)
    return [person for person in people if same.visible_to(person, today).exists()]
