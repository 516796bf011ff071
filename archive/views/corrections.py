"""What is wrong in the diarium is corrected or made void, each with its reason; the old value stays."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from archive.forms.diary import CorrectDocumentForm, CorrectMatterForm, ReasonForm
from archive.models import Document, Matter
from archive.services import diary
from archive.views.documents import visible_document
from archive.views.matters import visible_matter
from archive.views.public_preview import SHOW
from laholm_sociala.common.views import refusal_in

Change = Callable[..., Any]
CANCELLED: Final = "Numret står kvar i diariet, med ditt skäl. Det går inte att ta tillbaka."


@require_http_methods(["GET", "POST"])
def matter_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct what the ärende is about."""
    matter = visible_matter(request, pk)
    form = CorrectMatterForm(request.POST or None, matter=matter)
    return _correct(request, matter, form, diary.correct_matter)


@require_http_methods(["GET", "POST"])
def matter_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Makulera the ärende."""
    matter = visible_matter(request, pk)
    return _cancel(request, matter, diary.cancel_matter)


@require_http_methods(["GET", "POST"])
def document_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct what is written of the handling."""
    document = visible_document(request, pk)
    diary.note_document_view(document, by=request.user, now=timezone.now())
    form = CorrectDocumentForm(request.POST or None, initial=CorrectDocumentForm.first_words(document))
    return _correct(request, document, form, diary.correct_document)


@require_http_methods(["GET", "POST"])
def document_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Makulera the handling."""
    document = visible_document(request, pk)
    return _cancel(request, document, diary.cancel_document)


def _correct(
    request: HttpRequest, record: Matter | Document, form: CorrectMatterForm | CorrectDocumentForm, change: Change
) -> HttpResponse:
    if SHOW in request.POST:
        form.judge_nothing()
    elif request.method == "POST" and form.is_valid():
        with refusal_in(form):
            change(record.pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"{record} är {'rättad' if isinstance(record, Document) else 'rättat'}.")
            return redirect(_back(record))
    words = {"title": f"Rätta {record}", "text": "Numret står kvar, och det som stod förut finns i historiken."}
    context = {**words, "button": "Spara rättelsen", "form": form, **_way_back(record)}
    return render(request, "archive/correct.html", context)


def _cancel(request: HttpRequest, record: Matter | Document, change: Change) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            change(record.pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"{record} är {'makulerad' if isinstance(record, Document) else 'makulerat'}.")
            return redirect(_back(record))
    words = {"title": f"Makulera {record}?", "text": CANCELLED, "button": "Makulera", "danger": True}
    return render(request, "components/confirm.html", {**words, "form": form, **_way_back(record)})


def _way_back(record: Matter | Document) -> dict[str, str]:
    return {"back_url": _back(record), "back_text": str(record)}


def _back(record: Matter | Document) -> str:
    return reverse(f"archive:{record._meta.model_name}-detail", args=[record.pk])
