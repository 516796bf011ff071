"""An account: what is left to mend, then purpose, people, decisions, documents and history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import compliance
from accounts.enums import AccountStatus
from accounts.models import Account, Application, Assignment, Closing, LogoExemption, PlatformAdministrator
from accounts.services import register
from accounts.services.keepers import KEEP, may_keep
from accounts.views.register import visible_account
from laholm_sociala.common.changes import show_history


@dataclass(frozen=True)
class Event:
    """One line of what has been decided about an account."""

    moment: datetime
    words: str


@require_GET
def account_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The account's page. What it lacks stands first; changing stands behind one link a section."""
    account = visible_account(request, pk)
    now = timezone.now()
    today = timezone.localdate(now)
    not_ended = Q(to_date__isnull=True) | Q(to_date__gte=today)
    exemptions = list(
        account.logo_exemptions.select_related("decided_by__unit", "requested_by__unit", "revoked_by__unit")
    )
    context = {
        "account": account,
        "lacks": compliance.findings([pk], now=now).get(pk, []),
        "may_change": may_keep(account, request.user, now) and account.status != AccountStatus.CLOSED,
        "may_decide": request.user.may(KEEP),
        "may_take_into_use": account.status == AccountStatus.PLANNED
        and register.may_take_into_use(account, request.user, now),
        "assignments": account.assignments.filter(not_ended).select_related("user__unit"),
        "administrators": account.platform_administrators.select_related("user__unit").order_by("user__sort_key"),
        "exemption": exemptions[0] if exemptions else None,
        "events": sorted(_events(account, exemptions), key=lambda event: event.moment, reverse=True),
        "statement": account.mission_statements.defer("pdf", "content").first(),
        "closing": account.closings.filter(withdrawn_at__isnull=True).first()
        if account.status in {AccountStatus.CLOSING, AccountStatus.CLOSED}
        else None,
        "today": today,
        "may_read_application": Application.objects.visible_to(request.user, today)
        .filter(pk=account.application_id)
        .exists(),
    }
    return render(request, "accounts/account_detail.html", context)


@require_GET
def account_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who changed the account, its people and what is kept about it, when and how."""
    account = visible_account(request, pk)
    return show_history(
        request,
        account,
        title=str(account),
        back_url=reverse("accounts:account-detail", args=[pk]),
        back_text="Kontot",
        parts=[
            model.history.filter(account=account)
            for model in (Assignment, PlatformAdministrator, LogoExemption, Closing)
        ],
    )


def _events(account: Account, exemptions: list[LogoExemption]) -> Iterator[Event]:
    """Yield what the manager and kommunikationsenheten have decided, and what was asked of them."""
    for exemption in exemptions:
        asked = f"{exemption.requested_by.presented_as} önskade undantag från logotypen: ”{exemption.reason}”"
        yield Event(exemption.requested_at, asked)
        if exemption.decided_at is not None:
            outcome = "beviljat" if exemption.revoked_at else exemption.get_status_display().lower()
            reason = f"{exemption.decided_by.presented_as}: ”{exemption.decision_reason}”"
            yield Event(exemption.decided_at, f"Undantag från logotypen: {outcome} av {reason}")
        if exemption.revoked_at is not None:
            reason = f"{exemption.revoked_by.presented_as}: ”{exemption.revoked_reason}”"
            yield Event(exemption.revoked_at, f"Undantag från logotypen: återkallat av {reason}")
    if account.application is None:
        return
    for decision in account.application.decisions.select_related("by__unit"):
        comment = f": ”{decision.comment}”" if decision.comment else "."
        yield Event(decision.decided_at, f"{decision.get_kind_display()} av {decision.made_by}{comment}")
    applicant = account.application.applicant
    yield Event(account.application.submitted_at, f"Uppstarten skickades av {applicant.presented_as}.")
