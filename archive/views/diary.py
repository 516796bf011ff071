"""The board's diarium: what came in, went out and was drawn up."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from archive.export import as_csv
from archive.filters.diary import DocumentFilter
from archive.models import REGISTER, Document
from laholm_sociala.common.paging import LongList

PAGE_SIZE = 50


class DocumentPages(LongList):
    """The diarium in pages. A search for two words looks through many handlingar for each that it finds."""

    counts_to = 100


def for_registrars(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in those who register for some board; others get 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.boards_with(REGISTER):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_GET
@for_registrars
def document_list(request: HttpRequest) -> HttpResponse:
    """The diarium, the newest first."""
    filtered = _filtered(request)
    rows = Document.objects.select_related("matter")
    page = DocumentPages(filtered.qs, PAGE_SIZE, rows=rows).get_page(request.GET.get("page"))
    return render(request, "archive/document_list.html", {"filter": filtered, "page": page})


@require_GET
@for_registrars
def document_list_csv(request: HttpRequest) -> HttpResponse:
    """The filtered diarium as CSV, in the public variant."""
    response = StreamingHttpResponse(as_csv(_filtered(request).qs), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="diarium-{timezone.localdate()}.csv"'
    return response


def _filtered(request: HttpRequest) -> DocumentFilter:
    documents = Document.objects.visible_to(request.user, timezone.localdate()).newest_first()
    return DocumentFilter(request.GET, documents, user=request.user)
