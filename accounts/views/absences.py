"""Who is away when, and the days that leave an account without anyone (R10, R29)."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.coverage import (
    alone_some_day,
    days_alone_in_words,
    with_days_alone,
    working_days_ahead,
)
from accounts.forms.absence import AbsenceForm, DaysAwayForm
from accounts.models import Absence, Account, User
from accounts.models.absence import people_registered_by
from accounts.services import absences
from accounts.services.absences import days_of
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.views import refusal_as_message, refusal_in

EARLIER_SHOWN = 20


@require_http_methods(["GET", "POST"])
def absence_list(request: HttpRequest) -> HttpResponse:
    """One's own days away and those of the people one leads, one more, and the days that nobody is there."""
    now = timezone.now()
    today = timezone.localdate(now)
    people = people_registered_by(request.user, today).active().presented().order_by("sort_key", "title")
    form = AbsenceForm(request.POST or None, people=people, myself=request.user)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            days = {name: form.cleaned_data[name] for name in ("from_date", "to_date")}
            made = absences.register(form.cleaned_data["person"].pk, **days, by=request.user, now=now)
            messages.success(request, f"Antecknat: {made.user.short_name} är borta {days_of(made, today)}.")
            return redirect("accounts:absence-list")
    seen = Absence.objects.visible_to(request.user, today).select_related("user__unit")
    over = Q(to_date__lt=today)
    context = {
        "form": form,
        "absences": seen.exclude(over).order_by("from_date", "user__sort_key"),
        "earlier": seen.filter(over).order_by("-from_date")[:EARLIER_SHOWN],
        "uncovered": [(account, days_alone_in_words(account, today)) for account in _uncovered(request.user, now)],
        "today": today,
    }
    return render(request, "accounts/absences/absence_list.html", context)


@require_http_methods(["GET", "POST"])
def absence_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move the days, or say that the person is back."""
    absence, today = _visible_absence(request, pk), timezone.localdate()
    first_words = {"from_date": absence.from_date, "to_date": absence.to_date}
    form = DaysAwayForm(request.POST or None, initial=first_words)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            changed = absences.change(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"Ändrat: {absence.user.short_name} är borta {days_of(changed, today)}.")
            return redirect("accounts:absence-list")
    context = {"absence": absence, "form": form, "has_begun": absence.from_date < today}
    return render(request, "accounts/absences/absence_edit.html", context)


@require_POST
def absence_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The person is back, or does not go away at all."""
    absence = _visible_absence(request, pk)
    with refusal_as_message(request):
        absences.end(pk, by=request.user, now=timezone.now())
        back = absence.from_date < timezone.localdate()
        messages.success(
            request, f"{absence.user.short_name} är tillbaka i dag." if back else "Frånvaron är borttagen."
        )
    return redirect("accounts:absence-list")


@require_GET
def absence_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who changed the days, when and how."""
    absence = _visible_absence(request, pk)
    return show_history(
        request,
        absence,
        title=f"Frånvaro: {absence.user}",
        back_url=reverse("accounts:absence-list"),
        back_text="Frånvaro",
    )


def _visible_absence(request: HttpRequest, pk: UUID) -> Absence:
    seen = Absence.objects.visible_to(request.user, timezone.localdate())  # type: ignore[arg-type]
    return get_object_or_404(seen.select_related("user__unit"), pk=pk)


def _uncovered(user: User, now: datetime) -> QuerySet:
    """Return the accounts that the person looks after or leads, and that a coming day has nobody for."""
    days, today = working_days_ahead(now), timezone.localdate(now)
    theirs = Account.objects.looked_after_by(user, today) | Account.objects.led_by(user, today)
    accounts = theirs.filter(alone_some_day(days)).select_related("platform", "unit")
    return with_days_alone(accounts, days).order_by("sort_key", "id")
