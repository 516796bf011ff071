"""Dokumenthanteringsplan: its versions, its rules, and the decision that gives it force (R17)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.enums import PlanStatus
from archive.forms.retention import DecisionForm, RuleForm
from archive.models import DECIDE_DISPOSAL, PREPARE_DISPOSAL, RetentionPlan
from archive.plan_page import changed_since, rules_by_group
from archive.services.retention_plan import change_rule, decide_plan, propose_plan
from archive.views.gallring import known_type, require_permission, visible_board
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.views import refusal_as_message, refusal_in


def visible_plan(request: HttpRequest, pk: UUID) -> RetentionPlan:
    """Return the plan, or 404 to those who have no part in the board's gallring."""
    plans = RetentionPlan.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(plans.select_related("board", "recorded_by__unit"), pk=pk)


@require_GET
def plan_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The board's plans, the newest first."""
    board = visible_board(request, pk)
    plans = list(board.retention_plans.order_by("-version"))
    proposed = any(plan.status == PlanStatus.PROPOSED for plan in plans)
    may_propose = request.user.may(PREPARE_DISPOSAL, board) and not proposed
    context = {"board": board, "plans": plans, "may_propose": may_propose}
    return render(request, "archive/retention/plan_list.html", context)


@require_POST
def plan_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a new proposal, from the newest version or from the ready starting plan."""
    board = visible_board(request, pk)
    require_permission(request, board, PREPARE_DISPOSAL)
    with refusal_as_message(request):
        plan = propose_plan(board, by=request.user, now=timezone.now())
        messages.success(request, "Förslaget är gjort. Gå igenom reglerna innan nämnden beslutar.")
        return redirect("archive:plan-detail", plan.pk)
    return redirect("archive:plan-list", pk)


@require_GET
def plan_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the plan says of every handlingstyp, and by which decision."""
    plan = visible_plan(request, pk)
    is_proposed = plan.status == PlanStatus.PROPOSED
    before = plan.board.retention_plans.decided().order_by("-version").first() if is_proposed else None
    context = {
        "plan": plan,
        "before": before,
        "changed": changed_since(before, plan) if before else [],
        "groups": rules_by_group(plan),
        "may_change": is_proposed and request.user.may(PREPARE_DISPOSAL, plan.board),
        "may_decide": is_proposed and request.user.may(DECIDE_DISPOSAL, plan.board),
    }
    return render(request, "archive/retention/plan_detail.html", context)


@require_http_methods(["GET", "POST"])
def plan_rule(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Change what a proposal says of a handlingstyp."""
    plan, one = visible_plan(request, pk), known_type(code)
    require_permission(request, plan.board, PREPARE_DISPOSAL)
    first = RuleForm.first_words(plan.rules.filter(record_type=code).first())
    form = RuleForm(request.POST or None, initial=first, record_type=one)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            rule = change_rule(pk, code, form.terms(), by=request.user, now=timezone.now())
            messages.success(request, f"{one.name}: {rule.in_words}.")
            return redirect("archive:plan-detail", pk)
    context = {
        "title": one.name,
        "text": "Nämnden bestämmer tiden. Det som står här är ett förslag tills nämnden har beslutat.",
        "button": "Spara",
        "form": form,
        "back_url": reverse("archive:plan-detail", args=[pk]),
        "back_text": f"Dokumenthanteringsplan, version {plan.version}",
    }
    return render(request, "components/confirm.html", context)


@require_http_methods(["GET", "POST"])
def plan_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record the board's gallringsbeslut."""
    plan = visible_plan(request, pk)
    require_permission(request, plan.board, DECIDE_DISPOSAL)
    form = DecisionForm(request.POST or None, initial=DecisionForm.first_words(plan))
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            decide_plan(pk, form.decision(), by=request.user, now=timezone.now())
            messages.success(request, "Beslutet är antecknat. Reglerna ändras inte längre.")
            return redirect("archive:plan-detail", pk)
    context = {
        "title": "Anteckna nämndens beslut",
        "text": "Sedan gäller planen, och reglerna kan inte ändras. En ändring görs i en ny version.",
        "button": "Anteckna beslutet",
        "form": form,
        "back_url": reverse("archive:plan-detail", args=[pk]),
        "back_text": f"Dokumenthanteringsplan, version {plan.version}",
    }
    return render(request, "components/confirm.html", context)


@require_GET
def plan_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who prepared and recorded the plan, and when."""
    plan = visible_plan(request, pk)
    back = reverse("archive:plan-detail", args=[pk])
    return show_history(request, plan, title=str(plan), back_url=back, back_text=f"Version {plan.version}")
