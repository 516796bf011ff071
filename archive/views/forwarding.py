"""A handling goes on to the right body, and the receiver says that it arrived (R22)."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from archive.forms.forwarding import ForwardForm, ReceiptForm
from archive.models import Forwarding
from archive.services import forwarding as service
from archive.services.diary import note_document_view
from archive.views.documents import visible_document
from laholm_sociala.common.views import refusal_in


@require_http_methods(["GET", "POST"])
def document_forward(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say where it goes, and how."""
    document = visible_document(request, pk)
    note_document_view(document, by=request.user, now=timezone.now())
    form = ForwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            sent = service.forward(pk, **form.values(), by=request.user, now=timezone.now())
            messages.success(request, f"Skickad till {sent.receiver}. Det står på handlingens sida.")
            return redirect("archive:document-detail", pk)
    return render(request, "archive/document_forward.html", {"document": document, "form": form})


@require_http_methods(["GET", "POST"])
def forwarding_receive(request: HttpRequest, pk: UUID, forwarding_pk: UUID) -> HttpResponse:
    """Write down that it arrived."""
    document = visible_document(request, pk)
    forwarding = get_object_or_404(Forwarding, pk=forwarding_pk, document=document)
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            service.note_receipt(forwarding_pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"{forwarding.receiver} har handlingen.")
            return redirect("archive:document-detail", pk)
    context = {
        "title": f"Har {forwarding.receiver} fått handlingen?",
        "button": "Anteckna kvittensen",
        "form": form,
        "back_url": reverse("archive:document-detail", args=[pk]),
        "back_text": str(document),
    }
    return render(request, "components/confirm.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def receipt_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The receiver's own page: one button. Nothing changes on GET, so that a mail program's look does not confirm."""
    try:
        forwarding = service.find(token)
        if request.method == "POST":
            forwarding = service.confirm_by_link(token, now=timezone.now())
    except Forwarding.DoesNotExist as error:
        raise Http404 from error
    return render(request, "archive/receipt_confirm.html", {"forwarding": forwarding})
