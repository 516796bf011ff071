"""When what the public sees last changed."""

from django.db import models


class PublicChange(models.Model):
    """A mark that PostgreSQL makes, in the same transaction, for each change of an account, unit, board or platform.

    Rows are only added, so that two changes at once wait for nothing; `weight` is how many marks a row stands for
    after old ones were put together.
    """

    changed_at = models.DateTimeField()
    weight = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "ändring av den offentliga listan"

    def __str__(self) -> str:
        return f"{self.changed_at:%Y-%m-%d %H:%M}"
