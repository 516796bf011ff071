"""What people were reminded of by mail, so that nobody is told the same thing twice in a month (R19)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Account
from archive.enums import ReminderKind
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import append_only


class SnapshotReminder(models.Model):
    """That a person was reminded of a snapshot, written in the transaction of the mail: both are there, or neither."""

    id = uuid_key()
    kind = models.CharField("slag", max_length=10, choices=ReminderKind)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", verbose_name="konto")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="till")
    due_on = models.DateField("senast")
    # The first day of the month in which it was sent.
    month = models.DateField("månad")
    sent_at = models.DateTimeField("skriven")

    class Meta:
        verbose_name = "påminnelse om ögonblicksbild"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReminderKind), name="snapshot_reminder_kind_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="snapshot_reminder_of_a_month"),
            models.UniqueConstraint(
                fields=["user", "account", "kind", "due_on", "month"], name="one_snapshot_reminder_a_month"
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on}"
