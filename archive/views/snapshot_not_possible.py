"""The manager says that a snapshot before closing cannot be taken, and why (R20)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from archive.forms.snapshots import NotPossibleForm
from archive.services.snapshots import could_not_be_taken, may_say_it_cannot_be_taken
from archive.views.snapshots import account_seen
from laholm_sociala.common.views import refusal_in


@require_http_methods(["GET", "POST"])
def snapshot_not_possible(request: HttpRequest, account_pk: UUID) -> HttpResponse:
    """Write down why it cannot be taken."""
    account = account_seen(request, account_pk)
    if not may_say_it_cannot_be_taken(account, request.user, timezone.now()):
        raise PermissionDenied
    form = NotPossibleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            could_not_be_taken(account_pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, "Det är antecknat att ögonblicksbilden inte kan tas.")
            return redirect("accounts:account-detail", account_pk)
    context = {
        "title": "Kan ögonblicksbilden inte tas?",
        "text": f"Bara när {account} är kapat eller redan borta. Finns det egna skärmbilder, skicka dem i stället. "
        "Ditt ord står kvar bland kontots ögonblicksbilder.",
        "button": "Intyga att den inte kan tas",
        "form": form,
        "back_url": reverse("archive:snapshot-timeline", args=[account_pk]),
        "back_text": "Ögonblicksbilderna",
    }
    return render(request, "components/confirm.html", context)
