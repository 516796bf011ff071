"""That somebody looked through an account on a day, and what was sent to those who look after it (R09, R12)."""

from django.conf import settings
from django.db import models

from accounts.models import Account
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import append_only


class SupervisionCheck(models.Model):
    """That an account was looked through on a working day; added once, never changed (R09)."""

    id = uuid_key()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="checks", verbose_name="konto")
    day = models.DateField("dag")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="av")
    at = models.DateTimeField("när")

    class Meta:
        verbose_name = "tillsyn"
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["account", "day"], name="one_check_per_account_and_day")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.account_id} {self.day}"
