"""Answering a request for public documents: gathered, judged one by one, given out or refused."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.forms.records_request import AssessForm, GatherForm, RefusalForm
from archive.models import RecordsRequestItem, Series
from archive.releasable import content_of, note_view
from archive.services import records_answers as answers
from archive.services import records_requests as service
from archive.services.masking import overlooked
from archive.views.inbox import HEADERS
from archive.views.records_requests import answered_by
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.swedish import count_in_words
from laholm_sociala.common.views import refusal_as_message, refusal_in


@require_http_methods(["GET", "POST"])
def request_gather(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose what is gathered, and gather it in one press."""
    asked = answered_by(request, pk)
    form = GatherForm(request.POST or None, asked=asked)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            made = service.gather_request(pk, **form.values(), by=request.user, now=timezone.now())
            found = count_in_words(made.items.count(), "handling är samlad", "handlingar är samlade")
            messages.success(request, f"{found}. Pröva dem, en i taget.")
            return redirect("archive:request-detail", pk)
    return render(request, "archive/request_gather.html", {"asked": asked, "form": form})


@require_http_methods(["GET", "POST"])
def request_item(request: HttpRequest, pk: UUID, item_pk: UUID) -> HttpResponse:
    """Read one document and say whether it is given out; then comes the next."""
    item = _opened(request, pk, item_pk)
    series = Series.objects.filter(board=item.request.board).first()
    first = {"assessment": item.assessment, "provision": item.provision}
    first["passages"] = "\n".join(item.masks.values_list("passage", flat=True))
    form = AssessForm(request.POST or None, usual=series.usual_provisions if series else [], initial=first)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            service.assess(item_pk, **form.values(), by=request.user, now=timezone.now())
            return _next(request, pk)
    return render(request, "archive/request_item.html", {"item": item, "asked": item.request, "form": form})


def _next(request: HttpRequest, pk: UUID) -> HttpResponse:
    left = RecordsRequestItem.objects.readable_by(request.user).filter(request=pk).unjudged().first()
    if left is not None:
        return redirect("archive:request-item", pk, left.pk)
    messages.success(request, "Alla handlingar är prövade.")
    return redirect("archive:request-detail", pk)


@require_GET
def request_item_file(request: HttpRequest, pk: UUID, item_pk: UUID, number: int) -> HttpResponse:
    """An original of the document, byte for byte. Downloaded, never shown."""
    item = _opened(request, pk, item_pk)
    try:
        file = item.content.files[number]
        content = content_of(file["ref"])
    except LookupError as error:
        raise Http404 from error
    headers = {**HEADERS, "Content-Disposition": content_disposition_header(True, file["name"])}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


@require_POST
def request_rest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Judge all that is left and cannot be secret: it is given out."""
    answered_by(request, pk)
    with refusal_as_message(request):
        number = service.release_the_rest(pk, by=request.user, now=timezone.now())
        messages.success(request, f"{count_in_words(number, 'handling', 'handlingar')} lämnas ut.")
    return redirect("archive:request-detail", pk)


@require_http_methods(["GET", "POST"])
def request_release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give out what is judged so."""
    asked = answered_by(request, pk)
    if request.method == "POST":
        with refusal_as_message(request):
            document = answers.release(pk, by=request.user, now=timezone.now())
            messages.success(request, f"Utlämnat, och registrerat som {document}. Hämta paketet och skicka det.")
        return redirect("archive:request-detail", pk)
    items = RecordsRequestItem.objects.readable_by(request.user).filter(request=asked)
    unmasked = overlooked(items.select_related("content").prefetch_related("masks"))
    context = {
        "title": "Lämna ut handlingarna?",
        "text": "Det som lämnas ut registreras i ärendet. Titta igenom filen först: det som är maskat ska inte synas.",
        "button": "Lämna ut ändå" if unmasked else "Lämna ut",
        "asked": asked,
        "overlooked": unmasked,
        "back_url": reverse("archive:request-detail", args=[pk]),
        "back_text": str(asked),
    }
    return render(request, "archive/request_release.html", context)


@require_http_methods(["GET", "POST"])
def request_refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write an avslagsbeslut."""
    asked = answered_by(request, pk)
    form = RefusalForm(request.POST or None, initial=RefusalForm.first_words(asked))
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            document = answers.refuse(pk, **form.values(), by=request.user, now=timezone.now())
            messages.success(request, f"Beslutet är registrerat som {document}. Skicka det till den som frågade.")
            return redirect("archive:request-detail", pk)
    return render(request, "archive/request_refuse.html", {"asked": asked, "form": form})


@require_GET
def request_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is to be given out, to look through before; afterwards what was, byte for byte."""
    asked = answered_by(request, pk)
    with refusal_as_message(request):
        pdf = bytes(asked.answer.files.get().content) if asked.answer else None
        pdf = pdf or answers.package_pdf(asked, now=timezone.now())
        headers = {"Content-Disposition": 'inline; filename="handlingar.pdf"', "Cache-Control": "private, no-store"}
        return HttpResponse(pdf, content_type="application/pdf", headers=headers)
    return redirect("archive:request-detail", pk)


@require_GET
def request_package(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The PDF and the originals of what was given out whole."""
    asked = answered_by(request, pk)
    try:
        content = answers.package_zip(asked)
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("archive:request-detail", pk)
    headers = {"Content-Disposition": 'attachment; filename="handlingar.zip"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/zip", headers=headers)


def _opened(request: HttpRequest, pk: UUID, item_pk: UUID) -> RecordsRequestItem:
    """Return what the person may read, or 404, with the note that it was read where it may be secret."""
    asked = answered_by(request, pk)
    readable = RecordsRequestItem.objects.readable_by(request.user).filter(request=asked)
    item = get_object_or_404(readable.select_related("content"), pk=item_pk)
    item.request = asked
    note_view(item.source_ref, by=request.user, now=timezone.now())
    return item
