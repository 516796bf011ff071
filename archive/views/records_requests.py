"""Requests for public documents: taken down, listed, and what has become of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.enums import Assessment
from archive.forms.diary import ReasonForm
from archive.forms.records_request import LogRequestForm
from archive.models import REGISTER, RecordsRequest, RecordsRequestContact, RecordsRequestItem
from archive.models.records_request import RECEIVE
from archive.services import records_requests as service
from archive.services.masking import overlooked
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.paging import LongList
from laholm_sociala.common.views import refusal_in

PER_PAGE = 50


def for_receivers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in those who register for some board, and kommunikationsenheten; others get 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.boards_with(REGISTER) or request.user.may(RECEIVE)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def visible_request(request: HttpRequest, pk: UUID) -> RecordsRequest:
    """Return the request, or 404 to those who neither register for its board nor took it down."""
    visible = RecordsRequest.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(visible.presented(), pk=pk)


@require_GET
@for_receivers
def request_list(request: HttpRequest) -> HttpResponse:
    """The open ones first, the oldest at the top; then those that are answered."""
    visible = RecordsRequest.objects.visible_to(request.user, timezone.localdate()).presented()
    page = LongList(visible.exclude(closed_at=None).order_by("-closed_at", "id"), PER_PAGE)
    context = {"waiting": visible.open(), "page": page.get_page(request.GET.get("page"))}
    return render(request, "archive/request_list.html", context)


@require_http_methods(["GET", "POST"])
@for_receivers
def request_log(request: HttpRequest) -> HttpResponse:
    """Take a request down."""
    form = LogRequestForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            made = service.log_request(**form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, "Begäran är antecknad. Den ska besvaras skyndsamt.")
            return redirect("archive:request-detail", made.pk)
    return render(request, "archive/request_log.html", {"form": form})


@require_GET
def request_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was asked for, what is gathered, how it is judged, and what comes next."""
    asked = visible_request(request, pk)
    items = list(
        RecordsRequestItem.objects.readable_by(request.user)
        .filter(request=asked)
        .select_related("content")
        .prefetch_related("masks")
    )
    left = sum(not item.assessment for item in items)
    unmasked = overlooked(items) if asked.is_open else []
    context = {
        "asked": asked,
        "items": items,
        "overlooked": unmasked,
        "overlooked_in": {one.stands_in.pk for one in unmasked},
        "contact": RecordsRequestContact.objects.filter(request=asked).first(),
        "may_answer": request.user.may(REGISTER, asked.board),
        "left": left,
        "next_item": next((item for item in items if not item.assessment), None),
        "rest": sum(not item.assessment and not item.is_restricted for item in items),
        "all_withheld": all(item.assessment == Assessment.WITHHELD for item in items),
        "keeps_back": any(item.provision for item in items),
    }
    return render(request, "archive/request_detail.html", context)


@require_http_methods(["GET", "POST"])
def request_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a request that was taken back."""
    asked = answered_by(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            service.withdraw_request(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, "Begäran är avslutad.")
            return redirect("archive:request-detail", pk)
    context = {
        "title": "Togs begäran tillbaka?",
        "button": "Avsluta begäran",
        "form": form,
        "back_url": reverse("archive:request-detail", args=[pk]),
        "back_text": str(asked),
    }
    return render(request, "components/confirm.html", context)


@require_POST
def request_forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove where the answer was to go."""
    visible_request(request, pk)
    service.forget_contact(pk, by=request.user)
    messages.success(request, "Adressen är borttagen.")
    return redirect("archive:request-detail", pk)


@require_GET
def request_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who did what, when and why, with the prövning of each document."""
    asked = answered_by(request, pk)
    return show_history(
        request,
        asked,
        title=str(asked),
        back_url=reverse("archive:request-detail", args=[pk]),
        back_text=str(asked),
        parts=[RecordsRequestItem.history.filter(request=asked)],
    )


def answered_by(request: HttpRequest, pk: UUID) -> RecordsRequest:
    """Return the request to the board's registrator; 403 to others who may see it, 404 to the rest."""
    asked = visible_request(request, pk)
    if not request.user.may(REGISTER, asked.board):
        raise PermissionDenied
    return asked
