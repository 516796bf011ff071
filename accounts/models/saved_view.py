"""A person's own ways to look at the register."""

from django.conf import settings
from django.db import models

from laholm_sociala.common.fields import uuid_key


class SavedView(models.Model):
    """A search in the register, kept under a name by the person it belongs to."""

    id = uuid_key()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField("namn", max_length=60)
    query = models.CharField("sökning", max_length=1000)

    class Meta:
        verbose_name = "sparad vy"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_once_per_person")]

    def __str__(self) -> str:
        return self.name
