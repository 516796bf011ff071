"""Kommunikationsenheten takes in and registers; accounts are taken into use (R05, R06)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.enums import AccountStatus, ApplicationStatus
from accounts.forms.register import NameManagerForm, RegisterForm, SendBackToApplicantForm, TakeIntoUseForm
from accounts.models import Account
from accounts.services import applications, decisions, register
from accounts.sign_in import sign_in_method
from accounts.views.applications import PAGE_SIZE, visible_application
from accounts.workflow import WHY_NOT
from laholm_sociala.common.views import refusal_in, requires


@require_http_methods(["GET", "POST"])
@requires("accounts.register_application")
def application_register(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read, write the consultation, register: a receipt, not an approval."""
    application = visible_application(request, pk)
    if request.method == "GET" and application.status != ApplicationStatus.APPROVED:
        messages.warning(request, WHY_NOT[ApplicationStatus(application.status)])
        return redirect("accounts:application-detail", pk)
    form = RegisterForm(request.POST or None, initial=RegisterForm.first_words(application))
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            account = register.register(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"{account} är registrerat som planerat. De som sköter kontot får mejl.")
            return redirect("accounts:account-detail", account.pk)
    return render(request, "accounts/application_register.html", {"application": application, "form": form})


@require_http_methods(["GET", "POST"])
@requires("accounts.register_application")
def application_void_approval(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send an approved application back to the applicant; the approval is void."""
    application = visible_application(request, pk)
    form = SendBackToApplicantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            method = sign_in_method(request)
            comment = form.cleaned_data["comment"]
            decisions.void_approval(pk, comment=comment, sign_in_method=method, by=request.user, now=timezone.now())
            messages.success(request, "Uppstarten är tillbaka hos den som fyllde i den.")
            return redirect("accounts:application-detail", pk)
    return render(request, "components/confirm.html", _void_page(application, form))


@require_http_methods(["GET", "POST"])
@requires("accounts.register_application")
def application_name_manager(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name who decides, where nobody up the unit tree can."""
    application = visible_application(request, pk)
    form = NameManagerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            manager = form.cleaned_data["manager"]
            applications.name_manager(pk, manager=manager, by=request.user, now=timezone.now())
            messages.success(request, f"{manager.presented_as} får mejl och beslutar.")
            return redirect("accounts:application-detail", pk)
    context = {
        "title": f"Vem beslutar om {application}?",
        "text": f"Den som fyllde i uppstarten är {application.applicant}. Ingen chef över den personen kan besluta.",
        "button": "Utse",
        "form": form,
        "back_url": reverse("accounts:application-detail", args=[pk]),
        "back_text": "Tillbaka till uppstarten",
    }
    return render(request, "components/confirm.html", context)


@require_GET
def my_accounts(request: HttpRequest) -> HttpResponse:
    """What the person looks after or leads."""
    accounts = Account.objects.visible_to(request.user, timezone.localdate()).exclude(status=AccountStatus.CLOSED)
    page = Paginator(accounts.select_related("platform", "unit").order_by("sort_key", "id"), PAGE_SIZE)
    return render(request, "accounts/my_accounts.html", {"page": page.get_page(request.GET.get("page"))})


@require_http_methods(["GET", "POST"])
def account_take_into_use(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm the address; from now on the account is on the public list."""
    account = visible_account(request, pk)
    if not register.may_take_into_use(account, request.user, timezone.now()):
        raise PermissionDenied
    form = TakeIntoUseForm(request.POST or None, initial={"web_address": account.web_address})
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            register.take_into_use(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"{account} är i bruk och syns på den offentliga listan.")
            return redirect("accounts:account-detail", pk)
    context = {
        "title": f"Ta {account} i bruk",
        "text": "När du bekräftar adressen syns kontot på kommunens offentliga lista.",
        "button": "Ta i bruk",
        "form": form,
        "back_url": reverse("accounts:account-detail", args=[pk]),
        "back_text": "Tillbaka till kontot",
    }
    return render(request, "components/confirm.html", context)


def visible_account(request: HttpRequest, pk: UUID) -> Account:
    """Return the account, or 404 where the person has nothing to do with it."""
    visible = Account.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(
        visible.select_related("platform", "unit__parent", "board", "application__applicant__unit"), pk=pk
    )


def _void_page(application: object, form: SendBackToApplicantForm) -> dict[str, object]:
    return {
        "title": f"Skicka tillbaka {application}",
        "button": "Skicka tillbaka",
        "form": form,
        "back_url": reverse("accounts:application-register", args=[application.pk]),  # type: ignore[attr-defined]
        "back_text": "Tillbaka till uppstarten",
    }
