"""A planned major change is announced, or taken back (R19)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.services.keepers import may_keep
from archive.forms.planned_change import PlannedChangeForm
from archive.services.planned_changes import announce_change, withdraw_change
from archive.views.snapshots import account_seen
from laholm_sociala.common.views import refusal_as_message, refusal_in


@require_http_methods(["GET", "POST"])
def change_plan(request: HttpRequest, account_pk: UUID) -> HttpResponse:
    """Say what is to change, and when."""
    account = account_seen(request, account_pk)
    if not may_keep(account, request.user, timezone.now()):
        raise PermissionDenied
    form = PlannedChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            announce_change(account_pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, "Ändringen är anmäld. Ta en ögonblicksbild innan du ändrar.")
            return redirect("archive:snapshot-timeline", account_pk)
    context = {
        "title": "Planera en större ändring",
        "text": f"{account} sparas som ögonblicksbild innan sidan ändras mycket.",
        "button": "Anmäl ändringen",
        "form": form,
        "back_url": reverse("archive:snapshot-timeline", args=[account_pk]),
        "back_text": "Ögonblicksbilderna",
    }
    return render(request, "components/confirm.html", context)


@require_http_methods(["GET", "POST"])
def change_withdraw(request: HttpRequest, account_pk: UUID, pk: UUID) -> HttpResponse:
    """Take it back: nothing is to change after all."""
    account = account_seen(request, account_pk)
    change = get_object_or_404(account.planned_changes, pk=pk)
    if not may_keep(account, request.user, timezone.now()):
        raise PermissionDenied
    if request.method == "POST":
        with refusal_as_message(request):
            withdraw_change(pk, by=request.user, now=timezone.now())
            messages.success(request, "Ändringen är återtagen. Ingen ögonblicksbild behövs för den.")
        return redirect("archive:snapshot-timeline", account_pk)
    context = {
        "title": "Ska ändringen inte göras?",
        "text": f"”{change.what}” tas tillbaka. Det som redan är sparat finns kvar.",
        "button": "Ta tillbaka ändringen",
        "back_url": reverse("archive:snapshot-timeline", args=[account_pk]),
        "back_text": "Ögonblicksbilderna",
    }
    return render(request, "components/confirm.html", context)
