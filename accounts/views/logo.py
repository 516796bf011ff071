"""Being without the municipality's logo: asked for by those who keep the account, decided by kommunikationsenheten."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.enums import ExemptionStatus
from accounts.forms.keeping import DecideExemptionForm, RequestExemptionForm, RevokeExemptionForm
from accounts.services import logo
from accounts.services.keepers import KEEP, may_keep
from accounts.views.register import visible_account
from laholm_sociala.common.views import refusal_in

DECIDE = {ExemptionStatus.GRANTED: logo.grant, ExemptionStatus.REFUSED: logo.refuse}


@require_http_methods(["GET", "POST"])
def logo_exemption_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for an exemption."""
    account = visible_account(request, pk)
    if not may_keep(account, request.user, timezone.now()):
        raise PermissionDenied
    form = RequestExemptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            logo.request_exemption(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, "Önskemålet är skickat till kommunikationsenheten. Du får mejl när de beslutat.")
            return redirect("accounts:account-detail", pk)
    context = {
        "title": f"Önska undantag från logotypen för {account}",
        "text": "Kommunens anpassade logotyp används på alla konton. Undantag beslutas av kommunikationsenheten.",
        "button": "Skicka önskemålet",
        "form": form,
        "back_url": reverse("accounts:account-sender", args=[pk]),
        "back_text": "Avsändare och logotyp",
    }
    return render(request, "components/confirm.html", context)


@require_http_methods(["GET", "POST"])
def logo_exemption_decide(request: HttpRequest, pk: UUID, exemption_pk: UUID) -> HttpResponse:
    """Grant or refuse, with a reason."""
    account = visible_account(request, pk)
    exemption = get_object_or_404(account.logo_exemptions.select_related("requested_by__unit"), pk=exemption_pk)
    if not request.user.may(KEEP):
        raise PermissionDenied
    form = DecideExemptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            decide = DECIDE[ExemptionStatus(form.cleaned_data["decision"])]
            decided = decide(exemption_pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
            outcome = decided.get_status_display().lower()
            messages.success(request, f"Undantaget är {outcome}. Den som önskade det får mejl.")
            return redirect("accounts:account-detail", pk)
    context = {"account": account, "exemption": exemption, "form": form}
    return render(request, "accounts/keeping/decide_exemption.html", context)


@require_http_methods(["GET", "POST"])
def logo_exemption_revoke(request: HttpRequest, pk: UUID, exemption_pk: UUID) -> HttpResponse:
    """Take a granted exemption back, with a reason."""
    account = visible_account(request, pk)
    get_object_or_404(account.logo_exemptions, pk=exemption_pk)
    if not request.user.may(KEEP):
        raise PermissionDenied
    form = RevokeExemptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            logo.revoke(exemption_pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, "Undantaget är återkallat. De som sköter kontot får mejl.")
            return redirect("accounts:account-sender", pk)
    context = {
        "title": f"Återkalla undantaget från logotypen för {account}",
        "text": "Kommunens anpassade logotyp ska då finnas på kontot igen. Det visas som något att ordna.",
        "button": "Återkalla undantaget",
        "form": form,
        "back_url": reverse("accounts:account-sender", args=[pk]),
        "back_text": "Avsändare och logotyp",
    }
    return render(request, "components/confirm.html", context)
