"""The daily förteckningar of fingerprints, to look at, print and send elsewhere (R19, R23)."""

from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from archive.integrity_page import may_see
from archive.models import Manifest
from archive.services.manifests import pdf_of, text_of
from archive.views.inbox import HEADERS
from laholm_sociala.common.paging import LongList

PER_PAGE: Final = 31


def for_those_who_watch(view: Any) -> Any:
    """Let in those who may see the checks of the files, and nobody else."""

    @wraps(view)
    def watched(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return watched


@require_GET
@for_those_who_watch
def manifest_list(request: HttpRequest) -> HttpResponse:
    """Every day's, the latest first."""
    page = LongList(Manifest.objects.order_by("-number"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "archive/manifest_list.html", {"page": page})


@require_GET
@for_those_who_watch
def manifest_text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One as the text that its fingerprint is of."""
    manifest = get_object_or_404(Manifest, pk=pk)
    return _handed_out(manifest, text_of(manifest).encode(), "text/plain; charset=utf-8", "txt")


@require_GET
@for_those_who_watch
def manifest_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One as PDF/A, to print."""
    manifest = get_object_or_404(Manifest, pk=pk)
    return _handed_out(manifest, pdf_of(manifest), "application/pdf", "pdf")


def _handed_out(manifest: Manifest, content: bytes, content_type: str, ending: str) -> HttpResponse:
    name = content_disposition_header(True, f"fingeravtryck-{manifest.day}.{ending}")
    return HttpResponse(content, content_type=content_type, headers={**HEADERS, "Content-Disposition": name})
