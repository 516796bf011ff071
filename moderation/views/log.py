"""Logging a post, and keeping more of one afterwards."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from laholm_sociala.common.in_memory import files_in_memory, let_go
from laholm_sociala.common.views import refusal_in
from moderation.forms.log import CopyForm, LogForm
from moderation.models import Case
from moderation.receipts import logged
from moderation.services import log, pending
from moderation.services.doors import may_act
from moderation.views.visible import visible_case


@require_http_methods(["GET", "POST"])
@files_in_memory
def case_log(request: HttpRequest) -> HttpResponse:
    """What was found, where, and what it is about. Then the sentence that matters."""
    now = timezone.now()
    if not log.accounts_to_log_on(request.user, now).exists():
        raise PermissionDenied
    if request.method == "GET":
        form = LogForm(by=request.user, now=now, wanted=request.GET.get("konto", ""))
        return render(request, "moderation/case_log.html", {"form": form})
    form = LogForm(request.POST, request.FILES, by=request.user, now=now, let_go=let_go(request))
    if form.is_valid():
        with refusal_in(form):
            opened = log.log_post(form.post(), by=request.user, now=now)
            return _to_the_case(request, opened.case, joined=opened.joined, discarded=form.discarded)
    if form.no_copy:
        pending.let_go(by=request.user)
    else:
        form.show_waiting(pending.keep_waiting(form.new_pictures, by=request.user, now=now))
    return render(request, "moderation/case_log.html", {"form": form})


@require_http_methods(["GET", "POST"])
@files_in_memory
def case_copy_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """More pictures of a post, or its text where none is kept."""
    case = visible_case(request, pk)
    if not may_act(case, request.user, timezone.now()):
        raise PermissionDenied
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CopyForm(*posted, has_text=bool(case.content.text), let_go=let_go(request) if posted else ())
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            kept = {"pictures": form.cleaned_data["pictures"], "text": form.cleaned_data.get("text", "")}
            log.add_copy(pk, **kept, by=request.user, now=timezone.now())
            messages.success(request, "Kopian är sparad.")
            return redirect("moderation:case-detail", pk)
    return render(request, "moderation/case_copy_add.html", {"case": case, "form": form})


def _to_the_case(request: HttpRequest, case: Case, *, joined: bool, discarded: bool) -> HttpResponse:
    now = timezone.now()
    seen = Case.objects.visible_to(request.user, timezone.localdate(now)).filter(pk=case.pk).exists()
    messages.success(request, logged(case, joined=joined, discarded=discarded, seen=seen, now=now))
    return redirect("moderation:case-detail", case.pk) if seen else redirect("moderation:case-log")
