"""Ready answers that people write for themselves or their verksamhet."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Unit
from laholm_sociala.common.fields import swedish_sort_key, uuid_key
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class ReplyTextQuerySet(TrackedQuerySet):
    """Ready answers, by who uses them."""

    def usable_by(self, user: "User") -> Self:
        """One's own, and those of one's unit, in order."""
        return self.filter(Q(owner=user) | Q(unit=user.unit_id, unit__isnull=False)).order_by("sort_key", "id")


class ReplyText(TrackedModel):
    """A ready answer: of a person, or of a unit."""

    id = uuid_key()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="personlig för",
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="för verksamheten"
    )
    name = models.CharField("namn", max_length=80)
    text = models.TextField("text")
    sort_key = swedish_sort_key("name")

    objects = ReplyTextQuerySet.as_manager()
    history = History(excluded_fields=["sort_key"])

    class Meta:
        verbose_name = "svarstext"
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True, unit__isnull=False) | Q(owner__isnull=False, unit__isnull=True),
                name="reply_text_of_a_person_or_a_unit",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(text=""), name="reply_text_says_something"),
            models.UniqueConstraint(
                fields=["owner", "unit", "name"], nulls_distinct=False, name="reply_text_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
