"""The manager's decision on Bilaga 1, bound to exactly what was read (R03, R41)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.bilaga1 import ASSURANCES, fingerprint
from accounts.enums import ApplicationStatus, DecisionKind, SignInMethod
from accounts.models import Application, Decision, User
from accounts.services import notices
from accounts.workflow import require_application_step
from laholm_sociala.common.errors import RefusedError

STRONG_SIGN_IN = frozenset({SignInMethod.MFA, SignInMethod.SSO})

STATUS_AFTER = {
    DecisionKind.APPROVED: ApplicationStatus.APPROVED,
    DecisionKind.RETURNED: ApplicationStatus.RETURNED,
    DecisionKind.REJECTED: ApplicationStatus.REJECTED,
    DecisionKind.VOIDED: ApplicationStatus.RETURNED,
}
HISTORY_REASON = {
    DecisionKind.APPROVED: "Godkänd av chefen",
    DecisionKind.RETURNED: "Skickad tillbaka av chefen",
    DecisionKind.REJECTED: "Avslagen av chefen",
    DecisionKind.VOIDED: "Skickad tillbaka av kommunikationsenheten, godkännandet upphävt",
}


def strong_enough(method: SignInMethod) -> bool:
    """Tell whether the way of signing in is good enough to decide: SSO or MFA, and in the demo any (R41)."""
    return settings.DEMO or method in STRONG_SIGN_IN


def approve(
    application_id: UUID, *, seen_sha256: str, sign_in_method: SignInMethod, by: User, now: datetime
) -> Decision:
    """Approve the account. `seen_sha256` is the fingerprint of the content on the page the manager read.

    Raises PermissionDenied for anyone but the nearest manager or a deputy that day, and always for the applicant;
    RefusedError when it is decided already, when the content is no longer what was read, or when the manager is not
    signed in by SSO or MFA.
    """
    return _decide(
        application_id,
        DecisionKind.APPROVED,
        comment="",
        seen_sha256=seen_sha256,
        sign_in_method=sign_in_method,
        by=by,
        now=now,
    )


def send_back(
    application_id: UUID, *, comment: str, seen_sha256: str, sign_in_method: SignInMethod, by: User, now: datetime
) -> Decision:
    """Send the application back with what should change. Raises as `approve`, and when the comment is empty."""
    return _decide(
        application_id,
        DecisionKind.RETURNED,
        comment=comment,
        seen_sha256=seen_sha256,
        sign_in_method=sign_in_method,
        by=by,
        now=now,
    )


def reject(
    application_id: UUID, *, comment: str, seen_sha256: str, sign_in_method: SignInMethod, by: User, now: datetime
) -> Decision:
    """Say no, with the reason. Raises as `approve`, and when the reason is empty."""
    return _decide(
        application_id,
        DecisionKind.REJECTED,
        comment=comment,
        seen_sha256=seen_sha256,
        sign_in_method=sign_in_method,
        by=by,
        now=now,
    )


@transaction.atomic
def void_approval(
    application_id: UUID, *, comment: str, sign_in_method: SignInMethod, by: User, now: datetime
) -> Decision:
    """Send an approved application back with a reason: the approval is void. Kommunikationsenheten may.

    Raises PermissionDenied for others, RefusedError when it is not approved and waiting for registration.
    """
    if not by.may("accounts.register_application"):
        raise PermissionDenied
    application = _locked(application_id)
    if application.status != ApplicationStatus.APPROVED:
        raise RefusedError("Bara en godkänd uppstart som inte är registrerad kan skickas tillbaka härifrån.")
    return _write(application, DecisionKind.VOIDED, comment, sign_in_method, by, now)


@transaction.atomic
def _decide(
    application_id: UUID,
    kind: DecisionKind,
    *,
    comment: str,
    seen_sha256: str,
    sign_in_method: SignInMethod,
    by: User,
    now: datetime,
) -> Decision:
    application = _locked(application_id)
    if by not in application.managers(timezone.localdate(now)):
        raise PermissionDenied
    _refuse_second_decision(application)
    require_application_step(application.status, STATUS_AFTER[kind])
    if not strong_enough(sign_in_method):
        raise RefusedError(
            "För att besluta behöver du logga in med tvåstegsinloggning. Slå på den under Mina inställningar."
        )
    if fingerprint(application.canonical_content()) != seen_sha256:
        refusal = "Uppgifterna har ändrats sedan du öppnade sidan. Läs igenom dem en gång till."
        raise RefusedError(refusal, field="seen")
    return _write(application, kind, comment, sign_in_method, by, now)


def _locked(application_id: UUID) -> Application:
    # Lock first, read after: two managers often press at once. Only the application's own row is locked.
    return Application.objects.presented().select_for_update(of=("self",)).get(pk=application_id)


def _refuse_second_decision(application: Application) -> None:
    if application.status == ApplicationStatus.SUBMITTED:
        return
    last = application.decisions.select_related("by__unit").first()
    if last is not None:
        when = timezone.localtime(last.decided_at)
        raise RefusedError(
            f"{last.by.presented_as} hann före: {last.get_kind_display().lower()} "
            f"{when:%Y-%m-%d} kl. {when:%H.%M}. Du behöver inte göra något."
        )


def _write(
    application: Application, kind: DecisionKind, comment: str, method: SignInMethod, by: User, now: datetime
) -> Decision:
    comment = comment.strip()
    if kind != DecisionKind.APPROVED and not comment:
        raise RefusedError("Skriv varför.", field="comment")
    require_application_step(application.status, STATUS_AFTER[kind])
    content = application.canonical_content()
    decision = Decision.objects.create(
        application=application,
        kind=kind,
        by=by,
        decided_at=now,
        name_clarification=by.short_name,
        title=by.presented_as.removeprefix(by.short_name).removeprefix(", "),
        sign_in_method=method,
        comment=comment,
        assurances=[f"{word}. {sentence}" for word, sentence in ASSURANCES] if kind == DecisionKind.APPROVED else [],
        content=content,
        content_sha256=fingerprint(content),
    )
    application.status = STATUS_AFTER[kind]
    application.record(by=by, now=now, reason=HISTORY_REASON[kind])
    notices.tell_of_decision(application, decision, now=now)
    return decision
