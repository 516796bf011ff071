"""The board's diarium: what came in, went out and was drawn up."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.enums import ViewedList
from accounts.forms.saved_view import SavedViewForm
from accounts.views import saved_views
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
    context = {
        "filter": filtered,
        "page": page,
        "views": saved_views.own_views(request, ViewedList.DIARY),
        "view_form": SavedViewForm(initial={"query": request.GET.urlencode()}),
    }
    return render(request, "archive/document_list.html", context)


@require_GET
@for_registrars
def document_list_csv(request: HttpRequest) -> HttpResponse:
    """The filtered diarium as CSV, in the public variant."""
    response = StreamingHttpResponse(as_csv(_filtered(request).qs), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="diarium-{timezone.localdate()}.csv"'
    return response


@require_POST
@for_registrars
def diary_view_save(request: HttpRequest) -> HttpResponse:
    """Keep the search in the diarium under a name of the person's own."""
    return saved_views.keep(request, ViewedList.DIARY, reverse("archive:document-list"))


@require_POST
@for_registrars
def diary_view_forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one of the person's own searches away."""
    return saved_views.forget(request, pk, ViewedList.DIARY, reverse("archive:document-list"))


def _filtered(request: HttpRequest) -> DocumentFilter:
    documents = Document.objects.visible_to(request.user, timezone.localdate()).newest_first()
    return DocumentFilter(request.GET, documents, user=request.user)
