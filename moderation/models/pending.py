"""Pictures that wait while a form is corrected: a browser cannot fill in a file again."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models

from laholm_sociala.common.fields import uuid_key

KEPT_FOR: Final = timedelta(days=1)


class PendingPictureQuerySet(models.QuerySet):
    """Waiting pictures."""

    def of(self, user: models.Model) -> Self:
        """Those that the person sent in, without their bytes until those are asked for."""
        return self.filter(owner=user).defer("original")

    def forgotten(self, now: datetime) -> Self:
        """Those that nobody came back for."""
        return self.filter(sent_at__lte=now - KEPT_FOR)


class PendingPicture(models.Model):
    """A picture that was sent in with a form that could not be taken. Its owner alone uses it; rensas after a day."""

    id = uuid_key()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    original = models.BinaryField()
    sent_at = models.DateTimeField(db_index=True)

    objects = PendingPictureQuerySet.as_manager()

    class Meta:
        verbose_name = "bild som väntar"
        ordering = ["sent_at", "id"]

    def __str__(self) -> str:
        return self.file_name
