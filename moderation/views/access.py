"""Who may read what may be secret, who has read it, and that somebody else looks at that (R15)."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.services import access as access_to_the_diary
from laholm_sociala.common.paging import LongList
from laholm_sociala.common.views import refusal_as_message, refusal_in
from moderation.forms.access import GrantForm, ReviewForm
from moderation.models import REVIEW_ACCESS, AccessReview, Case, month_of
from moderation.services import access
from moderation.views.visible import visible_case

PER_PAGE: Final = 50


def case_to_open(request: HttpRequest, pk: UUID) -> Case:
    """Return a post that may be secret (or 404) to one who says who else may read it (or 403)."""
    case = visible_case(request, pk)
    if not case.is_restricted:
        raise Http404
    if not access.may_grant(case, request.user, timezone.now()):
        raise PermissionDenied
    return case


@require_http_methods(["GET", "POST"])
def case_access(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who may read the post, and one more. Nothing of what it says."""
    case = case_to_open(request, pk)
    form = GrantForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            granted = access.grant_access(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"{granted.user.short_name} får nu läsa inlägget.")
            return redirect("moderation:case-access", pk)
    context = {"case": case, "form": form, "granted": access.granted(case)}
    return render(request, "moderation/case_access.html", context)


@require_POST
def case_access_end(request: HttpRequest, pk: UUID, access_pk: UUID) -> HttpResponse:
    """Let a person no longer read the post."""
    case = case_to_open(request, pk)
    get_object_or_404(case.access, pk=access_pk)
    with refusal_as_message(request):
        ended = access.end_access(access_pk, by=request.user, now=timezone.now())
        messages.success(request, f"{ended.user.short_name} får inte längre läsa inlägget.")
    return redirect("moderation:case-access", pk)


@require_GET
def access_review_list(request: HttpRequest) -> HttpResponse:
    """The months in which something that may be secret was read, those to go through first."""
    if not request.user.boards_with(REVIEW_ACCESS):
        raise PermissionDenied
    reviews = AccessReview.objects.visible_to(request.user).presented()
    context = {
        "due": reviews.due(timezone.localdate()).order_by("month", "board__order"),
        "done": LongList(reviews.filter(reviewed_at__isnull=False), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "moderation/access_review_list.html", context)


@require_http_methods(["GET", "POST"])
def access_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who read what and when during a month, and that it has been gone through."""
    review = get_object_or_404(AccessReview.objects.visible_to(request.user).presented(), pk=pk)
    form = ReviewForm(request.POST or None)
    if request.method == "POST":
        form = ReviewForm(request.POST)
        if form.is_valid():
            with refusal_in(form):
                access.review_access(pk, **form.cleaned_data, by=request.user, now=timezone.now())
                messages.success(request, f"{review} är genomgången.")
                return redirect("moderation:access-review-list")
    readings = access.readings(review)
    context = {
        "review": review,
        "form": form,
        "readings": LongList(readings, PER_PAGE).get_page(request.GET.get("page")),
        "in_the_diary": access_to_the_diary.readings(review.board, review.month),
        "own": access.has_read_in(review, request.user),
        "is_over": review.month < month_of(timezone.localdate()),
    }
    return render(request, "moderation/access_review.html", context)
