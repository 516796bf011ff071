"""Who else within the board may read a handling that may be secret (R15)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from archive.forms.access import GrantForm
from archive.models import Document
from archive.services import access
from archive.views.documents import visible_document
from laholm_sociala.common.views import refusal_as_message, refusal_in


@require_http_methods(["GET", "POST"])
def document_access(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who may read the handling, and one more. Nothing of what it says."""
    document = _to_open(request, pk)
    form = GrantForm(request.POST or None, board=document.matter.board)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            given = access.grant_access(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"{given.user.short_name} får nu läsa {document}. Lämna över länken själv.")
            return redirect("archive:document-access", pk)
    context = {"document": document, "form": form, "granted": access.granted(document, timezone.localdate())}
    return render(request, "archive/document_access.html", context)


@require_POST
def document_access_end(request: HttpRequest, pk: UUID, access_pk: UUID) -> HttpResponse:
    """Let a person no longer read the handling."""
    document = _to_open(request, pk)
    get_object_or_404(document.access, pk=access_pk)
    with refusal_as_message(request):
        ended = access.end_access(access_pk, by=request.user, now=timezone.now())
        messages.success(request, f"{ended.user.short_name} får inte längre läsa {document}.")
    return redirect("archive:document-access", pk)


def _to_open(request: HttpRequest, pk: UUID) -> Document:
    """Return a handling that may be secret, or 404 to others than its board's registrators."""
    document = visible_document(request, pk)
    if not document.is_restricted:
        raise Http404
    return document
