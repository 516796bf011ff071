"""What is wrong in the diarium is corrected or made void, each with its reason; the old value stays."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from archive.forms.diary import CorrectDocumentForm, CorrectMatterForm, ReasonForm
from archive.services import diary
from archive.views.documents import visible_document
from archive.views.matters import visible_matter
from laholm_sociala.common.views import refusal_in


@require_http_methods(["GET", "POST"])
def matter_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct what the ärende is about."""
    matter = visible_matter(request, pk)
    form = CorrectMatterForm(request.POST or None, initial=CorrectMatterForm.first_words(matter))
    return _page(request, matter, form, diary.correct_matter, title=f"Rätta {matter}", button="Spara rättelsen")


@require_http_methods(["GET", "POST"])
def matter_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Makulera the ärende."""
    matter = visible_matter(request, pk)
    form = ReasonForm(request.POST or None)
    return _page(
        request, matter, form, diary.cancel_matter, title=f"Makulera {matter}?", button="Makulera", danger=True
    )


@require_http_methods(["GET", "POST"])
def document_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct what is written of the handling."""
    document = visible_document(request, pk)
    diary.note_document_view(document, by=request.user, now=timezone.now())
    form = CorrectDocumentForm(request.POST or None, initial=CorrectDocumentForm.first_words(document))
    return _page(request, document, form, diary.correct_document, title=f"Rätta {document}", button="Spara rättelsen")


@require_http_methods(["GET", "POST"])
def document_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Makulera the handling."""
    document = visible_document(request, pk)
    form = ReasonForm(request.POST or None)
    title = f"Makulera {document}?"
    return _page(request, document, form, diary.cancel_document, title=title, button="Makulera", danger=True)


def _page(
    request: HttpRequest,
    record: Any,
    form: Form,
    change: Callable[..., Any],
    *,
    title: str,
    button: str,
    danger: bool = False,
) -> HttpResponse:
    back = reverse(f"archive:{record._meta.model_name}-detail", args=[record.pk])
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            change(record.pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"{record} är makulerat." if danger else f"{record} är rättat.")
            return redirect(back)
    context = {
        "title": title,
        "text": "Numret står kvar, och det som stod förut finns i historiken." if not danger else CANCELLED,
        "button": button,
        "danger": danger,
        "form": form,
        "back_url": back,
        "back_text": str(record),
    }
    return render(request, "components/confirm.html", context)


CANCELLED = "Numret står kvar i diariet, med ditt skäl. Det går inte att ta tillbaka."
