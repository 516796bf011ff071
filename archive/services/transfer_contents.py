"""What the portal holds of what is delivered, in the words of the package: ärenden, handlingar and snapshots (R07)."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch
from django.template.loader import render_to_string

from accounts.models import Account
from archive.enums import MADE_TO_BE_SEEN, Direction, MatterStatus
from archive.models import (
    Document,
    DocumentContent,
    DocumentFile,
    Forwarding,
    Matter,
    SecrecyMark,
    Snapshot,
    SnapshotFile,
)
from archive.package.contents import Aggregation, Original, Party, Record, Restriction
from archive.services.keeping import read
from archive.services.transfer_names import NO_PROVISION, drawn_up, file_name_of, folder_of, later, media_type_of, noon
from archive.services.transfer_said import as_json
from laholm_sociala.common.pdf import Data, render_pdf
from laholm_sociala.common.swedish import STOCKHOLM

ACCOUNT: Final = "konto"
NOT_DELIVERED: Final = "Handlingens innehåll ingår inte i leveransen."
REGISTERED: Final = "Kom med handlingen när den registrerades i diariet."
ORIGINS: Final = {
    "capture": "Togs av portalen, som öppnade sidan i en webbläsare.",
    "upload": "Togs och skickades av en person, som intygade vad den visar.",
}
ROLES: Final = {Direction.INCOMING: "sender", Direction.OUTGOING: "receiver"}


def aggregations_of_matters(keys: Collection[UUID], with_content: Collection[UUID]) -> list[Aggregation]:
    """Return the ärenden with all their handlingar; what a handling says only where its key is in `with_content`."""
    matters = Matter.objects.filter(pk__in=keys).select_related("case_officer").order_by("opened_on", "number", "pk")
    records = _records_of_matters(keys, frozenset(with_content))
    return [_matter(matter, tuple(records.get(matter.pk, ()))) for matter in matters]


def records_of_documents(keys: Collection[UUID]) -> dict[UUID, Record]:
    """Return the handlingar with what they say, by their keys."""
    documents = _documents().filter(pk__in=keys)
    return {document.pk: _document(document, with_content=True) for document in documents}


def snapshots_of_accounts(keys: Collection[UUID]) -> dict[UUID, list[Record]]:
    """Return the snapshots with those keys in time's order, by their account's key."""
    by_account: dict[UUID, list[Record]] = defaultdict(list)
    for snapshot in _snapshots(keys).order_by("account_id", "taken_at", "pk"):
        within = by_account[snapshot.account_id]
        within.append(_snapshot(snapshot, len(within) + 1))
    return by_account


def aggregations_of_accounts(records: Mapping[UUID, Sequence[Record]]) -> list[Aggregation]:
    """Return the accounts with those keys in the register's order, each with its records in the order given."""
    accounts = Account.objects.filter(pk__in=records).select_related("platform").order_by("sort_key", "pk")
    return [_account(account, in_places(records[account.pk])) for account in accounts]


def in_places(records: Sequence[Record]) -> tuple[Record, ...]:
    """Return the records, numbered in their order."""
    return tuple(replace(record, number=place) for place, record in enumerate(records, start=1))


def records_of_snapshots(keys: Collection[UUID]) -> dict[UUID, Record]:
    """Return the snapshots by their keys, each as the first of its account."""
    return {snapshot.pk: _snapshot(snapshot, 1) for snapshot in _snapshots(keys)}


def _documents() -> Any:
    files = DocumentFile.objects.defer("content")
    sent_on = Forwarding.objects.order_by("sent_at", "pk")
    return (
        Document.objects.select_related("matter", "content")
        .prefetch_related("marks", Prefetch("files", files), Prefetch("forwardings", sent_on))
        .order_by("matter_id", "number")
    )


def _records_of_matters(keys: Collection[UUID], with_content: frozenset[UUID]) -> dict[UUID, list[Record]]:
    records: dict[UUID, list[Record]] = defaultdict(list)
    for document in _documents().filter(matter__in=keys):
        records[document.matter_id].append(_document(document, with_content=document.pk in with_content))
    return records


def _matter(matter: Matter, records: tuple[Record, ...]) -> Aggregation:
    dates = {"opened": noon(matter.opened_on)}
    if matter.closed_on:
        dates["closed"] = noon(matter.closed_on)
    status = "closed" if matter.status == MatterStatus.CLOSED else "open"
    officer = matter.case_officer
    return Aggregation(
        key=matter.pk,
        designation=matter.designation,
        title=matter.subject,
        public_title=matter.public_subject,
        status="obliterated" if matter.is_cancelled else status,
        dates=dates,
        parties=(Party("responsible_person", officer.presented_as),) if officer else (),
        notes=(f"Makulerat: {matter.cancelled_why}",) if matter.is_cancelled else (),
        records=records,
    )


def _document(document: Document, *, with_content: bool) -> Record:
    content = getattr(document, "content", None) if with_content else None
    notes = [] if content else [NOT_DELIVERED]
    if document.cancelled_at:
        notes.append(f"Makulerad: {document.cancelled_why}")
    role = ROLES.get(Direction(document.direction), "creator")
    return Record(
        key=document.pk,
        designation=str(document),
        title=document.subject,
        public_title=document.public_subject,
        status="obliterated" if document.cancelled_at else "closed",
        number=document.number,
        direction=document.direction,
        parties=(Party(role, document.correspondent),) if document.correspondent else (),
        restrictions=tuple(_restrictions(document)),
        dates={_date_type(document): noon(document.dated_on), "captured": document.registered_at},
        notes=tuple(notes),
        says={"sha256": hashlib.sha256(_said(content)).hexdigest()} if content else {},
        originals=tuple(_files(document, content)) if content else (),
        events=tuple(_events(document)),
    )


def _events(document: Document) -> Iterator[str]:
    """What the diarium says has happened to the handling: to whom it was sent on, and which marks were taken away."""
    for sent in document.forwardings.all():
        way = f"{sent.get_method_display()}, {sent.email}" if sent.email else sent.get_method_display()
        yield f"Skickades vidare {_day(sent.sent_at)} till {sent.receiver} ({way})."
        if sent.message:
            yield f"Med meddelandet: {sent.message}"
        if sent.received_at:
            yield f"Kom fram {_day(sent.received_at)}: {sent.received_how}"
    for mark in document.marks.all():
        if mark.lifted_on:
            yield (
                f"Sekretessmarkeringen {mark.provision} antecknades {mark.marked_on} och togs bort {mark.lifted_on}: "
                f"{mark.lifted_why}"
            )


def _day(at: datetime) -> str:
    return at.astimezone(STOCKHOLM).date().isoformat()


def _files(document: Document, content: DocumentContent) -> Iterator[Original]:
    folder = f"arenden/{folder_of(document.matter.designation, document.matter_id)}/{document.number}"
    for place, file in enumerate(document.files.all(), start=1):
        yield Original(
            path=f"{folder}/{place:02}-{file_name_of(file.file_name)}",
            name=file.file_name,
            media_type=media_type_of(file.content_type),
            created_at=document.registered_at,
            origin=REGISTERED,
            read=later(_bytes_of_file, file.pk),
            sha256=file.sha256,
            size=file.size,
        )
    if content.text or content.details:
        at, key = document.registered_at, document.pk
        yield drawn_up(f"{folder}/handling.json", "application/json", at, later(_said_by, key))
        yield drawn_up(f"{folder}/handling.pdf", "application/pdf", at, later(_as_pdf, key))


def _snapshots(keys: Collection[UUID]) -> Any:
    files = SnapshotFile.objects.exclude(kind__in=MADE_TO_BE_SEEN)
    found = Snapshot.objects.filter(pk__in=keys).select_related("account__platform", "verdict_by__unit")
    return found.prefetch_related(Prefetch("files", files))


def _account(account: Account, records: tuple[Record, ...]) -> Aggregation:
    return Aggregation(
        key=account.pk,
        designation=account.canonical_key,
        title=str(account),
        status="closed" if account.status == "closed" else "open",
        kind=ACCOUNT,
        dates={"created": account.registered_at},
        records=records,
    )


def _snapshot(snapshot: Snapshot, number: int) -> Record:
    taken_at, judged_at = snapshot.taken_at, snapshot.verdict_at
    if taken_at is None or judged_at is None:  # PostgreSQL has no good snapshot without them
        raise ValueError(f"{snapshot.pk} is not judged")
    words = {
        "Varför": snapshot.get_reason_display(),
        "Adress": snapshot.requested_url,
        "Adress till slut": snapshot.final_url,
        "Intygat": snapshot.attestation,
        "I vägen stod": snapshot.get_wall_display() if snapshot.wall else "",
        "Skäl till bedömningen": snapshot.verdict_reason,
    }
    return Record(
        key=snapshot.pk,
        designation=f"{snapshot.account.canonical_key} {taken_at.astimezone(STOCKHOLM):%Y-%m-%d}",
        title=str(snapshot),
        status="closed",
        number=number,
        dates={"captured": taken_at, "reviewed": judged_at},
        notes=tuple(f"{term}: {said}" for term, said in words.items() if said),
        originals=tuple(_snapshot_files(snapshot, taken_at)),
    )


def _snapshot_files(snapshot: Snapshot, taken_at: datetime) -> Iterator[Original]:
    account = snapshot.account
    day = taken_at.astimezone(STOCKHOLM).date().isoformat()
    folder = f"konton/{folder_of_account(account)}/ogonblicksbilder/{day}-{str(snapshot.pk)[:8]}"
    for place, file in enumerate(snapshot.files.all(), start=1):
        called = file.original_name or f"{file.kind}{_ending(file.content_type)}"
        yield Original(
            path=f"{folder}/{place:02}-{file_name_of(called)}",
            name=file.original_name or str(file),
            media_type=media_type_of(file.content_type),
            created_at=taken_at,
            origin=ORIGINS[snapshot.method],
            read=later(read, file),
            sha256=file.sha256,
            size=file.size,
        )
    said = later(as_json, "snapshot", snapshot.pk)
    yield drawn_up(f"{folder}/ogonblicksbild.json", "application/json", taken_at, said)


def _bytes_of_file(key: UUID) -> list[bytes]:
    return [bytes(DocumentFile.objects.values_list("content", flat=True).get(pk=key))]


def _said_by(key: UUID) -> list[bytes]:
    return [_said(DocumentContent.objects.get(document=key))]


def _as_pdf(key: UUID) -> list[bytes]:
    document = Document.objects.select_related("matter__board", "content").get(pk=key)
    data = Data("handling.json", _said(document.content), document.registered_at)
    return [render_pdf(render_to_string("archive/pdf/document.html", {"document": document}), data=[data])]


def _said(content: DocumentContent) -> bytes:
    said: Mapping[str, Any] = {"text": content.text, "uppgifter": content.details}
    return json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"


def _date_type(document: Document) -> str:
    return {Direction.INCOMING: "received", Direction.OUTGOING: "sent"}.get(Direction(document.direction), "prepared")


def _restrictions(document: Document) -> Iterator[Restriction]:
    marks = sorted((mark for mark in document.marks.all() if mark.lifted_on is None), key=_provision)
    for mark in marks:
        yield Restriction(mark.provision, noon(mark.marked_on))
    # What may be secret is handed over as such, also where nobody has named the provision.
    if document.is_restricted and not marks:
        yield Restriction(NO_PROVISION, document.registered_at)


def _provision(mark: SecrecyMark) -> str:
    return mark.provision


def _ending(content_type: str) -> str:
    endings = {"image/png": ".png", "image/jpeg": ".jpg", "application/pdf": ".pdf", "text/html": ".html"}
    return endings.get(media_type_of(content_type), ".txt")


def folder_of_account(account: Account) -> str:
    """Return the folder of all that follows with the account."""
    return folder_of(f"{account.platform.code}-{account.name}", account.pk)


def folders_of_accounts(keys: Collection[UUID]) -> dict[UUID, str]:
    """Return the folders of the accounts with those keys."""
    accounts = Account.objects.filter(pk__in=keys).select_related("platform")
    return {account.pk: folder_of_account(account) for account in accounts}
