"""The kept copies: the picture to look at, and the very file as it came (R23)."""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from moderation.enums import ViewedPart
from moderation.models import Evidence
from moderation.services.access import note_view
from moderation.views.visible import visible_case

# Somebody else's bytes: nothing in them may run, be taken for something else, or stay behind.
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_GET
def evidence_shown(request: HttpRequest, pk: UUID, evidence_pk: UUID) -> HttpResponse:
    """The picture drawn anew, for `<img>`."""
    evidence = _visible_evidence(request, pk, evidence_pk)
    note_view(evidence.case, ViewedPart.COPY, by=request.user, now=timezone.now())
    return HttpResponse(bytes(evidence.shown), content_type=evidence.shown_type, headers=HEADERS)


@require_GET
def evidence_original(request: HttpRequest, pk: UUID, evidence_pk: UUID) -> HttpResponse:
    """The file, byte for byte as it came. Downloaded, never shown."""
    evidence = _visible_evidence(request, pk, evidence_pk)
    note_view(evidence.case, ViewedPart.ORIGINAL, by=request.user, now=timezone.now())
    headers = {**HEADERS, "Content-Disposition": content_disposition_header(True, evidence.file_name)}
    return HttpResponse(bytes(evidence.original), content_type=evidence.content_type, headers=headers)


def _visible_evidence(request: HttpRequest, pk: UUID, evidence_pk: UUID) -> Evidence:
    case = visible_case(request, pk)
    if case.copy_forbidden:  # what was kept before anyone suspected it is for the police alone
        raise Http404
    evidence = get_object_or_404(case.evidence, pk=evidence_pk)
    evidence.case = case
    return evidence
