"""The uppdragsbeskrivning: what the account is for, and its versions."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms.keeping import MissionForm
from accounts.models import MissionStatement
from accounts.services import mission
from accounts.views.keeping import account_to_keep
from accounts.views.register import visible_account
from laholm_sociala.common.swedish import file_name_words
from laholm_sociala.common.views import refusal_in


@require_http_methods(["GET", "POST"])
def account_mission(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the account is for, to change, and the versions there have been."""
    account, may_change = account_to_keep(request, pk)
    form = MissionForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            mission.change_mission(pk, form.mission(), by=request.user, now=timezone.now())
            messages.success(request, "Uppdragsbeskrivningen är sparad. En ny version som PDF finns här om en stund.")
            return redirect("accounts:account-detail", pk)
    versions = account.mission_statements.defer("pdf", "content").select_related("made_by__unit")
    context = {"account": account, "form": form, "may_change": may_change, "versions": versions}
    return render(request, "accounts/keeping/mission.html", context)


@require_GET
def account_mission_pdf(request: HttpRequest, pk: UUID, version: int) -> HttpResponse:
    """One version of the uppdragsbeskrivning, byte for byte as it was made."""
    account = visible_account(request, pk)
    statement = get_object_or_404(MissionStatement, account=account, version=version)
    name = f"uppdragsbeskrivning-{file_name_words(account.name) or 'konto'}-{version}.pdf"
    response = HttpResponse(bytes(statement.pdf), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
