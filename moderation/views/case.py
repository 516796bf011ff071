"""One post: reading it, what is done with it, and how it is kept."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.services.terms import terms_for
from laholm_sociala.common.views import refusal_in
from moderation.enums import CaseStatus, Lane, ViewedPart
from moderation.forms.case import ActForm, SettleForm
from moderation.limit_in_words import limit_of
from moderation.models import OVERSEE, Case, ReplyText
from moderation.receipts_case import done, settled
from moderation.services.access import note_view
from moderation.services.deciding import act_and_settle
from moderation.services.doors import may_act
from moderation.services.handing_over import handovers_of
from moderation.services.settling import settle
from moderation.timeline import timeline
from moderation.views.visible import visible_case


@require_http_methods(["GET", "POST"])
def case_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read it, and say what is done with it. Reading changes nothing but the note that it was read."""
    case = visible_case(request, pk)
    if request.method == "GET":
        return _show(request, case)
    _require_may_act(request, case)
    form = _act_form(request, case, request.POST)
    if form.is_valid():
        with refusal_in(form):
            how = {"version": form.cleaned_data["version"], "by": request.user, "now": timezone.now()}
            acted = act_and_settle(pk, form.deed(), form.settlement(), **how)
            messages.success(request, done(acted, form.deed().kind))
            return redirect("moderation:case-detail", pk)
    return _show(request, visible_case(request, pk), form)


@require_http_methods(["GET", "POST"])
def case_settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How a decided post is kept. Its page has the form."""
    case = visible_case(request, pk)
    _require_may_act(request, case)
    if request.method == "GET":
        return redirect("moderation:case-detail", pk)
    form = SettleForm(request.POST, case=case)
    if form.is_valid():
        with refusal_in(form):
            how = {"version": form.cleaned_data["version"], "by": request.user, "now": timezone.now()}
            messages.success(request, settled(settle(pk, form.settlement(), **how)))
            return redirect("moderation:case-detail", pk)
    return _show(request, visible_case(request, pk), form)


def _show(request: HttpRequest, case: Case, form: SettleForm | None = None) -> HttpResponse:
    now = timezone.now()
    note_view(case, ViewedPart.CONTENT, by=request.user, now=now)
    can_act = may_act(case, request.user, now)
    if form is not None:
        form.bind_to(case)
    elif can_act:
        form = _open_form(request, case)
    context = {
        "case": case,
        "form": form,
        "may_act": can_act,
        "may_advise": can_act and request.user.may(OVERSEE),
        "limit": limit_of(case, terms_for(case.guideline_id, case.calendar_version_id), now),
        "entries": timeline(case.actions.select_related("by__unit"), request.user),
        "reports": case.reports.select_related("content"),
        "copies": [] if case.copy_forbidden else list(case.evidence.all()),
        "handovers": handovers_of(case),
        "must_assess": case.lane == Lane.OWN_POST and case.incident_assessed_at is None,
        "reply_texts": ReplyText.objects.usable_by(request.user),
    }
    return render(request, "moderation/case_detail.html", context)


def _open_form(request: HttpRequest, case: Case) -> SettleForm | None:
    """The form for what is left to do: decide, or settle; nothing where the incident is to be assessed first."""
    if case.status == CaseStatus.NEW:
        return _act_form(request, case)
    waits = case.status == CaseStatus.DECIDED
    if not waits or (case.lane == Lane.OWN_POST and case.incident_assessed_at is None):
        return None
    return SettleForm(case=case)


def _act_form(request: HttpRequest, case: Case, data: Any = None) -> ActForm:
    has_copy = bool(case.content.text.strip()) or case.evidence.exists()
    return ActForm(data, case=case, has_copy=has_copy, answer=_ready_answer(request))


def _ready_answer(request: HttpRequest) -> str:
    """The text that somebody chose among their ready ones."""
    chosen = request.GET.get("svarstext", "")
    if not chosen:
        return ""
    return next((ready.text for ready in ReplyText.objects.usable_by(request.user) if str(ready.pk) == chosen), "")


def _require_may_act(request: HttpRequest, case: Case) -> None:
    if not may_act(case, request.user, timezone.now()):
        raise PermissionDenied
