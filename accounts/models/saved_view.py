"""A person's own ways to look at a list: the register, the diarium."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.enums import ViewedList
from laholm_sociala.common.fields import uuid_key


class SavedView(models.Model):
    """A search in a list, kept under a name by the person it belongs to, and shown to nobody else."""

    id = uuid_key()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    list = models.CharField("lista", max_length=10, choices=ViewedList, default=ViewedList.REGISTER)
    name = models.CharField("namn", max_length=60)
    query = models.CharField("sökning", max_length=1000)

    class Meta:
        verbose_name = "sparad vy"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(list__in=ViewedList), name="saved_view_list_known"),
            models.UniqueConstraint(fields=["owner", "list", "name"], name="saved_view_name_once_per_list"),
        ]

    def __str__(self) -> str:
        return self.name
