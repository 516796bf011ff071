"""The login, the administrators on the platform, the profile, and what visitors are told."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.enums import AccountStatus, ExemptionStatus
from accounts.forms.keeping import AdministratorForm, LoginForm, ProfileForm
from accounts.models import Account
from accounts.services import keeping
from accounts.services.keepers import KEEP, may_keep
from accounts.views.register import visible_account
from accounts.visitors import short_text, whole_text
from laholm_sociala.common.views import refusal_as_message, refusal_in


def account_to_keep(request: HttpRequest, pk: UUID) -> tuple[Account, bool]:
    """Return the account (or 404) and whether the person may change its keeping; 403 for a change by others."""
    account = visible_account(request, pk)
    keeps = may_keep(account, request.user, timezone.now())
    if request.method == "POST" and not keeps:
        raise PermissionDenied
    return account, keeps and account.status != AccountStatus.CLOSED


@require_http_methods(["GET", "POST"])
def account_login(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the login details are kept and who reaches them; never the details."""
    account, may_change = account_to_keep(request, pk)
    written = {"kept": account.login_kept, "reached_by": account.login_reached_by}
    form = LoginForm(request.POST or None, initial=written)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            keeping.record_login(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, "Det är antecknat, och räknas som bekräftat i dag.")
            return redirect("accounts:account-detail", pk)
    context = {"account": account, "form": form, "may_change": may_change}
    return render(request, "accounts/keeping/login.html", context)


@require_POST
def account_login_verify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm that what is written about the login still holds."""
    account_to_keep(request, pk)
    with refusal_as_message(request):
        keeping.verify_login(pk, by=request.user, now=timezone.now())
        messages.success(request, "Inloggningen är bekräftad i dag.")
    return redirect("accounts:account-detail", pk)


@require_http_methods(["GET", "POST"])
def account_administrators(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who are administrators on the platform itself, and one more."""
    account, may_change = account_to_keep(request, pk)
    form = AdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            user = form.cleaned_data["user"]
            keeping.add_platform_administrator(pk, user=user, by=request.user, now=timezone.now())
            messages.success(request, f"{user} står nu som administratör på {account.platform.name}.")
            return redirect("accounts:account-administrators", pk)
    administrators = account.platform_administrators.select_related("user__unit").order_by("user__sort_key")
    context = {"account": account, "form": form, "may_change": may_change, "administrators": administrators}
    return render(request, "accounts/keeping/administrators.html", context)


@require_POST
def account_administrator_remove(request: HttpRequest, pk: UUID, administrator_pk: UUID) -> HttpResponse:
    """Write down that a person is no longer administrator on the platform."""
    account, _may_change = account_to_keep(request, pk)
    administrator = get_object_or_404(account.platform_administrators.select_related("user__unit"), pk=administrator_pk)
    with refusal_as_message(request):
        keeping.remove_platform_administrator(administrator_pk, by=request.user, now=timezone.now())
        messages.success(request, f"{administrator.user} står inte längre som administratör.")
    return redirect("accounts:account-administrators", pk)


@require_http_methods(["GET", "POST"])
def account_sender(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whether the profile says who the sender is, and carries the logo."""
    account, may_change = account_to_keep(request, pk)
    confirmed = {"sender": account.sender_confirmed_on is not None, "logo": account.logo_confirmed_on is not None}
    form = ProfileForm(request.POST or None, initial=confirmed)
    # A form whose boxes are all empty sends nothing but the token, and that too is an answer.
    if request.method == "POST":
        form = ProfileForm(request.POST)
        form.is_valid()
        with refusal_in(form):
            keeping.confirm_profile(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, "Det är sparat.")
            return redirect("accounts:account-detail", pk)
    newest = account.logo_exemptions.select_related("decided_by__unit", "revoked_by__unit").first()
    context = {
        "account": account,
        "form": form,
        "may_change": may_change,
        "exemption": newest,
        "may_ask": newest is None or newest.status not in {ExemptionStatus.REQUESTED, ExemptionStatus.GRANTED},
        "may_revoke": request.user.may(KEEP),
    }
    return render(request, "accounts/keeping/sender.html", context)


@require_http_methods(["GET", "POST"])
def account_visitors(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The visitor information to copy, and that it stands on the platform."""
    account, may_change = account_to_keep(request, pk)
    if request.method == "POST":
        with refusal_as_message(request):
            keeping.confirm_visitors_told(pk, by=request.user, now=timezone.now())
            messages.success(request, "Det är bekräftat att besökarinformationen finns på plattformen.")
        return redirect("accounts:account-detail", pk)
    context = {
        "account": account,
        "may_change": may_change,
        "whole_text": whole_text(account),
        "short_text": short_text(account, account.platform.profile_limit),
        "public_url": settings.PUBLIC_URL + reverse("accounts:public-account", args=[pk]),
    }
    return render(request, "accounts/keeping/visitors.html", context)
