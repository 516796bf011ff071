"""The manager's decision on Bilaga 1, bound to exactly what was read (R03, R41)."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.bilaga1 import ASSURANCES, fingerprint
from accounts.enums import ApplicationStatus, DecisionKind, SignInMethod
from accounts.models import Application, Decision, ScannedForm, User
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
ON_PAPER = "Godkänd av chefen på papper, blanketten bifogad av kommunikationsenheten"
REGISTER = "accounts.register_application"


@dataclass(frozen=True)
class Paper:
    """A scanned form, looked through: its own bytes, and what they really are."""

    file_name: str
    content_type: str
    content: bytes


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
def attach_signed_form(
    application_id: UUID,
    *,
    paper: Paper,
    signer: User,
    signed_on: date,
    seen_sha256: str,
    by: User,
    now: datetime,
) -> Decision:
    """Take a Bilaga 1 that the manager signed on paper as the approval (R41). Kommunikationsenheten may.

    The file's own bytes are kept, and no form is made beside it. Raises PermissionDenied for others; RefusedError
    when it is decided already, when the content is no longer what was read, or when the signer could not decide
    that day: it lies ahead, or before the application was last sent back.
    """
    if not by.may(REGISTER):
        raise PermissionDenied
    application = _locked(application_id)
    require_application_step(application.status, ApplicationStatus.APPROVED)
    _refuse_unread(application, seen_sha256)
    _refuse_signature(application, signer, signed_on, timezone.localdate(now))
    decision = _write(application, DecisionKind.APPROVED, "", SignInMethod.PAPER, by, now, signer=signer)
    ScannedForm.objects.create(
        decision=decision,
        file_name=paper.file_name[-200:],
        content_type=paper.content_type,
        content=paper.content,
        sha256=hashlib.sha256(paper.content).hexdigest(),
        signed_on=signed_on,
        attached_at=now,
    )
    return decision


@transaction.atomic
def void_approval(
    application_id: UUID, *, comment: str, sign_in_method: SignInMethod, by: User, now: datetime
) -> Decision:
    """Send an approved application back with a reason: the approval is void. Kommunikationsenheten may.

    Raises PermissionDenied for others, RefusedError when it is not approved and waiting for registration.
    """
    if not by.may(REGISTER):
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
    _refuse_unread(application, seen_sha256)
    return _write(application, kind, comment, sign_in_method, by, now)


def _refuse_unread(application: Application, seen_sha256: str) -> None:
    if fingerprint(application.canonical_content()) != seen_sha256:
        refusal = "Uppgifterna har ändrats sedan du öppnade sidan. Läs igenom dem en gång till."
        raise RefusedError(refusal, field="seen")


def _refuse_signature(application: Application, signer: User, signed_on: date, today: date) -> None:
    if signed_on > today:
        raise RefusedError("Blanketten kan inte vara underskriven efter i dag.", field="signed_on")
    last = application.decisions.first()
    if last is not None and signed_on < timezone.localdate(last.decided_at):
        refusal = "Blanketten är underskriven innan uppstarten skickades tillbaka. Be chefen skriva under den nya."
        raise RefusedError(refusal, field="signed_on")
    if signer not in application.managers(signed_on):
        refusal = f"{signer.short_name} kunde inte besluta den dagen. Välj chefen eller den som var ersättare då."
        raise RefusedError(refusal, field="signer")


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
            f"{last.made_by} hann före: {last.get_kind_display().lower()} "
            f"{when:%Y-%m-%d} kl. {when:%H.%M}. Du behöver inte göra något."
        )


def _write(
    application: Application,
    kind: DecisionKind,
    comment: str,
    method: SignInMethod,
    by: User,
    now: datetime,
    *,
    signer: User | None = None,
) -> Decision:
    comment = comment.strip()
    if kind != DecisionKind.APPROVED and not comment:
        raise RefusedError("Skriv varför.", field="comment")
    require_application_step(application.status, STATUS_AFTER[kind])
    content = application.canonical_content()
    on_paper = signer is not None
    manager = signer or by
    assures = kind == DecisionKind.APPROVED and not on_paper
    decision = Decision.objects.create(
        application=application,
        kind=kind,
        by=by,
        decided_at=now,
        name_clarification=manager.short_name,
        title=manager.presented_as.removeprefix(manager.short_name).removeprefix(", "),
        sign_in_method=method,
        comment=comment,
        assurances=[f"{word}. {sentence}" for word, sentence in ASSURANCES] if assures else [],
        content=content,
        content_sha256=fingerprint(content),
    )
    application.status = STATUS_AFTER[kind]
    application.record(by=by, now=now, reason=ON_PAPER if on_paper else HISTORY_REASON[kind])
    notices.tell_of_decision(application, decision, now=now)
    return decision
