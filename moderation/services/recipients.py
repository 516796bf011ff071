"""Whom a mail about a post may go to, and what it may say (R15)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Deputy, Unit, User
from moderation.enums import Lane
from moderation.models import OVERSEE, READ_RESTRICTED, Case


def subject_of(case: Case) -> str:
    """Return what a mail calls the post: never a word of what it says, who wrote it or where it is."""
    return Lane.SECRECY.label if case.is_restricted else case.subject


def who_answers_for(case: Case, now: datetime) -> list[User]:
    """Return the manager and the deputies of the day, or of the nearest unit above that has any who see the post.

    Where no manager does: kommunikationsenheten, or of what may be secret the board's registrators. A mail about a
    limit that is about to pass must reach somebody (R12).
    """
    unit: Unit | None = case.account.unit
    while unit is not None:
        if people := who_may_see(case, _leaders_of(unit, now), now):
            return people
        unit = unit.parent
    return who_may_see(case, _those_with(READ_RESTRICTED if case.is_restricted else OVERSEE), now)


def _leaders_of(unit: Unit, now: datetime) -> QuerySet[User]:
    deputies = Deputy.objects.filter(unit=unit).on(timezone.localdate(now)).values("user")
    return User.objects.active().presented().filter(Q(managed_units=unit) | Q(pk__in=deputies)).distinct()


def _those_with(permission: str) -> QuerySet[User]:
    return User.objects.with_permission(permission).presented()


def who_may_see(case: Case, people: Iterable[User], now: datetime) -> list[User]:
    """Return those of the people who see the post: who does not is not told of it."""
    today = timezone.localdate(now)
    same = Case.objects.filter(pk=case.pk)
    return [person for person in people if same.visible_to(person, today).exists()]
