"""A request for public documents is taken down, gathered and judged, document by document (TF ch. 2; OSL ch. 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Account, Board, User
from archive.enums import Assessment, RequestMethod, RequestScope, RequestStatus
from archive.models import (
    REGISTER,
    Matter,
    RecordsRequest,
    RecordsRequestContact,
    RecordsRequestContent,
    RecordsRequestItem,
    RecordsRequestMask,
)
from archive.models.records_request import RECEIVE
from archive.releasable import Piece, Selection, gather
from archive.services.diary import open_matter
from archive.services.entries import Opening
from archive.services.masking import stands_in
from laholm_sociala.common.errors import RefusedError

# More than this is asked for in parts: nobody judges a thousand documents "skyndsamt" in one go.
MOST_ITEMS: Final = 500
SUBJECT: Final = "Begäran om allmän handling"


@dataclass(frozen=True)
class Scope:
    """What is to be gathered: an account, an ärende, or what came in or was drawn up between two days."""

    kind: RequestScope
    account: Account | None = None
    matter: Matter | None = None
    first: date | None = None
    last: date | None = None


@transaction.atomic
def log_request(
    board: Board,
    *,
    asked: str,
    received_on: date,
    method: RequestMethod,
    contact: str = "",
    existing_designation: str = "",
    by: User,
    now: datetime,
) -> RecordsRequest:
    """Take down what was asked for, and when. Who asks, and why, is never asked for (TF ch. 2 § 18).

    By the board's registrator its ärende is opened at once; by kommunikationsenheten it waits for that. `contact` is
    kept apart, only for the answer to be sent. Raises PermissionDenied for others; RefusedError without what is asked
    for, for a day that lies ahead, and as `open_matter`.
    """
    if not (by.may(REGISTER, board) or by.may(RECEIVE)):
        raise PermissionDenied
    if not asked.strip():
        raise RefusedError("Skriv vad som begärs.", field="asked")
    if received_on > timezone.localdate(now):
        raise RefusedError("Dagen kan inte ligga framåt i tiden.", field="received_on")
    request = RecordsRequest(
        board=board, asked=asked.strip(), received_on=received_on, method=method, logged_at=now, logged_by=by
    )
    if by.may(REGISTER, board):
        request.matter = _open(board, existing_designation, by=by, now=now)
    request.record(by=by, now=now, reason="Begäran antecknades")
    if contact.strip():
        RecordsRequestContact.objects.create(request=request, address=contact.strip())
    return request


@transaction.atomic
def gather_request(
    request_id: UUID, scope: Scope, *, existing_designation: str = "", by: User, now: datetime
) -> RecordsRequest:
    """Freeze all that the scope holds and the person may read, one item for each document; open the ärende if needed.

    What was gathered before and is in the scope again stays as it is, with its assessment; what is not goes out. Raises
    PermissionDenied for those who do not register for the board; RefusedError when the request is answered, and when
    the scope says nothing, belongs to another board, or holds more than 500 documents.
    """
    request = lock_request(request_id, by=by)
    _refuse_scope(request, scope)
    selection = Selection(request.board, scope.account, scope.matter, scope.first, scope.last)
    pieces = gather(selection, by=by, now=now, most=MOST_ITEMS)
    if len(pieces) > MOST_ITEMS:
        raise RefusedError("Urvalet har fler än 500 handlingar. Välj ett mindre, och ta en del i taget.", field="kind")
    if request.matter is None:
        request.matter = _open(request.board, existing_designation, by=by, now=now)
    request.scope, request.about_account, request.about_matter = scope.kind, scope.account, scope.matter
    request.first, request.last, request.gathered_at = scope.first, scope.last, now
    _put_items(request, pieces, by=by, now=now)
    _touch(request, by=by, now=now, reason=f"Samlade {len(pieces)} handlingar")
    return request


@transaction.atomic
def assess(
    item_id: UUID,
    *,
    assessment: Assessment,
    provision: str = "",
    passages: Sequence[str] = (),
    by: User,
    now: datetime,
) -> RecordsRequestItem:
    """Write down whether a document is given out, and by which provision it is not or is masked (OSL ch. 6 § 3).

    `passages` are the words that are replaced, wherever they stand in it. Raises PermissionDenied for those who may
    not read it; RefusedError when the request is answered, without a provision, without anything to mask, and for a
    passage that the document does not have.
    """
    item = _lock_item(item_id, by=by)
    wanted = [" ".join(passage.split()) for passage in passages if passage.strip()]
    _refuse_assessment(item, assessment, provision, wanted)
    item.assessment, item.assessed_at, item.assessed_by = assessment, now, by
    item.provision = "" if assessment == Assessment.RELEASED else provision.strip()
    item.record(by=by, now=now, reason=f"Prövades: {assessment.label.lower()}")
    item.masks.all().delete()
    if assessment == Assessment.MASKED:
        RecordsRequestMask.objects.bulk_create(RecordsRequestMask(item=item, passage=one) for one in wanted)
    _touch(item.request, by=by, now=now, reason="En handling prövades")
    return item


@transaction.atomic
def release_the_rest(request_id: UUID, *, by: User, now: datetime) -> int:
    """Write down that all that is not judged yet, and cannot be secret, is given out; return how many.

    What may be secret is never judged in passing. Raises PermissionDenied for those who do not register for the
    board, RefusedError when the request is answered or nothing is left.
    """
    request = lock_request(request_id, by=by)
    rest = list(request.items.unjudged().filter(is_restricted=False))
    if not rest:
        raise RefusedError("Det finns inget kvar som kan lämnas ut utan egen prövning.")
    for item in rest:
        item.assessment, item.assessed_at, item.assessed_by = Assessment.RELEASED, now, by
        item.record(by=by, now=now, reason="Prövades: lämnas ut")
    _touch(request, by=by, now=now, reason=f"{len(rest)} handlingar prövades")
    return len(rest)


@transaction.atomic
def withdraw_request(request_id: UUID, *, reason: str, by: User, now: datetime) -> RecordsRequest:
    """Close a request that was taken back. Raises as `lock_request`, and RefusedError without a reason."""
    request = lock_request(request_id, by=by)
    if not reason.strip():
        raise RefusedError("Skriv varför.", field="reason")
    request.status, request.closed_at, request.closed_why = RequestStatus.WITHDRAWN, now, reason.strip()
    _touch(request, by=by, now=now, reason=f"Återtogs: {reason.strip()}")
    return request


@transaction.atomic
def forget_contact(request_id: UUID, *, by: User) -> None:
    """Remove where the answer was to go: it is of no use any more (R18). Raises PermissionDenied for others."""
    request = RecordsRequest.objects.select_for_update(of=("self",)).select_related("board").get(pk=request_id)
    if not (by.may(REGISTER, request.board) or request.logged_by_id == by.pk):
        raise PermissionDenied
    RecordsRequestContact.objects.filter(request=request).delete()


def lock_request(request_id: UUID, *, by: User) -> RecordsRequest:
    """Return the request, locked, to the board's registrator while it is open.

    Raises PermissionDenied for others, RefusedError when it is answered already.
    """
    locked = RecordsRequest.objects.select_for_update(of=("self",)).select_related("board", "matter")
    request = locked.get(pk=request_id)
    if not by.may(REGISTER, request.board):
        raise PermissionDenied
    if not request.is_open:
        raise RefusedError("Begäran är redan besvarad.")
    return request


def _open(board: Board, existing_designation: str, *, by: User, now: datetime) -> Matter:
    return open_matter(board, Opening(SUBJECT, existing_designation=existing_designation), by=by, now=now)


def _touch(request: RecordsRequest, *, by: User, now: datetime, reason: str) -> None:
    request.version += 1
    request.record(by=by, now=now, reason=reason)


def _refuse_scope(request: RecordsRequest, scope: Scope) -> None:
    if scope.kind == RequestScope.ACCOUNT:
        if scope.account is None or scope.account.board_id != request.board_id:
            raise RefusedError("Välj ett av nämndens konton.", field="account")
    elif scope.kind == RequestScope.MATTER:
        if scope.matter is None or scope.matter.board_id != request.board_id:
            raise RefusedError("Välj ett av nämndens ärenden.", field="matter")
    elif scope.first is None or scope.last is None or scope.last < scope.first:
        raise RefusedError("Skriv första och sista dagen, i den ordningen.", field="last")


def _put_items(request: RecordsRequest, pieces: Sequence[tuple[str, Piece]], *, by: User, now: datetime) -> None:
    there = {item.source_ref: item for item in request.items.all()}
    wanted = {ref for ref, _piece in pieces}
    if gone := [item for ref, item in there.items() if ref not in wanted]:
        # What the content says is frozen for good: a request is asked for anew rather than narrowed afterwards.
        raise RefusedError(
            f"{len(gone)} handlingar som redan är samlade finns inte i det urvalet. Välj ett som har dem med.",
            field="kind",
        )
    for position, (ref, piece) in enumerate(pieces, start=1):
        item = there.get(ref)
        if item is None:
            _add_item(request, position, ref, piece, by=by, now=now)
        elif item.position != position:
            item.position = position
            item.record(by=by, now=now, reason="Flyttades när fler handlingar samlades")


def _add_item(request: RecordsRequest, position: int, ref: str, piece: Piece, *, by: User, now: datetime) -> None:
    source, _, key = ref.partition(":")
    item = RecordsRequestItem(
        request=request,
        position=position,
        source=source,
        source_key=key,
        kind=piece.kind,
        is_restricted=piece.is_restricted,
    )
    item.record(by=by, now=now, reason="Samlades")
    RecordsRequestContent.objects.create(
        item=item,
        heading=piece.heading[:300],
        text=piece.text,
        details={term: words for term, words in piece.details.items() if words},
        files=[
            {"ref": file.ref, "name": file.name, "type": file.content_type, "sha256": file.sha256}
            for file in piece.files
        ],
    )


def _lock_item(item_id: UUID, *, by: User) -> RecordsRequestItem:
    found = RecordsRequestItem.objects.get(pk=item_id)
    request = lock_request(found.request_id, by=by)
    item = RecordsRequestItem.objects.select_for_update(of=("self",)).select_related("content").get(pk=item_id)
    if not RecordsRequestItem.objects.readable_by(by).filter(pk=item_id).exists():
        raise PermissionDenied
    item.request = request
    return item


def _refuse_assessment(
    item: RecordsRequestItem, assessment: Assessment, provision: str, passages: Sequence[str]
) -> None:
    if assessment == Assessment.RELEASED:
        return
    if not provision.strip():
        raise RefusedError("Skriv vilken bestämmelse, till exempel OSL 21 kap. 7 §.", field="provision")
    if assessment != Assessment.MASKED:
        return
    if not passages:
        raise RefusedError("Skriv vad som ska maskeras, ett ställe på varje rad.", field="passages")
    for passage in passages:
        if not stands_in(item.content, passage):
            raise RefusedError(f"”{passage}” står inte i handlingen. Skriv det precis som där.", field="passages")
