"""The files of snapshots, each handed out to those who see the account (R19, R23)."""

from typing import Final
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from archive.enums import MADE_TO_BE_SEEN
from archive.models import SnapshotFile, snapshot_storage
from archive.services.snapshot_pdf import snapshot_as_pdf
from archive.views.inbox import HEADERS
from archive.views.snapshots import snapshot_seen
from laholm_sociala.common.swedish import file_name_words

ENDINGS: Final = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "text/html": "html",
}


@require_GET
def snapshot_picture(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """A picture drawn anew, for `<img>`."""
    file = get_object_or_404(snapshot_seen(request, pk).files, pk=file_pk, kind__in=MADE_TO_BE_SEEN)
    return _handed_out(file, HEADERS)


@require_GET
def snapshot_original(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """A file, byte for byte as it was kept. Downloaded, never shown."""
    file = get_object_or_404(snapshot_seen(request, pk).files, pk=file_pk, made_from__isnull=True)
    ending = ENDINGS.get(file.content_type.partition(";")[0], "bin")
    name = file.original_name or f"{file_name_words(str(file))}.{ending}"
    return _handed_out(file, {**HEADERS, "Content-Disposition": content_disposition_header(True, name)})


@require_GET
def snapshot_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The pictures and how they were taken, as one PDF/A."""
    snapshot = snapshot_seen(request, pk)
    name = f"{file_name_words(str(snapshot))}.pdf"
    headers = {**HEADERS, "Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(snapshot_as_pdf(snapshot), content_type="application/pdf", headers=headers)


def _handed_out(file: SnapshotFile, headers: dict[str, str]) -> HttpResponse:
    try:
        opened = snapshot_storage().open(file.name, "rb")
    except FileNotFoundError as error:  # the check of the storage raises the alarm
        raise Http404 from error
    response = FileResponse(opened, content_type=file.content_type)
    # Afterwards: it has named the file by its name in the storage.
    for name, value in {"Content-Disposition": "inline", **headers, "Content-Length": str(file.size)}.items():
        response.headers[name] = value
    return response
