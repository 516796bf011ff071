"""Who looks after an account: today, and on any day."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.forms.keeping import AppointForm, EndAssignmentForm, OnDayForm
from accounts.models import Account, Assignment
from accounts.services import assignments
from accounts.services.keepers import may_keep
from accounts.views.keeping import account_to_keep
from accounts.views.register import visible_account
from laholm_sociala.common.swedish import date_in_words
from laholm_sociala.common.views import refusal_in


@require_http_methods(["GET", "POST"])
def account_people(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everyone who has looked after the account, who did on a day, and someone new."""
    account, may_change = account_to_keep(request, pk)
    today = timezone.localdate()
    form = AppointForm(request.POST or None, initial={"from_date": today})
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            made = assignments.appoint(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            since = date_in_words(made.from_date, today)
            messages.success(request, f"{made.user} är {made.get_duty_display().lower()} från och med {since}.")
            return redirect("accounts:account-people", pk)
    context = {"account": account, "form": form, "may_change": may_change, "today": today}
    return render(request, "accounts/keeping/people.html", context | _who_and_when(request, account))


@require_http_methods(["GET", "POST"])
def assignment_end(request: HttpRequest, pk: UUID, assignment_pk: UUID) -> HttpResponse:
    """Say which day is someone's last, or that a duty never begins."""
    account = visible_account(request, pk)
    assignment = get_object_or_404(account.assignments.select_related("user__unit"), pk=assignment_pk)
    if not may_keep(account, request.user, timezone.now()):
        raise PermissionDenied
    today = timezone.localdate()
    has_begun = assignment.from_date <= today
    # What has not begun is taken away: the form asks for no day, and today is before its first.
    form = EndAssignmentForm(request.POST or None, initial={"last_day": assignment.to_date or today})
    if not has_begun:
        form = EndAssignmentForm({"last_day": today.isoformat()} if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            assignments.end(assignment_pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, _ended(assignment, form.cleaned_data["last_day"]))
            return redirect("accounts:account-people", pk)
    return render(request, "accounts/keeping/end.html", _end_page(account, assignment, form, has_begun=has_begun))


def _who_and_when(request: HttpRequest, account: Account) -> dict[str, object]:
    ask = OnDayForm(request.GET if "datum" in request.GET else None)
    day = ask.cleaned_data["datum"] if ask.is_bound and ask.is_valid() else None
    held = account.assignments.select_related("user__unit").order_by("-from_date", "duty")
    return {"ask": ask, "day": day, "on_day": assignments.on_day(account, day) if day else [], "held": held}


def _ended(assignment: Assignment, last_day: object) -> str:
    duty = assignment.get_duty_display().lower()
    if assignment.from_date > last_day:  # type: ignore[operator]
        return f"{assignment.user} blir inte {duty}."
    return f"{assignment.user} är {duty} till och med {date_in_words(last_day, timezone.localdate())}."  # type: ignore[arg-type]


def _end_page(
    account: Account, assignment: Assignment, form: EndAssignmentForm, *, has_begun: bool
) -> dict[str, object]:
    duty = assignment.get_duty_display().lower()
    title = f"När slutar {assignment.user.in_sentence} som {duty}?"
    if not has_begun:
        title = f"Ska {assignment.user.in_sentence} inte bli {duty}?"
    return {
        "title": title,
        "text": "" if has_begun else "Uppdraget har inte börjat och tas bort.",
        "button": "Spara" if has_begun else "Ta bort uppdraget",
        "form": form,
        "ask_for_day": has_begun,
        "back_url": reverse("accounts:account-people", args=[account.pk]),
        "back_text": "Vem sköter kontot?",
    }
