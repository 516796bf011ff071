"""What is written in the diarium, once it is settled that whoever writes it may (R15, R16, R22).

Ask `diary` for what a registrator does, and `own_documents` for what the portal draws up itself: they settle that.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from accounts.models import Account, Board, User
from archive.enums import DiaryKind, Direction, MatterStatus
from archive.models import Document, DocumentContent, DocumentFile, Matter, SecrecyMark, Series
from archive.public_variant import same_unless_said
from archive.services.numbers import designation, last_number, next_number, of_document
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.new_rows import Beginning, write_new


@dataclass(frozen=True)
class File:
    """A file to keep with a handling, as it came."""

    file_name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Entry:
    """What the law asks to be written of a handling (OSL ch. 5 § 2), and what it says."""

    direction: Direction
    dated_on: date
    subject: str
    correspondent: str = ""
    public_subject: str = ""
    public_correspondent: str = ""
    provisions: Sequence[str] = ()
    is_restricted: bool = False
    source_ref: str = ""
    text: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[File] = ()


@dataclass(frozen=True)
class Opening:
    """What an ärende is opened with. `existing_designation`: its number in the board's existing diarium, typed in.

    The case officer and the account, where there are any, are the board's own.
    """

    subject: str
    public_subject: str = ""
    case_officer: User | None = None
    account: Account | None = None
    existing_designation: str = ""


def matter_numbered(board: Board, typed: str) -> Matter | None:
    """Return the board's ärende by its number as a person types it, or None where there is none.

    Within a transaction: until it ends nobody else opens an ärende of the board's under a typed number.
    """
    Board.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    found: Matter | None = Matter.objects.filter(board=board, designation__iexact=as_one_line(typed)).first()
    return found


def refuse_other_boards(board: Board, case_officer: User | None, account: Account | None) -> None:
    """Raise RefusedError, beside its field, for a person or an account that is another board's: another authority's."""
    if case_officer is not None and (case_officer.unit is None or case_officer.unit.board_id != board.pk):
        raise RefusedError("Välj en handläggare inom samma nämnd.", field="case_officer")
    if account is not None and account.board_id != board.pk:
        raise RefusedError("Kontot hör till en annan nämnd. Välj ett av nämndens egna.", field="account")


def as_one_line(typed: str) -> str:
    """Return a number without the blanks that came with it when it was typed or pasted."""
    return " ".join(typed.split())


def enter_matter(board: Board, opening: Opening, *, by: User, now: datetime) -> Matter:
    """Write an ärende with the next number of the board's series, within the caller's transaction.

    Raises RefusedError without an ärendemening, for a case officer or an account of another board's, or where the
    board numbers elsewhere and no number is given.
    """
    subject = opening.subject.strip()
    if not subject:
        raise RefusedError("Skriv en ärendemening, utan namn.", field="subject")
    refuse_other_boards(board, opening.case_officer, opening.account)
    matter = Matter(
        board=board,
        opened_on=timezone.localdate(now),
        subject=subject,
        public_subject=same_unless_said(opening.public_subject, subject),
        case_officer=opening.case_officer,
        account=opening.account,
    )
    if opening.existing_designation.strip():
        _take_existing_number(matter, opening.existing_designation)
    else:
        _give_number(matter, now)
    write_new(matter, Beginning(matter, by=by, now=now, reason="Ärendet öppnades"))
    return matter


def enter_document(matter: Matter, entry: Entry, *, by: User, now: datetime) -> Document:
    """Write a handling in the ärende, which the caller has locked, with its content and files as they are now.

    Idempotent by `source_ref`: the same thing again gives the handling that is there. Raises RefusedError where a
    statutory field is missing, the date lies ahead, or the ärende is closed or cancelled.
    """
    if entry.source_ref and (there := _registered(entry.source_ref)):
        return there
    if matter.is_cancelled or matter.status != MatterStatus.OPEN:
        raise RefusedError("Ärendet är avslutat. Öppna det igen, eller välj ett annat.", field="matter")
    _refuse_incomplete(entry, timezone.localdate(now))
    document = Document(
        matter=matter,
        # The ärende is locked and no number is ever taken back: what follows the last is free, however many there are.
        number=last_number(matter) + 1,
        direction=entry.direction,
        dated_on=entry.dated_on,
        registered_at=now,
        subject=entry.subject.strip(),
        public_subject=same_unless_said(entry.public_subject, entry.subject),
        correspondent=entry.correspondent.strip(),
        public_correspondent=same_unless_said(entry.public_correspondent, entry.correspondent),
        source_ref=entry.source_ref,
        is_restricted=entry.is_restricted or bool(entry.provisions),
    )
    write_new(
        document,
        Beginning(document, by=by, now=now, reason="Handlingen registrerades"),
        DocumentContent(document=document, text=entry.text, details=dict(entry.details)),
        of_document(document, now=now),
        *_files(document, entry),
        *_marks(document, entry.provisions, by=by, now=now),
    )
    return document


def write_marks(document: Document, provisions: Sequence[str], *, by: User, now: datetime) -> None:
    """Write a mark for each provision, within the caller's transaction."""
    write_new(*_marks(document, provisions, by=by, now=now))


def _take_existing_number(matter: Matter, typed: str) -> None:
    if matter_numbered(matter.board, typed):
        raise RefusedError("Det numret är redan ett annat ärende här.", field="existing_designation")
    number = as_one_line(typed)
    if Series.objects.filter(prefix=number.split(" ", maxsplit=1)[0].upper()).exists():
        raise RefusedError("Portalen har inget ärende med det numret i sin egen serie.", field="existing_designation")
    matter.designation = number


def _give_number(matter: Matter, now: datetime) -> None:
    # Locked, so that nobody gives the series another prefix between its name and its number.
    in_use = Series.objects.select_for_update(of=("self",), no_key=True).in_use()
    series = in_use.filter(board=matter.board).first()
    if series is None or series.kind == DiaryKind.EXISTING:
        raise RefusedError("Skriv ärendets nummer i nämndens diarium.", field="existing_designation")
    matter.series = series
    matter.year, matter.number = next_number(series, now=now)
    matter.designation = designation(series, matter.year, matter.number)


def _registered(source_ref: str) -> Document | None:
    same = Document.objects.filter(source_ref=source_ref, cancelled_at__isnull=True)
    return same.select_related("matter").first()


def _refuse_incomplete(entry: Entry, today: date) -> None:
    if not entry.subject.strip():
        raise RefusedError("Skriv vad handlingen rör, utan namn.", field="subject")
    if entry.direction != Direction.DRAWN_UP and not entry.correspondent.strip():
        raise RefusedError("Skriv vem handlingen kommer från eller går till.", field="correspondent")
    if entry.dated_on > today:
        raise RefusedError("Dagen kan inte ligga framåt i tiden.", field="dated_on")


def _files(document: Document, entry: Entry) -> Iterator[DocumentFile]:
    for file in entry.files:
        yield DocumentFile(
            document=document,
            file_name=file.file_name[-200:],
            content_type=file.content_type,
            content=file.content,
            size=len(file.content),
            sha256=hashlib.sha256(file.content).hexdigest(),
        )


def _marks(
    document: Document, provisions: Sequence[str], *, by: User, now: datetime
) -> Iterator[SecrecyMark | Beginning]:
    for provision in provisions:
        mark = SecrecyMark(
            document=document,
            provision=provision.strip(),
            marked_on=timezone.localdate(now),
            board=document.matter.board,
            marked_by=by,
        )
        yield mark
        yield Beginning(mark, by=by, now=now, reason="Sekretessmarkering antecknades")
