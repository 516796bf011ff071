"""The municipality's logo stands on all accounts; kommunikationsenheten decides on exemptions (R32)."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.enums import ExemptionStatus
from accounts.models import LogoExemption, User
from accounts.services import notices
from accounts.services.keepers import KEEP, lock_account
from accounts.workflow import require_exemption_step
from laholm_sociala.common.errors import RefusedError


@transaction.atomic
def request_exemption(account_id: UUID, *, reason: str, by: User, now: datetime) -> LogoExemption:
    """Ask kommunikationsenheten to let an account be without the logo.

    Raises PermissionDenied for those who do not keep the account, RefusedError when no reason is given, when a request
    waits already, or when the account is exempted.
    """
    account = lock_account(account_id, by=by, now=now)
    if not reason.strip():
        raise RefusedError("Skriv varför kontot ska vara utan logotypen.", field="reason")
    standing = set(account.logo_exemptions.values_list("status", flat=True))
    if ExemptionStatus.REQUESTED in standing:
        raise RefusedError("Ett önskemål väntar redan på kommunikationsenheten.")
    if ExemptionStatus.GRANTED in standing:
        raise RefusedError("Kontot har redan undantag från logotypen.")
    exemption = LogoExemption(account=account, reason=reason.strip(), requested_by=by, requested_at=now)
    exemption.record(by=by, now=now, reason="Önskade undantag från logotypen")
    return exemption


@transaction.atomic
def grant(exemption_id: UUID, *, reason: str, by: User, now: datetime) -> LogoExemption:
    """Let the account be without the logo. Raises PermissionDenied for all but kommunikationsenheten.

    Raises RefusedError when no reason is given or when it is decided already.
    """
    return _decide(exemption_id, ExemptionStatus.GRANTED, reason=reason, by=by, now=now)


@transaction.atomic
def refuse(exemption_id: UUID, *, reason: str, by: User, now: datetime) -> LogoExemption:
    """Say that the logo is to be there. Raises PermissionDenied for all but kommunikationsenheten.

    Raises RefusedError when no reason is given or when it is decided already.
    """
    return _decide(exemption_id, ExemptionStatus.REFUSED, reason=reason, by=by, now=now)


@transaction.atomic
def revoke(exemption_id: UUID, *, reason: str, by: User, now: datetime) -> LogoExemption:
    """Take a granted exemption back: the logo is lacking again, and the account's people are told.

    Raises PermissionDenied for all but kommunikationsenheten, RefusedError when no reason is given or when the
    exemption is not granted, or revoked already.
    """
    exemption = _locked(exemption_id, ExemptionStatus.REVOKED, by=by)
    if not reason.strip():
        raise RefusedError("Skriv varför undantaget återkallas.", field="reason")
    exemption.status, exemption.revoked_reason = ExemptionStatus.REVOKED, reason.strip()
    exemption.revoked_by, exemption.revoked_at = by, now
    exemption.record(by=by, now=now, reason="Återkallade undantaget från logotypen")
    notices.tell_of_revoked_exemption(exemption, now=now)
    return exemption


def _decide(exemption_id: UUID, status: ExemptionStatus, *, reason: str, by: User, now: datetime) -> LogoExemption:
    exemption = _locked(exemption_id, status, by=by)
    if not reason.strip():
        raise RefusedError("Skriv skälen för beslutet.", field="reason")
    exemption.status, exemption.decision_reason = status, reason.strip()
    exemption.decided_by, exemption.decided_at = by, now
    exemption.record(by=by, now=now, reason=f"Undantag från logotypen: {status.label.lower()}")
    notices.tell_of_logo_decision(exemption, now=now)
    return exemption


def _locked(exemption_id: UUID, new: ExemptionStatus, *, by: User) -> LogoExemption:
    if not by.may(KEEP):
        raise PermissionDenied
    all_of_them = LogoExemption.objects.select_for_update(of=("self",))
    exemption: LogoExemption = all_of_them.select_related("account__platform", "requested_by").get(pk=exemption_id)
    require_exemption_step(exemption.status, new)
    return exemption
