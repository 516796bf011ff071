"""The guideline: what it asks, by versions, and kommunstyrelsen's reviews (R12, R38)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms.guideline import GuidelineForm, ReviewForm
from accounts.models import Guideline, GuidelineReview
from accounts.services import guideline as services
from accounts.services.limits import EDIT_GUIDELINE, guideline_now
from accounts.views.deadline_change import confirm_change, is_confirmed, is_sent, moved_in_words
from laholm_sociala.common.swedish import date_in_words
from laholm_sociala.common.views import refusal_in, requires

TITLE = "Ändra riktlinjen"


@require_GET
@requires(EDIT_GUIDELINE)
def guideline(request: HttpRequest) -> HttpResponse:
    current, *earlier = Guideline.objects.all()
    due = services.review_due(current)
    context = {
        "guideline": current,
        "earlier": earlier,
        "reviews": GuidelineReview.objects.all(),
        "review_due": due,
        "review_soon": due.year <= timezone.localdate().year,
    }
    return render(request, "accounts/calendar/guideline.html", context)


@require_http_methods(["GET", "POST"])
@requires(EDIT_GUIDELINE)
def guideline_change(request: HttpRequest) -> HttpResponse:
    current = guideline_now()
    first = {**GuidelineForm.first_words(current), "seen": current.version}
    form = GuidelineForm(request.POST or None, initial=first)
    if is_sent(request) and form.is_valid():
        now = timezone.now()
        with refusal_in(form):
            if is_confirmed(request):
                seen = form.cleaned_data["seen"]
                moved = services.change_guideline(form.details(), seen=seen, by=request.user, now=now)
                messages.success(request, f"Ändringen gäller från nu. {moved_in_words(moved)}")
                return redirect("accounts:guideline")
            preview = services.preview_guideline(form.details(), now=now)
            return confirm_change(request, form, preview, title=TITLE)
    return render(request, "accounts/calendar/guideline_change.html", {"form": form, "title": TITLE})


@require_http_methods(["GET", "POST"])
@requires(EDIT_GUIDELINE)
def guideline_review(request: HttpRequest) -> HttpResponse:
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        with refusal_in(form):
            due = services.record_review(**form.cleaned_data, by=request.user, now=now)
            next_time = date_in_words(due, timezone.localdate(now))
            messages.success(request, f"Prövningen är antecknad. Nästa ska vara gjord senast {next_time}.")
            return redirect("accounts:guideline")
    return render(request, "accounts/calendar/guideline_review.html", {"form": form})
