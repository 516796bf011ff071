"""How many reports came within a while: what the limits are held against."""

from django.db import models


class ReportCount(models.Model):
    """A counter for one thing (a sender, an account, all) within one window of time. Cleared when it has passed."""

    scope = models.CharField(max_length=20)
    # Never an address: a fingerprint with a key that changes each day. An account's id, or nothing for all.
    key = models.CharField(max_length=64, blank=True)
    window = models.DateTimeField()
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = "räknare av rapporter"
        constraints = [models.UniqueConstraint(fields=["window", "scope", "key"], name="one_count_per_window")]

    def __str__(self) -> str:
        return f"{self.scope}: {self.number}"
