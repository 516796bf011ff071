"""Boards, units and who leads them (R02, R03)."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from laholm_sociala.common.fields import swedish_sort_key, uuid_key
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet

if TYPE_CHECKING:
    from accounts.models.people import User


class Board(TrackedModel):
    """A nämnd: an authority of its own."""

    id = uuid_key()
    name = models.CharField("namn", max_length=120, unique=True)
    public_name = models.CharField("rubrik i den offentliga listan", max_length=80)
    order = models.PositiveSmallIntegerField("ordning i listan", default=100)
    sort_key = swedish_sort_key("name")

    history = History(excluded_fields=["sort_key"])

    class Meta:
        verbose_name = "nämnd"
        ordering = ["order", "sort_key"]

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(TrackedQuerySet):
    """Units, by order and by who leads them."""

    def in_order(self) -> Self:
        """Sort by board, then by name in Swedish order."""
        return self.order_by("board__order", "board__sort_key", "sort_key")

    def led_by(self, user: "User", on: date) -> Self:
        """Units whose manager, or deputy on that day, is the user."""
        deputies = Deputy.objects.filter(user=user).on(on)
        return self.filter(Q(manager=user) | Q(pk__in=deputies.values("unit")))


class Unit(TrackedModel):
    """A förvaltning (no parent) or a verksamhet below one."""

    id = uuid_key()
    # As it stands inside a sentence: "biblioteket", "Osbecksgymnasiet". Alone it begins with a capital: see __str__.
    name = models.CharField("namn", max_length=120)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="units", verbose_name="nämnd")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="hör till"
    )
    email = models.EmailField("funktionsadress", blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="managed_units",
        verbose_name="chef",
    )
    is_culture_and_leisure = models.BooleanField("kultur och fritid", default=False)
    is_communications = models.BooleanField("kommunikationsenheten", default=False)
    active = models.BooleanField("aktiv", default=True)
    sort_key = swedish_sort_key("name")

    objects = UnitQuerySet.as_manager()
    history = History(excluded_fields=["sort_key"])

    class Meta:
        verbose_name = "verksamhet"
        ordering = ["sort_key"]
        indexes = [models.Index(fields=["sort_key", "id"], name="unit_in_order")]
        constraints = [
            models.UniqueConstraint(fields=["board", "name"], name="unit_name_once_per_board"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_not_its_own_parent"),
            models.UniqueConstraint(
                fields=["is_communications"], condition=Q(is_communications=True), name="one_communications_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name[:1].upper()}{self.name[1:]}"


class DeputyQuerySet(TrackedQuerySet):
    """Deputies, by date."""

    def on(self, day: date) -> Self:
        """Deputies whose dates hold that day, both ends included."""
        return self.filter(Q(from_date__lte=day), Q(to_date__isnull=True) | Q(to_date__gte=day))


class Deputy(TrackedModel):
    """Ställföreträdande chef for a unit, between two dates."""

    id = uuid_key()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="deputies", verbose_name="verksamhet")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="deputyships", verbose_name="person"
    )
    from_date = models.DateField("från och med")
    to_date = models.DateField("till och med", null=True, blank=True)

    objects = DeputyQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "ställföreträdande chef"
        ordering = ["from_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")), name="deputy_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} för {self.unit}"
