"""When people are away: the days, never why."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from accounts.models.organisation import Unit
from accounts.models.people import User
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet


class AbsenceQuerySet(TrackedQuerySet):
    """Absences, by date and by whose business they are."""

    def on(self, day: date) -> Self:
        """Those that hold that day, both ends included."""
        return self.between(day, day)

    def between(self, first: date, last: date) -> Self:
        """Those that hold some day from the first to the last, both included."""
        return self.filter(Q(from_date__lte=last), Q(to_date__isnull=True) | Q(to_date__gte=first))

    def visible_to(self, user: "User", on: date) -> Self:
        """The person's own, and those of the people the person leads."""
        return self.filter(user__in=people_registered_by(user, on).values("pk"))


# The days of an absence, both ends included, as PostgreSQL compares them.
_DAYS = models.Func("from_date", "to_date", Value("[]"), function="DATERANGE", output_field=DateRangeField())


class Absence(TrackedModel):
    """The days a person is away. While the one responsible is, the duty is the substitute's (R10)."""

    id = uuid_key()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences", verbose_name="person"
    )
    from_date = models.DateField("första dag borta")
    to_date = models.DateField("sista dag borta", null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "frånvaro"
        ordering = ["from_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")), name="absence_dates_in_order"
            ),
            ExclusionConstraint(
                name="away_once_a_day",
                expressions=[("user", RangeOperators.EQUAL), (_DAYS, RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"Frånvaro från {self.from_date}"


def people_registered_by(user: User, on: date) -> models.QuerySet:
    """Return those whose absence the person registers: oneself, and the people of the units one leads that day."""
    led = Unit.objects.led_by(user, on).values("pk")
    return User.objects.people().filter(Q(pk=user.pk) | Q(unit__in=led) | Q(unit__parent__in=led))
