"""That a handling may be secret: noted, and taken away with a reason (OSL ch. 5 § 5; R15)."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from archive.forms.diary import ReasonForm
from archive.forms.secrecy import MarkForm
from archive.services.secrecy import lift_mark, mark_document
from archive.views.documents import visible_document
from laholm_sociala.common.views import refusal_in

LAST_ONE: Final = (
    "Markeringen finns kvar i historiken. Är den handlingens enda läses handlingen sedan som de andra i diariet, och"
    " läsningarna antecknas inte."
)


@require_http_methods(["GET", "POST"])
def document_mark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note one provision more. Nothing of what the handling says is shown."""
    document = visible_document(request, pk)
    form = MarkForm(request.POST or None, document=document)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            mark_document(pk, provisions=form.named(), by=request.user, now=timezone.now())
            messages.success(request, f"{document} är markerad: kan vara sekretess.")
            return redirect("archive:document-detail", pk)
    return render(request, "archive/document_mark.html", {"document": document, "form": form})


@require_http_methods(["GET", "POST"])
def document_mark_lift(request: HttpRequest, pk: UUID, mark_pk: UUID) -> HttpResponse:
    """Take a mark away, and say why."""
    document = visible_document(request, pk)
    mark = get_object_or_404(document.marks, pk=mark_pk)
    form = ReasonForm(request.POST or None)
    back = reverse("archive:document-detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            lift_mark(mark_pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"Markeringen {mark} är borttagen.")
            return redirect(back)
    context = {"title": f"Ta bort markeringen {mark}?", "text": LAST_ONE, "button": "Ta bort markeringen"}
    return render(
        request, "components/confirm.html", {**context, "form": form, "back_url": back, "back_text": str(document)}
    )
