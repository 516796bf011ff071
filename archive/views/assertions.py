"""What people have asserted to be no longer relevant, and taking it back (R18)."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from archive.assertion_page import name_of, rows_of
from archive.forms.retention import WhyForm
from archive.models import PREPARE_DISPOSAL, Assertion
from archive.services.irrelevance import withdraw_assertion
from archive.views.gallring import boards_with_gallring, require_permission, visible_board
from laholm_sociala.common.paging import LongList
from laholm_sociala.common.views import refusal_in

PER_PAGE: Final = 50


@require_GET
def assertion_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is asserted at the board and not taken back, the newest first."""
    board = visible_board(request, pk)
    asserted = Assertion.objects.filter(board=board, withdrawn_at__isnull=True).select_related("asserted_by__unit")
    page = LongList(asserted.order_by("-asserted_at", "id"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "board": board,
        "page": page,
        "rows": rows_of(page.object_list, request.user),
        "may_change": request.user.may(PREPARE_DISPOSAL, board),
    }
    return render(request, "archive/retention/assertion_list.html", context)


@require_http_methods(["GET", "POST"])
def assertion_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an assertion back: what it is about is not due any longer."""
    boards = boards_with_gallring(request.user)
    asserted = get_object_or_404(Assertion.objects.select_related("board"), pk=pk, board__in=boards)
    require_permission(request, asserted.board, PREPARE_DISPOSAL)
    form = WhyForm(request.POST or None)
    back = reverse("archive:assertion-list", args=[asserted.board_id])
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            withdraw_assertion(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, "Intyget är återtaget. Det gallras inte som inaktuellt.")
            return redirect(back)
    context = {
        "title": f"Återta intyget: {name_of(asserted.kind).lower()}",
        "text": "Det som intygades inaktuellt kan inte längre gallras av det skälet.",
        "button": "Återta intyget",
        "form": form,
        "back_url": back,
        "back_text": "Intygat inaktuellt",
    }
    return render(request, "components/confirm.html", context)
