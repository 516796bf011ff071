"""An ärende: what it is about and its handlingar."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.forms.diary import ReasonForm
from archive.forms.matter_choice import MatterSearchForm
from archive.models import Matter
from archive.services import diary
from archive.views.diary import for_registrars
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.views import refusal_as_message, refusal_in


def visible_matter(request: HttpRequest, pk: UUID) -> Matter:
    """Return the ärende, or 404 to those who do not register for its board."""
    matters = Matter.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(matters.select_related("board", "account__platform", "case_officer__unit"), pk=pk)


@require_GET
@for_registrars
def matter_search(request: HttpRequest) -> HttpResponse:
    """The choice of ärende as it is while something is typed: only of the person's own boards."""
    form = MatterSearchForm(user=request.user, asked=request.GET)
    return render(request, "archive/parts/matter_choice.html", {"form": form})


@require_GET
def matter_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that is written of the ärende, and its handlingar in order."""
    matter = visible_matter(request, pk)
    context = {"matter": matter, "documents": matter.documents.order_by("number")}
    return render(request, "archive/matter_detail.html", context)


@require_POST
def matter_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close it."""
    matter = visible_matter(request, pk)
    with refusal_as_message(request):
        diary.close_matter(pk, by=request.user, now=timezone.now())
        messages.success(request, f"{matter} är avslutat.")
    return redirect("archive:matter-detail", pk)


@require_http_methods(["GET", "POST"])
def matter_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open it again, and say why."""
    matter = visible_matter(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            diary.reopen_matter(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"{matter} är öppet igen.")
            return redirect("archive:matter-detail", pk)
    context = {
        "title": f"Öppna {matter} igen?",
        "button": "Öppna ärendet",
        "form": form,
        "back_url": reverse("archive:matter-detail", args=[pk]),
        "back_text": str(matter),
    }
    return render(request, "components/confirm.html", context)


@require_GET
def matter_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who changed what is written of the ärende, when and why."""
    matter = visible_matter(request, pk)
    back = reverse("archive:matter-detail", args=[pk])
    return show_history(request, matter, title=str(matter), back_url=back, back_text=str(matter))
