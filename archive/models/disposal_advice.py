"""What kommunarkivarien says of a gallring before it is decided on: advice, which binds nobody (R18)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models.disposal import DisposalRun
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import append_only


class DisposalAdvice(models.Model):
    """A piece of advice. It stands as it was given."""

    id = uuid_key()
    run = models.ForeignKey(DisposalRun, on_delete=models.PROTECT, related_name="advice", verbose_name="gallring")
    text = models.CharField("råd", max_length=1000)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="av"
    )
    given_at = models.DateTimeField("lämnat")

    class Meta:
        verbose_name = "råd om gallring"
        ordering = ["given_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="disposal_advice_says_something")]
        triggers = append_only()

    def __str__(self) -> str:
        return self.text
