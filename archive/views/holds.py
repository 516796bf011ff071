"""Gallringsstopp: placed, looked over and released (R07, R18); and what is asserted to be no longer relevant."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from archive.forms.retention import HoldForm, IrrelevantForm, ReviewHoldForm, WhyForm
from archive.hold_page import covered, read_objects
from archive.models import DECIDE_DISPOSAL, PREPARE_DISPOSAL, Hold
from archive.retention import automatic_holds
from archive.services.holds import Description, Stop, place_hold, release_hold, review_hold
from archive.services.irrelevance import assert_all_irrelevant, assert_irrelevant
from archive.views.gallring import known_type, require_permission, visible_board
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.swedish import count_in_words
from laholm_sociala.common.views import refusal_in


def visible_hold(request: HttpRequest, pk: UUID) -> Hold:
    """Return the gallringsstopp, or 404 to those who have no part in the board's gallring."""
    holds = Hold.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(holds.select_related("board", "placed_by__unit", "released_by__unit"), pk=pk)


@require_GET
def hold_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What holds at the board, what has been released, and what holds by itself."""
    board = visible_board(request, pk)
    holds = Hold.objects.filter(board=board)
    context = {
        "board": board,
        "active": holds.active().order_by("review_on", "name"),
        "released": holds.filter(released_at__isnull=False).order_by("-released_at")[:50],
        "automatic": list(dict.fromkeys(hold.name for hold in automatic_holds())),
        "may_place": request.user.may(PREPARE_DISPOSAL, board) or request.user.may(DECIDE_DISPOSAL, board),
    }
    return render(request, "archive/retention/hold_list.html", context)


@require_http_methods(["GET", "POST"])
def hold_place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Place a gallringsstopp: on the objects in the address, or by description."""
    board = visible_board(request, pk)
    require_permission(request, board, PREPARE_DISPOSAL, DECIDE_DISPOSAL)
    objects = read_objects(request.GET)
    form = HoldForm(request.POST or None, board=board, has_objects=bool(objects))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        described = [] if objects else [Description(given.pop("record_type"), given.pop("account"))]
        with refusal_in(form):
            stop = Stop(**given, objects=objects, descriptions=described)
            hold = place_hold(board, stop, by=request.user, now=timezone.now())
            messages.success(request, "Gallringsstoppet gäller.")
            return redirect("archive:hold-detail", hold.pk)
    chosen = count_in_words(len(objects), "vald handling", "valda handlingar") if objects else ""
    context = {
        "title": "Inför gallringsstopp",
        "text": f"{chosen}, och det som hör dit, hålls kvar tills stoppet hävs." if chosen else DESCRIBED,
        "button": "Inför gallringsstopp",
        "form": form,
        "back_url": reverse("archive:hold-list", args=[pk]),
        "back_text": "Gallringsstopp",
    }
    return render(request, "components/confirm.html", context)


DESCRIBED = "Det du beskriver hålls kvar tills stoppet hävs, också det som kommer till senare."


@require_GET
def hold_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it covers, why, and until when."""
    hold = visible_hold(request, pk)
    may_change = request.user.may(PREPARE_DISPOSAL, hold.board) or request.user.may(DECIDE_DISPOSAL, hold.board)
    context = {"hold": hold, "covered": covered(hold), "may_change": may_change and hold.is_active}
    return render(request, "archive/retention/hold_detail.html", context)


@require_http_methods(["GET", "POST"])
def hold_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let it hold on until its next review."""
    form = ReviewHoldForm(request.POST or None)
    text = "Stoppet fortsätter att gälla till dess."
    return _change(request, pk, form, review_hold, title="Förläng gallringsstoppet", button="Förläng", text=text)


@require_http_methods(["GET", "POST"])
def hold_release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Release it."""
    form = WhyForm(request.POST or None)
    text = "Det som inget annat håller kvar kan gallras när tiden är inne."
    return _change(request, pk, form, release_hold, title="Häv gallringsstoppet?", button="Häv", text=text)


def _change(request: HttpRequest, pk: UUID, form: Any, change: Any, **shown: str) -> HttpResponse:
    hold = visible_hold(request, pk)
    require_permission(request, hold.board, PREPARE_DISPOSAL, DECIDE_DISPOSAL)
    back = reverse("archive:hold-detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            change(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, "Gallringsstoppet är ändrat." if change is review_hold else "Stoppet är hävt.")
            return redirect(back)
    return render(request, "components/confirm.html", {**shown, "form": form, "back_url": back, "back_text": hold.name})


@require_GET
def hold_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who placed, prolonged and released it, and why."""
    hold = visible_hold(request, pk)
    back = reverse("archive:hold-detail", args=[pk])
    return show_history(request, hold, title=hold.name, back_url=back, back_text=hold.name)


@require_http_methods(["GET", "POST"])
def irrelevance_assert(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Assert that something is no longer relevant: the objects in the address, or many by description."""
    board, one = visible_board(request, pk), known_type(code)
    require_permission(request, board, PREPARE_DISPOSAL)
    keys = [key for _kind, key in read_objects(request.GET, kind=one.kind)]
    form: Any = (
        WhyForm(request.POST or None)
        if keys
        else IrrelevantForm(request.POST or None, board=board, has_account=bool(one.account))
    )
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            given = {**form.cleaned_data, "by": request.user, "now": timezone.now()}
            number = (
                assert_irrelevant(one, board, keys, **given) if keys else assert_all_irrelevant(one, board, **given)
            )
            said = count_in_words(number, "handling är intygad inaktuell", "handlingar är intygade inaktuella")
            messages.success(request, f"{said}.")
            return redirect("archive:due-detail", pk)
    context = {
        "title": f"Inaktuellt: {one.name.lower()}",
        "text": "Du intygar att det inte längre behövs. Det gallras först när det har godkänts av arkivansvarig.",
        "button": "Intyga att det är inaktuellt",
        "form": form,
        "back_url": reverse("archive:due-detail", args=[pk]),
        "back_text": "Att gallra",
    }
    return render(request, "components/confirm.html", context)
