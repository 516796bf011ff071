"""A gallring is carried out: how far it has come, paused and resumed, and its protocol (R18)."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.disposal_page import progress
from archive.models import DECIDE_DISPOSAL, PREPARE_DISPOSAL, DisposalRun, DocumentFile
from archive.services import disposal_run
from archive.views.disposals import visible_run
from archive.views.gallring import require_permission
from archive.views.inbox import HEADERS
from laholm_sociala.common.views import refusal_as_message

FORMATS: Final = {"pdf": "application/pdf", "json": "application/json"}


@require_GET
def run_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far it has come, as a part of the page; the whole page again when something else is to be seen."""
    run = visible_run(request, pk)
    if not request.htmx:
        return redirect("archive:run-detail", pk)
    context = {**progress(run), "controls": _controls(request, run)}
    response = render(request, "archive/disposal/parts/progress.html", context)
    if not context["is_moving"]:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def run_pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop after the object at hand."""
    return _switch(request, pk, disposal_run.pause, "Gallringen är pausad. Det som är gallrat är gallrat.")


@require_POST
def run_resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on."""
    return _switch(request, pk, disposal_run.resume, "Gallringen fortsätter.")


@require_http_methods(["GET", "POST"])
def run_protocol(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the protocol is, or that it is lacking, and *Försök igen*. The board's registrator sees it too."""
    run = protocol_seen(request, pk)
    if request.method == "POST":
        with refusal_as_message(request):
            disposal_run.try_again(pk, by=request.user, now=timezone.now())
            messages.success(request, "Portalen försöker igen. Ladda om sidan om en stund.")
        return redirect("archive:run-protocol", pk)
    sees_run = DisposalRun.objects.visible_to(request.user, timezone.localdate()).filter(pk=pk).exists()
    return render(request, "archive/disposal/run_protocol.html", {**progress(run), "sees_run": sees_run})


@require_GET
def run_protocol_file(request: HttpRequest, pk: UUID, ending: str) -> HttpResponse:
    """The protocol byte for byte as it was registered: the PDF/A, or the same as JSON."""
    run = protocol_seen(request, pk)
    if ending not in FORMATS:
        raise Http404
    file = get_object_or_404(DocumentFile, document=run.protocol_id, content_type=FORMATS[ending])
    name = f"gallringsprotokoll-{run.as_of.year}.{ending}"
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(file.content), content_type=FORMATS[ending], headers=headers)


def protocol_seen(request: HttpRequest, pk: UUID) -> DisposalRun:
    """Return the gallring, or 404 to those who have no part in the board's and do not keep its diarium.

    Also while it is not carried out: there is no protocol to see yet.
    """
    runs = DisposalRun.objects.protocol_seen_by(request.user)
    return get_object_or_404(runs.select_related("board", "plan", "protocol__matter"), pk=pk)


def _switch(request: HttpRequest, pk: UUID, switch: Callable[..., Any], said: str) -> HttpResponse:
    run = visible_run(request, pk)
    require_permission(request, run.board, PREPARE_DISPOSAL, DECIDE_DISPOSAL)
    with refusal_as_message(request):
        switch(pk, by=request.user, now=timezone.now())
        messages.success(request, said)
    return redirect("archive:run-detail", pk)


def _controls(request: HttpRequest, run: DisposalRun) -> bool:
    return request.user.may(PREPARE_DISPOSAL, run.board) or request.user.may(DECIDE_DISPOSAL, run.board)
