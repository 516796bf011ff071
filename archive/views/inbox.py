"""The registrator's inbox: what other parts of the portal have handed over (R15, R16, R22)."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from archive.forms.handover import RegisterHandoverForm
from archive.models import Document, Handover
from archive.services.handover import note_view
from archive.services.registering import register_handover
from archive.views.diary import for_registrars
from archive.views.documents import SEARCH
from archive.views.public_preview import SHOW
from laholm_sociala.common.paging import LongList
from laholm_sociala.common.views import refusal_in

PER_PAGE: Final = 50
# Somebody else's bytes: nothing in them may run, be taken for something else, or stay behind.
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


@require_GET
@for_registrars
def handover_list(request: HttpRequest) -> HttpResponse:
    """What waits to be registered, the oldest first. Of what may be secret only that it may be."""
    waiting = Handover.objects.visible_to(request.user, timezone.localdate()).waiting().presented()
    page = LongList(waiting, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "archive/handover_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def handover_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The handling to the left, and to the right what is written of it in the diarium."""
    handover = opened_handover(request, pk)
    form = RegisterHandoverForm(request.POST or None, handover=handover, user=request.user)
    if SEARCH in request.POST or SHOW in request.POST:
        form.judge_nothing()
    elif request.method == "POST" and form.is_valid():
        with refusal_in(form):
            document = _register(request, handover, form)
            messages.success(request, f"Registrerad som {document}.")
            return redirect("archive:document-detail", document.pk)
    context = {"handover": handover, "files": handover.files.defer("content"), "form": form}
    return render(request, "archive/handover_detail.html", context)


def _register(request: HttpRequest, handover: Handover, form: RegisterHandoverForm) -> Document:
    matter = form.cleaned_data["matter"]
    return register_handover(
        handover.pk,
        form.entry(),
        matter_id=matter.pk if matter else None,
        opening=form.opening(),
        by=request.user,
        now=timezone.now(),
    )


@require_GET
def handover_file(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """A file, byte for byte. Downloaded, never shown."""
    file = get_object_or_404(opened_handover(request, pk).files, pk=file_pk)
    headers = {**HEADERS, "Content-Disposition": content_disposition_header(True, file.file_name)}
    return HttpResponse(bytes(file.content), content_type=file.content_type, headers=headers)


def opened_handover(request: HttpRequest, pk: UUID) -> Handover:
    """Return what the person may see, or 404, with the note that it was read."""
    visible = Handover.objects.visible_to(request.user, timezone.localdate()).presented()
    handover = get_object_or_404(visible.select_related("content"), pk=pk)
    note_view(handover, by=request.user, now=timezone.now())
    return handover
