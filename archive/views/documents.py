"""A handling: registered, read and downloaded."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from archive.forms.register import RegisterDocumentForm
from archive.models import REGISTER, Document, DocumentAccess, DocumentFile, Forwarding, SecrecyMark
from archive.services import diary
from archive.views.diary import for_registrars
from archive.views.public_preview import SHOW
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.views import refusal_in

# The button by which an ärende is searched for without JavaScript.
SEARCH = "sok"


def visible_document(request: HttpRequest, pk: UUID) -> Document:
    """Return the handling, or 404 to those who do not register for its board."""
    documents = Document.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(documents.select_related("matter__board", "content"), pk=pk)


@require_http_methods(["GET", "POST"])
@for_registrars
def document_register(request: HttpRequest) -> HttpResponse:
    """Register a handling, in a new ärende, in one that is there, or under the existing diarium's number."""
    form = RegisterDocumentForm(request.POST or None, request.FILES or None, user=request.user, asked=request.GET)
    if SEARCH in request.POST or SHOW in request.POST:
        form.judge_nothing()
    elif request.method == "POST" and form.is_valid():
        with refusal_in(form):
            document = _register(request, form)
            messages.success(request, f"Registrerad som {document}.")
            return redirect("archive:document-detail", document.pk)
    return render(request, "archive/document_register.html", {"form": form})


@transaction.atomic
def _register(request: HttpRequest, form: RegisterDocumentForm) -> Document:
    who = {"by": request.user, "now": timezone.now()}
    matter = form.cleaned_data["matter"] or diary.open_or_find_matter(form.cleaned_data["board"], form.opening(), **who)
    return diary.register_document(matter.pk, form.entry(), **who)


@require_GET
def document_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is written of the handling, what it says, and its files."""
    document = opened_document(request, pk)
    registers = request.user.may(REGISTER, document.matter.board)
    context = {
        "document": document,
        "files": document.files.defer("content"),
        "forwardings": document.forwardings.select_related("sent_by__unit"),
        "marks": document.marks.in_force().select_related("board", "marked_by__unit"),
        "registers": registers,
        "may_change": registers and document.cancelled_at is None,
    }
    return render(request, "archive/document_detail.html", context)


@require_GET
def document_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who changed what is written of the handling, when and why."""
    document = visible_document(request, pk)
    diary.note_document_view(document, by=request.user, now=timezone.now())
    return show_history(
        request,
        document,
        title=str(document),
        back_url=reverse("archive:document-detail", args=[pk]),
        back_text=str(document),
        parts=[model.history.filter(document=document) for model in (SecrecyMark, Forwarding, DocumentAccess)],
    )


@require_GET
def document_file(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """A file of the handling, byte for byte. Downloaded, never shown: it is somebody's file."""
    document = opened_document(request, pk)
    file = get_object_or_404(DocumentFile, pk=file_pk, document=document)
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{document.number}-{file.sha256[:8]}{_ending(file)}"'
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def opened_document(request: HttpRequest, pk: UUID) -> Document:
    """Return what the person may read, or 404, with the note that it was read where it may be secret."""
    readable = Document.objects.readable_by(request.user, timezone.localdate())
    document = get_object_or_404(readable.select_related("matter__board", "content"), pk=pk)
    diary.note_document_view(document, by=request.user, now=timezone.now())
    return document


def _ending(file: DocumentFile) -> str:
    return {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}.get(file.content_type, "")
