"""How each board diarieför. For administrators, and for a board's registrators."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Board
from accounts.services.administration import ADMINISTER
from archive.forms.series import SeriesForm
from archive.models import REGISTER, Series
from archive.services.series import has_numbered, set_up_series
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.views import refusal_in


def boards_to_set_up(request: HttpRequest) -> QuerySet[Board]:
    """Return the boards whose diarium the person sets up, each with its series in use."""
    in_use = Prefetch("series", Series.objects.in_use(), to_attr="series_in_use")
    boards = Board.objects.prefetch_related(in_use)
    return boards if request.user.may(ADMINISTER) else boards.filter(pk__in=request.user.boards_with(REGISTER))


@require_GET
def series_list(request: HttpRequest) -> HttpResponse:
    """The boards, and how each diarieför."""
    if not request.user.may(ADMINISTER) and not request.user.boards_with(REGISTER):
        raise PermissionDenied
    return render(request, "archive/series_list.html", {"boards": boards_to_set_up(request)})


@require_http_methods(["GET", "POST"])
def series_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose how the board diarieför from now on."""
    board = get_object_or_404(boards_to_set_up(request), pk=pk)
    series = next(iter(board.series_in_use), None)
    form = SeriesForm(request.POST or None, initial=SeriesForm.first_words(series))
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            set_up_series(pk, form.settings(), by=request.user, now=timezone.now())
            messages.success(request, f"{board} diarieför så från och med nu.")
            return redirect("archive:series-list")
    numbered = series is not None and has_numbered(series)
    context = {"board": board, "series": series, "form": form, "numbered": numbered}
    return render(request, "archive/series_edit.html", context)


@require_GET
def series_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who chose what and when, in the series that the board has and has had."""
    board = get_object_or_404(boards_to_set_up(request), pk=pk)
    series = get_object_or_404(Series.objects.in_use(), board=board)
    return show_history(
        request,
        series,
        title=f"Diarieserie, {board}",
        back_url=reverse("archive:series-edit", args=[pk]),
        back_text=board.name,
        parts=[Series.history.filter(board=board).exclude(id=series.pk)],
    )
