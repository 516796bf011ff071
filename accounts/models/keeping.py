"""What belongs to keeping an account: administrators, the logo, the uppdragsbeskrivning (R11, R30, R32)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.enums import ExemptionStatus
from accounts.models.account import Account
from laholm_sociala.common.fields import sha256_of_bytes, uuid_key
from laholm_sociala.common.guards import append_only, kept
from laholm_sociala.common.history import History, TrackedModel


class PlatformAdministrator(TrackedModel):
    """A person who is administrator of the account on the platform itself. Two are wanted."""

    id = uuid_key()
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="platform_administrators", verbose_name="konto"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="person"
    )

    history = History()

    class Meta:
        verbose_name = "administratör på plattformen"
        constraints = [
            models.UniqueConstraint(fields=["account", "user"], name="platform_administrator_once_per_account")
        ]

    def __str__(self) -> str:
        return str(self.user)


class LogoExemption(TrackedModel):
    """A request to be without the municipality's logo, and what kommunikationsenheten decided (R32)."""

    id = uuid_key()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="logo_exemptions", verbose_name="konto")
    status = models.CharField("läge", max_length=20, choices=ExemptionStatus, default=ExemptionStatus.REQUESTED)
    reason = models.TextField("önskemål")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="begärt av"
    )
    requested_at = models.DateTimeField("begärt")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="beslutat av"
    )
    decided_at = models.DateTimeField("beslutat", null=True)
    decision_reason = models.TextField("beslutets skäl", blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="återkallat av"
    )
    revoked_at = models.DateTimeField("återkallat", null=True)
    revoked_reason = models.TextField("återkallat därför att", blank=True)

    history = History()

    class Meta:
        verbose_name = "undantag från logotypen"
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ExemptionStatus), name="logo_exemption_status_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="logo_exemption_says_why"),
            models.CheckConstraint(
                condition=Q(status=ExemptionStatus.REQUESTED)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision_reason="")),
                name="logo_exemption_decided_by_someone_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status=ExemptionStatus.REVOKED, revoked_by__isnull=False, revoked_at__isnull=False)
                & ~Q(revoked_reason="")
                | ~Q(status=ExemptionStatus.REVOKED)
                & Q(revoked_by__isnull=True, revoked_at__isnull=True, revoked_reason=""),
                name="logo_exemption_revoked_by_someone_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(status=ExemptionStatus.REQUESTED),
                name="one_open_logo_exemption_per_account",
            ),
        ]
        triggers = kept()

    def __str__(self) -> str:
        return f"Undantag från logotypen för {self.account}"


class MissionStatement(models.Model):
    """An account's uppdragsbeskrivning, one version: purpose, audience and topics as they stood (R30)."""

    id = uuid_key()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="mission_statements")
    version = models.PositiveSmallIntegerField("version")
    content = models.TextField("innehåll")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "uppdragsbeskrivning"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["account", "version"], name="mission_statement_version_once"),
            models.CheckConstraint(
                condition=Q(sha256=sha256_of_bytes("pdf")), name="mission_statement_fingerprint_is_the_files"
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"Uppdragsbeskrivning {self.version} för {self.account}"
