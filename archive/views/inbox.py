"""The registrator's inbox: what other parts of the portal have handed over (R15, R16, R22)."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from archive.forms.handover import RegisteredForm
from archive.models import Handover
from archive.services.handover import note_number, note_view
from archive.views.diary import for_registrars
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
    """All of it, as it was handed over, and the number that it was given in the diarium."""
    handover = _opened(request, pk)
    form = RegisteredForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusal_in(form):
            noted = note_number(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"Det är antecknat att det är diariefört som {noted.designation}.")
            return redirect("archive:handover-list")
    context = {"handover": handover, "files": handover.files.defer("content"), "form": form}
    return render(request, "archive/handover_detail.html", context)


@require_GET
def handover_file(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """A file, byte for byte. Downloaded, never shown."""
    file = get_object_or_404(_opened(request, pk).files, pk=file_pk)
    headers = {**HEADERS, "Content-Disposition": content_disposition_header(True, file.file_name)}
    return HttpResponse(bytes(file.content), content_type=file.content_type, headers=headers)


def _opened(request: HttpRequest, pk: UUID) -> Handover:
    """Return what the person may see, or 404, with the note that it was read."""
    visible = Handover.objects.visible_to(request.user, timezone.localdate()).presented()
    handover = get_object_or_404(visible.select_related("content"), pk=pk)
    note_view(handover, by=request.user, now=timezone.now())
    return handover
