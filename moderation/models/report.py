"""What the public reports: that it came, what it said, and, apart and for a shorter time, who wants an answer (R37)."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q

from accounts.models import Account
from laholm_sociala.common.fields import sha256_of_bytes, uuid_key
from laholm_sociala.common.guards import Guard, append_only, kept
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet
from moderation.models.case import Case
from moderation.report_numbers import LENGTH, in_groups
from moderation.reported import Answer, Wrong

# PostgreSQL's own refusal: an address is kept as it was given until it is disposed of.
KEEP_CONTACT = "guard_reporter_contact"


class PublicReportQuerySet(TrackedQuerySet):
    """Reports from the public."""

    def waiting(self) -> Self:
        """Those that lead to no account yet and are not answered, the oldest first."""
        return self.filter(case__isnull=True, answer="").order_by("reported_at", "id")


class PublicReport(TrackedModel):
    """A report from someone who did not sign in. It follows its case; one about no account of ours has an answer."""

    id = uuid_key()
    receipt = models.CharField("kvitto", max_length=LENGTH, unique=True)
    wrong = models.CharField("vad som är fel", max_length=20, choices=Wrong)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="reports", verbose_name="konto"
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="reports", verbose_name="inlägg"
    )
    reported_at = models.DateTimeField("rapporterat")
    # What the receipt says: promised once, and no later change of calendar moves it.
    review_by = models.DateTimeField("granskas senast")
    answer = models.CharField("svar", max_length=20, choices=Answer, blank=True)
    answered_at = models.DateTimeField("besvarat", null=True, blank=True)

    objects = PublicReportQuerySet.as_manager()
    history = History(excluded_fields=["receipt"])

    class Meta:
        verbose_name = "rapport från allmänheten"
        ordering = ["reported_at", "id"]
        indexes = [
            models.Index(
                fields=["reported_at", "id"], condition=Q(case__isnull=True, answer=""), name="public_report_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(wrong__in=Wrong), name="public_report_wrong_known"),
            models.CheckConstraint(condition=Q(answer__in=["", *Answer]), name="public_report_answer_known"),
            models.CheckConstraint(
                condition=Q(case__isnull=True) | Q(account__isnull=False, answer=""),
                name="public_report_has_case_or_answer",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="public_report_answered_at_a_time",
            ),
        ]
        triggers = kept()

    def __str__(self) -> str:
        return f"Rapport {self.receipt_in_groups}"

    @property
    def receipt_in_groups(self) -> str:
        """The number as it is read aloud."""
        return in_groups(self.receipt)


class ReportContent(models.Model):
    """What the report said, as it came: apart from the report, as a post's is from its case."""

    report = models.OneToOneField(PublicReport, on_delete=models.PROTECT, primary_key=True, related_name="content")
    link = models.CharField("länk", max_length=1000, blank=True)
    text = models.TextField("text", blank=True)

    class Meta:
        verbose_name = "rapportens innehåll"
        triggers = append_only()

    def __str__(self) -> str:
        return f"Innehållet i {self.report_id}"


class ReportPicture(models.Model):
    """The picture of a report about no account of ours. With an account it is the case's kept copy at once."""

    report = models.OneToOneField(PublicReport, on_delete=models.PROTECT, primary_key=True, related_name="picture")
    file_name = models.CharField("filens namn", max_length=200)
    content_type = models.CharField("filens sort", max_length=100)
    original = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "rapportens bild"
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256=sha256_of_bytes("original")), name="report_picture_fingerprint_is_the_originals"
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return self.file_name


class ReporterContact(models.Model):
    """Where the one who reported wants the answer. Of no use once it is given, so it has a life of its own."""

    report = models.OneToOneField(PublicReport, on_delete=models.PROTECT, primary_key=True, related_name="contact")
    email = models.EmailField("e-post")
    # The sentence last sent: a post that is opened again and closed in another way is told of again.
    told = models.CharField("svar som har skickats", max_length=300, blank=True)
    told_at = models.DateTimeField("svarat", null=True, blank=True)

    class Meta:
        verbose_name = "rapportörens e-post"
        triggers = [*kept(), Guard(function=KEEP_CONTACT, name="contact_kept", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"E-post för {self.report_id}"
