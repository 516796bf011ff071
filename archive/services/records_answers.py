"""What is given out, and what is refused: made once, registered in the request's ärende (TF ch. 2; OSL ch. 6)."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from archive.enums import Assessment, Direction, RequestStatus
from archive.models import REGISTER, Document, RecordsRequest, RecordsRequestItem
from archive.releasable import content_of
from archive.services.diary import register_document
from archive.services.entries import Entry, File
from archive.services.masking import Masked, mask
from archive.services.records_requests import lock_request
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.pdf import render_pdf
from laholm_sociala.common.swedish import file_name_words

RECEIVER: Final = "Den som begärt handlingarna"
# Every file in the package has this age, so that the same package is the same bytes.
ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Given:
    """One document as the package shows it: `says` None where it is not given out."""

    item: RecordsRequestItem
    says: Masked | None
    files: list[str]
    files_kept_back: int


@dataclass(frozen=True)
class Refusal:
    """What is written in an avslagsbeslut. `mandate`: by which right it is decided; `reach`: where an appeal goes."""

    motivation: str
    mandate: str
    reach: str


def package_pdf(request: RecordsRequest, *, now: datetime) -> bytes:
    """Return what is given out as PDF/A with tags: what was asked for, each document, and what was kept back and why.

    Raises RefusedError until something is gathered and all of it is judged. Masked words are not in the file.
    """
    items = _judged(request)
    context = {
        "request": request,
        "given": [_given(item) for item in items],
        "keeps_back": any(item.assessment != Assessment.RELEASED for item in items),
        "now": now,
    }
    return render_pdf(render_to_string("archive/pdf/records_release.html", context))


def release(request_id: UUID, *, by: User, now: datetime) -> Document:
    """Give out what is judged to be given out, and register what was: all of it, or in part.

    The PDF is rendered before the request is locked; when somebody judged anew meanwhile, it is made again. Raises
    PermissionDenied for those who do not register for the board; RefusedError as `package_pdf`, when the request is
    answered, and when nothing would be given out: that is refused by a decision.
    """
    while True:
        request = _presented(request_id)
        if not by.may(REGISTER, request.board):
            raise PermissionDenied
        if all(item.assessment == Assessment.WITHHELD for item in _judged(request)):
            raise RefusedError("Inget lämnas ut. Skriv ett avslagsbeslut.")
        pdf = package_pdf(request, now=now)
        document = _keep_release(request, pdf, by=by, now=now)
        if document is not None:
            return document


def refuse(request_id: UUID, refusal: Refusal, *, by: User, now: datetime) -> Document:
    """Decide not to give out what is kept back, in writing and with how to appeal (OSL ch. 6 §§ 3, 7, 8).

    Of a request where something is given out, that is done first. Raises PermissionDenied for those who do not
    register for the board; RefusedError without a motivation or where an appeal goes, when nothing is kept back, when
    something is not judged yet, and when it is decided already.
    """
    while True:
        request = _presented(request_id)
        if not by.may(REGISTER, request.board):
            raise PermissionDenied
        kept_back = _refuse_refusal(request, refusal)
        context = {"request": request, "refusal": refusal, "items": kept_back, "now": now, "by": by}
        pdf = render_pdf(render_to_string("archive/pdf/records_refusal.html", context))
        document = _keep_refusal(request, pdf, by=by, now=now)
        if document is not None:
            return document


def package_zip(request: RecordsRequest) -> bytes:
    """Return the PDF that was given out, with the originals of what was given out whole.

    Of a masked document no original goes along: nothing can be replaced in it. Raises RefusedError before something is
    given out, and when an original is no longer what it was.
    """
    answer = request.answer
    if answer is None:
        raise RefusedError("Inget är utlämnat än.")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in _files(request, answer):
            package.writestr(zipfile.ZipInfo(name, ZIP_TIME), content)
    return packed.getvalue()


def _files(request: RecordsRequest, answer: Document) -> Iterator[tuple[str, bytes]]:
    yield "utlamnade-handlingar.pdf", bytes(answer.files.get().content)
    released = request.items.filter(assessment=Assessment.RELEASED).select_related("content")
    for item in released:
        for number, file in enumerate(item.content.files, start=1):
            try:
                content = content_of(file["ref"])
            except LookupError as error:
                raise RefusedError(f"{file['name']} finns inte kvar.") from error
            if hashlib.sha256(content).hexdigest() != file["sha256"]:
                raise RefusedError(f"{file['name']} är inte längre vad den var när den samlades.")
            yield f"original/{item.position:03}-{number}-{_safe(file['name'])}", content


def _safe(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{file_name_words(stem or ending) or 'fil'}{dot}{file_name_words(ending) if stem else ''}"


@transaction.atomic
def _keep_release(request: RecordsRequest, pdf: bytes, *, by: User, now: datetime) -> Document | None:
    """Register what was given out, unless the request has moved on since it was rendered."""
    locked = lock_request(request.pk, by=by)
    if locked.version != request.version:
        return None
    items = list(locked.items.all())
    whole = all(item.assessment == Assessment.RELEASED for item in items)
    document = _register(locked, "Utlämnade handlingar", "utlamnade-handlingar.pdf", pdf, "answer", by=by, now=now)
    locked.answer, locked.closed_at = document, now
    locked.status = RequestStatus.RELEASED if whole else RequestStatus.PARTLY
    locked.version += 1
    locked.record(by=by, now=now, reason=locked.get_status_display())
    return document


@transaction.atomic
def _keep_refusal(request: RecordsRequest, pdf: bytes, *, by: User, now: datetime) -> Document | None:
    """Register the decision, unless the request has moved on since it was rendered."""
    locked = RecordsRequest.objects.select_for_update(of=("self",)).select_related("board", "matter").get(pk=request.pk)
    if locked.version != request.version:
        return None
    document = _register(
        locked, "Beslut att inte lämna ut allmän handling", "avslagsbeslut.pdf", pdf, "refusal", by=by, now=now
    )
    locked.refusal = document
    if locked.is_open:
        locked.status, locked.closed_at = RequestStatus.REFUSED, now
    locked.version += 1
    locked.record(by=by, now=now, reason="Avslagsbeslut")
    return document


def _register(
    request: RecordsRequest, subject: str, name: str, pdf: bytes, what: str, *, by: User, now: datetime
) -> Document:
    entry = Entry(
        direction=Direction.OUTGOING,
        dated_on=timezone.localdate(now),
        subject=subject,
        correspondent=RECEIVER,
        source_ref=f"request:{request.pk}:{what}",
        is_restricted=what == "answer" and request.items.filter(is_restricted=True).exists(),
        files=[File(name, "application/pdf", pdf)],
    )
    if request.matter_id is None:
        raise RefusedError("Begäran har inget ärende än.")
    return register_document(request.matter_id, entry, by=by, now=now)


def _presented(request_id: UUID) -> RecordsRequest:
    return RecordsRequest.objects.presented().get(pk=request_id)


def _judged(request: RecordsRequest) -> list[RecordsRequestItem]:
    items = list(request.items.select_related("content", "assessed_by__unit").prefetch_related("masks"))
    if not items:
        raise RefusedError("Samla handlingarna först.")
    if left := sum(not item.assessment for item in items):
        raise RefusedError(f"{left} handlingar är inte prövade än.")
    return items


def _given(item: RecordsRequestItem) -> Given:
    files = [file["name"] for file in item.content.files]
    if item.assessment == Assessment.WITHHELD:
        return Given(item, None, [], 0)
    passages = [one.passage for one in item.masks.all()]
    if passages:
        return Given(item, mask(item.content, passages, item.provision), [], len(files))
    return Given(item, mask(item.content, [], ""), files, 0)


def _refuse_refusal(request: RecordsRequest, refusal: Refusal) -> list[RecordsRequestItem]:
    if not refusal.motivation.strip():
        raise RefusedError("Skriv skälen för beslutet.", field="motivation")
    if not refusal.reach.strip():
        raise RefusedError("Skriv dit ett överklagande ska skickas.", field="reach")
    if request.refusal_id is not None:
        raise RefusedError("Det finns redan ett avslagsbeslut.")
    if request.status in (RequestStatus.RELEASED, RequestStatus.WITHDRAWN):
        raise RefusedError("Begäran är redan besvarad.")
    items = _judged(request)
    kept_back = [item for item in items if item.assessment != Assessment.RELEASED]
    if not kept_back:
        raise RefusedError("Allt lämnas ut. Då finns inget att avslå.")
    if request.is_open and any(item.assessment != Assessment.WITHHELD for item in items):
        raise RefusedError("Lämna ut det som ska lämnas ut först. Avslå sedan resten.")
    return kept_back
