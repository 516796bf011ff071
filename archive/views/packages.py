"""One file with the whole handling, for a board that diarieför in its existing diarium (R16, R22)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from archive.services.packaging import Package, package_of_document, package_of_handover
from archive.views.documents import opened_document
from archive.views.inbox import HEADERS, opened_handover


@require_GET
def handover_package(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What waits to be registered, as one file. It is a reading, and noted as one."""
    return _download(package_of_handover(opened_handover(request, pk)))


@require_GET
def document_package(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A registered handling, as one file."""
    return _download(package_of_document(opened_document(request, pk)))


def _download(package: Package) -> HttpResponse:
    headers = {**HEADERS, "Content-Disposition": content_disposition_header(True, package.file_name)}
    return HttpResponse(package.content, content_type="application/zip", headers=headers)
