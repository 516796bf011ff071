"""The archive's own part of what can be given out: accounts with their Bilaga 1, and what is in the diarium."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.bilaga1 import QUESTIONS
from accounts.models import Account, Application, ApprovedForm, Decision, User
from archive.models import Document, DocumentFile
from archive.releasable import Original, Piece, Selection, Source, register_source
from archive.services.diary import note_document_view
from laholm_sociala.common.changes import Changes


def register_own_sources() -> None:
    """Add what the archive itself knows how to gather."""
    register_source(Source("account", _accounts, _no_file, _nothing_to_note))
    register_source(Source("application", _applications, _form, _nothing_to_note))
    register_source(Source("document", _documents, _file, _note_document))


def _accounts(selection: Selection, by: User, now: datetime, most: int) -> Iterator[Piece]:
    """The account's sheet, with its history."""
    account = selection.account
    if account is not None:
        yield Piece(
            key=str(account.pk),
            kind="Kontots blad",
            heading=f"{account.name} på {account.platform}",
            on=timezone.localdate(account.registered_at),
            details={
                "Webbadress": account.web_address,
                "Verksamhet": str(account.unit),
                "Nämnd": str(account.board),
                "Läge": account.get_status_display(),
                "Syfte och mål": account.purpose,
                "Budskap och målgrupp": account.audience,
                "Ämnen": account.topics,
                "Laglig grund": account.get_legal_ground_display(),
                "Historik": _history(account, now),
            },
        )


def _applications(selection: Selection, by: User, now: datetime, most: int) -> Iterator[Piece]:
    """The account's Bilaga 1 with its decisions and history, and the form as PDF."""
    if selection.account is None or selection.account.application_id is None:
        return
    application = Application.objects.select_related("unit", "platform").get(pk=selection.account.application_id)
    decisions = list(Decision.objects.filter(application=application).order_by("decided_at"))
    forms = ApprovedForm.objects.filter(decision__in=decisions).defer("pdf")
    answers = {question.label: str(getattr(application, question.field)) for question in QUESTIONS}
    decided = [f"{one.decided_at:%Y-%m-%d}: {one.get_kind_display()}, {one.title}. {one.comment}" for one in decisions]
    yield Piece(
        key=str(application.pk),
        kind="Bilaga 1",
        heading=f"Uppstart av {application.account_name}",
        on=timezone.localdate(application.submitted_at),
        details={**answers, "Beslut": "\n".join(decided), "Historik": _history(application, now)},
        files=[Original(f"application:{form.pk}", "bilaga-1.pdf", "application/pdf", form.sha256) for form in forms],
    )


def _documents(selection: Selection, by: User, now: datetime, most: int) -> Iterator[Piece]:
    """What is registered, as it was frozen."""
    visible = Document.objects.visible_to(by, timezone.localdate(now)).filter(matter__board=selection.board)
    found = _selected(visible, selection).select_related("matter", "content").order_by("dated_on", "id")[:most]
    files: dict[object, list[Original]] = {}
    for file in DocumentFile.objects.filter(document__in=[one.pk for one in found]).defer("content"):
        original = Original(f"document:{file.pk}", file.file_name, file.content_type, file.sha256)
        files.setdefault(file.document_id, []).append(original)
    for document in found:
        yield Piece(
            key=str(document.pk),
            kind="Handling i diariet",
            heading=f"{document}: {document.subject}",
            on=document.dated_on,
            is_restricted=document.is_restricted,
            text=document.content.text,
            details={
                "Riktning": document.get_direction_display(),
                "Avsändare eller mottagare": document.correspondent,
                **document.content.details,
            },
            files=files.get(document.pk, []),
        )


def _selected(documents: QuerySet[Document], selection: Selection) -> QuerySet[Document]:
    if selection.matter is not None:
        return documents.filter(matter=selection.matter)
    if selection.account is not None:
        return documents.filter(Q(matter__account=selection.account))
    return documents.filter(dated_on__range=(selection.first, selection.last))


def _history(record: Account | Application, now: datetime) -> str:
    """Say the record's history line by line, the oldest first."""
    changes = Changes(record, now=now)
    return "\n".join(f"{one.moment:%Y-%m-%d} {one.words}" for one in reversed(changes[: len(changes)]))


def _form(key: str) -> bytes:
    form = ApprovedForm.objects.filter(pk=key).first()
    if form is None:
        raise LookupError(key)
    return bytes(form.pdf)


def _file(key: str) -> bytes:
    file = DocumentFile.objects.filter(pk=key).first()
    if file is None:
        raise LookupError(key)
    return bytes(file.content)


def _no_file(key: str) -> bytes:
    raise LookupError(key)


def _note_document(key: str, by: User, now: datetime) -> None:
    note_document_view(Document.objects.get(pk=key), by=by, now=now)


def _nothing_to_note(key: str, by: User, now: datetime) -> None:
    """Accounts are public."""
