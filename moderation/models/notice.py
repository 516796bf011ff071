"""What was sent to whom, so that nobody is told the same thing twice."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import append_only
from moderation.enums import NoticeKind
from moderation.models.case import Case


class Notice(models.Model):
    """A mail to a person, written in the transaction of the mail itself: both are there, or neither.

    The system user's own morning row closes the day: all who had something to be told have been.
    """

    id = uuid_key()
    kind = models.CharField("slag", max_length=10, choices=NoticeKind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="till")
    day = models.DateField("dag")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="notices", verbose_name="inlägg"
    )
    # The limit that it was about: one that moves is warned of anew.
    limit = models.DateTimeField("tidsfrist", null=True, blank=True)
    sent_at = models.DateTimeField("skrivet")

    class Meta:
        verbose_name = "påminnelse"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=NoticeKind.MORNING, case__isnull=True, limit__isnull=True)
                | (~Q(kind=NoticeKind.MORNING) & Q(kind__in=NoticeKind, case__isnull=False, limit__isnull=False)),
                name="notice_of_a_morning_or_a_case",
            ),
            models.UniqueConstraint(
                fields=["user", "day"], condition=Q(kind=NoticeKind.MORNING), name="one_morning_mail_per_person_and_day"
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "user", "limit"],
                condition=Q(case__isnull=False),
                name="one_notice_per_person_and_limit",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day}"
