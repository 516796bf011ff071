"""An account is closed: why, what must be ready, and the manager's word (R20)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.closing import standing
from accounts.forms.closing import CloseForm
from accounts.models import Closing
from accounts.services import closing as service
from accounts.services.keepers import may_keep
from accounts.views.register import visible_account
from laholm_sociala.common.views import refusal_as_message, refusal_in


@require_http_methods(["GET", "POST"])
def account_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for an account to be closed."""
    account = visible_account(request, pk)
    if not may_keep(account, request.user, timezone.now()):
        raise PermissionDenied
    form = CloseForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            service.request_closing(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, "Kontot är under avveckling. Chefen får mejl, och bekräftar när allt är klart.")
            return redirect("accounts:account-closing", pk)
    context = {
        "title": f"Avsluta {account}",
        "text": "Kontot blir under avveckling. Innan det avslutas tas en ögonblicksbild, inläggen granskas klart "
        "och chefen bekräftar. Ta inte bort kontot på plattformen före det.",
        "button": "Börja avveckla kontot",
        "form": form,
        "back_url": reverse("accounts:account-detail", args=[pk]),
        "back_text": "Kontot",
    }
    return render(request, "components/confirm.html", context)


@require_GET
def account_closing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How the closing stands: what is ready, what is left, and the manager's button."""
    closing = _closing(request, pk)
    now = timezone.now()
    standings = standing(closing) if closing.is_open else []
    context = {
        "closing": closing,
        "account": closing.account,
        "standings": standings,
        "is_ready": all(one.is_met for one in standings),
        "may_change": may_keep(closing.account, request.user, now),
        "may_confirm": service.may_confirm(closing, request.user, now),
        "unit": closing.unit_that_answers,
    }
    return render(request, "accounts/closing.html", context)


@require_POST
def closing_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The manager's word: the account is closed."""
    closing = _closing(request, pk)
    with refusal_as_message(request):
        service.confirm_closing(closing.pk, by=request.user, now=timezone.now())
        messages.success(request, "Kontot är avslutat. Nu kan det tas bort på plattformen.")
    return redirect("accounts:account-closing", pk)


@require_http_methods(["GET", "POST"])
def closing_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the account stay in use after all."""
    closing = _closing(request, pk)
    if not may_keep(closing.account, request.user, timezone.now()):
        raise PermissionDenied
    if request.method == "POST":
        with refusal_as_message(request):
            service.withdraw_closing(closing.pk, by=request.user, now=timezone.now())
            messages.success(request, "Avslutet är återtaget. Kontot är i bruk igen.")
        return redirect("accounts:account-detail", pk)
    context = {
        "title": f"Ska {closing.account} vara kvar?",
        "text": "Avslutet tas tillbaka och kontot är i bruk igen. Det som redan är sparat finns kvar.",
        "button": "Behåll kontot",
        "back_url": reverse("accounts:account-closing", args=[pk]),
        "back_text": "Avslutet",
    }
    return render(request, "components/confirm.html", context)


def _closing(request: HttpRequest, pk: UUID) -> Closing:
    """Return the account's newest closing that is not withdrawn, or 404."""
    account = visible_account(request, pk)
    closing = Closing.objects.presented().filter(account=account, withdrawn_at__isnull=True).first()
    if closing is None:
        raise Http404
    return closing
