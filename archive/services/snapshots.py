"""Ögonblicksbilder are asked for, taken or sent, and judged; what is judged never changes (R19, R20, R23)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Account, Closing, User
from accounts.services.closing import may_confirm
from accounts.services.keepers import lock_account, may_keep
from archive.enums import OPEN_SNAPSHOT, SnapshotFileKind, SnapshotMethod, SnapshotReason, SnapshotStatus, Wall
from archive.models import Snapshot
from archive.services.keeping import keep, keeping_files
from archive.services.looking import draw, keep_copies
from archive.workflow import WHY_NOT, require_snapshot_step
from laholm_sociala.common.errors import RefusedError

STANDARD_FAILURE = "Något gick fel. Försök igen, eller skicka egna skärmbilder."


@dataclass(frozen=True)
class SentFile:
    """A picture or PDF that a person sends, checked; `content_type` is what it is, not what it is called."""

    original_name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Sent:
    """What a person sends and answers for. `key` is the form's own: sent twice it is the same snapshot."""

    reason: SnapshotReason
    attestation: str
    taken_at: datetime
    files: Sequence[SentFile]
    key: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class TakenFile:
    """A file that the capture left on disk. `width` and `height` in pixels for pictures."""

    path: Path
    kind: SnapshotFileKind
    content_type: str
    viewport: str = ""
    position: int = 0
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Taken:
    """What a capture came back with. `wall` is what seems to have stood in the way, or empty."""

    taken_at: datetime
    final_url: str
    http_status: int | None
    evidence: Mapping[str, Any]
    files: Sequence[TakenFile]
    wall: Wall | str = ""


@transaction.atomic
def request_snapshot(account_id: UUID, *, reason: SnapshotReason, by: User, now: datetime) -> Snapshot:
    """Ask for a capture of the account's registered address, and return it; one that is under way already, as it is.

    Raises PermissionDenied for those who do not keep the account, RefusedError when the account is closed (R19, R20).
    """
    account = lock_account(account_id, by=by, now=now)
    under_way = Snapshot.objects.open().filter(account=account, reason=reason, method=SnapshotMethod.CAPTURE).first()
    if under_way is not None:
        return under_way
    snapshot = _begun(account, reason, SnapshotMethod.CAPTURE, by=by, now=now)
    snapshot.record(by=by, now=now, reason="Ögonblicksbilden begärdes")
    return snapshot


@keeping_files()
def attest_upload(account_id: UUID, sent: Sent, *, by: User, now: datetime) -> Snapshot:
    """Keep what a person sends, byte for byte, as a good snapshot that the person answers for (R19, R20, R23).

    Idempotent by `sent.key`. Raises PermissionDenied for those who do not keep the account, RefusedError when the
    account is closed, the moment lies ahead, or nothing is attested or sent. Storage errors pass through, and leave
    neither file nor row.
    """
    copies = [draw(file.content, file.content_type) for file in sent.files]
    account = lock_account(account_id, by=by, now=now)
    there = Snapshot.objects.filter(pk=sent.key, account=account).first()
    if there is not None:
        return there
    if not sent.files:
        raise RefusedError("Välj minst en bild eller en PDF.", field="files")
    if sent.taken_at > now:
        raise RefusedError("Tidpunkten ligger framåt i tiden. Skriv när bilderna togs.", field="taken_on")
    if not sent.attestation.strip():
        raise RefusedError("Skriv vad bilderna visar.", field="attestation")
    snapshot = _begun(account, sent.reason, SnapshotMethod.UPLOAD, by=by, now=now)
    snapshot.pk = sent.key
    snapshot.record(by=by, now=now, reason="Egna skärmbilder skickades")
    for position, (file, drawn) in enumerate(zip(sent.files, copies, strict=True), start=1):
        kept = keep(
            file.content,
            snapshot=snapshot,
            kind=SnapshotFileKind.UPLOAD,
            content_type=file.content_type,
            original_name=file.original_name,
            position=position,
            width=drawn.width if drawn else None,
            height=drawn.height if drawn else None,
            now=now,
        )
        keep_copies(kept, drawn, now=now)
    snapshot.taken_at, snapshot.final_url = sent.taken_at, snapshot.requested_url
    snapshot.attestation, snapshot.attested_by, snapshot.attested_at = sent.attestation.strip(), by, now
    _judged(snapshot, SnapshotStatus.GOOD, "", by=by, now=now)
    return snapshot


@transaction.atomic
def begin_capture(snapshot_id: UUID, *, now: datetime) -> Snapshot:
    """Say that the capture has begun. Raises RefusedError unless it is asked for, and not begun by somebody else."""
    snapshot = _locked(snapshot_id)
    require_snapshot_step(snapshot.status, SnapshotStatus.CAPTURING)
    snapshot.status = SnapshotStatus.CAPTURING
    snapshot.record(by=User.objects.system(), now=now, reason="Portalen börjar ta bilden")
    return snapshot


@transaction.atomic
def begin_again(snapshot_id: UUID, *, by: User | None = None, now: datetime) -> Snapshot:
    """Ask once more for a capture whose worker died, or that failed. `by` None is the system.

    Raises PermissionDenied for a person who does not keep the account, RefusedError in another state, or while the
    same is asked for anew.
    """
    snapshot = _locked(snapshot_id)
    if by is not None and not may_keep(snapshot.account, by, now):
        raise PermissionDenied
    require_snapshot_step(snapshot.status, SnapshotStatus.REQUESTED)
    others = Snapshot.objects.open().filter(account=snapshot.account, reason=snapshot.reason).exclude(pk=snapshot.pk)
    if others.filter(method=SnapshotMethod.CAPTURE).exists():
        raise RefusedError("En ny ögonblicksbild är redan begärd.")
    snapshot.status, snapshot.failure = SnapshotStatus.REQUESTED, ""
    snapshot.record(by=by or User.objects.system(), now=now, reason="Begärdes en gång till")
    return snapshot


@keeping_files()
def finish_capture(snapshot_id: UUID, taken: Taken, *, now: datetime) -> Snapshot:
    """Keep what the capture came back with; it counts first when a person has judged it (R19, R23).

    Raises RefusedError unless the capture had begun. Storage errors pass through, and leave neither file nor row.
    """
    shots = [file for file in taken.files if file.kind in (SnapshotFileKind.SCREENSHOT, SnapshotFileKind.TILE)]
    copies = {file.path: draw(file.path, file.content_type) for file in shots}
    snapshot = _locked(snapshot_id)
    require_snapshot_step(snapshot.status, SnapshotStatus.TO_JUDGE)
    for file in taken.files:
        with file.path.open("rb") as content:
            kept = keep(
                content,
                snapshot=snapshot,
                kind=file.kind,
                content_type=file.content_type,
                viewport=file.viewport,
                position=file.position,
                width=file.width,
                height=file.height,
                now=now,
            )
        keep_copies(kept, copies.get(file.path), now=now)
    snapshot.status = SnapshotStatus.TO_JUDGE
    snapshot.taken_at, snapshot.final_url, snapshot.http_status = taken.taken_at, taken.final_url, taken.http_status
    snapshot.evidence, snapshot.wall = dict(taken.evidence), taken.wall
    snapshot.record(by=User.objects.system(), now=now, reason="Portalen tog bilden")
    return snapshot


@transaction.atomic
def fail_capture(snapshot_id: UUID, failure: str, *, now: datetime) -> Snapshot:
    """Say why the capture came to nothing, in a Swedish sentence. Raises RefusedError when it is over."""
    snapshot = _locked(snapshot_id)
    require_snapshot_step(snapshot.status, SnapshotStatus.FAILED)
    snapshot.status, snapshot.failure = SnapshotStatus.FAILED, failure.strip()[:500] or STANDARD_FAILURE
    snapshot.record(by=User.objects.system(), now=now, reason="Bilden gick inte att ta")
    return snapshot


@transaction.atomic
def judge(snapshot_id: UUID, *, good: bool, reason: str = "", by: User, now: datetime) -> Snapshot:
    """Say whether a capture shows the page. Only a good one counts (R19, R20).

    Raises PermissionDenied for those who do not keep the account; RefusedError when it is judged already, or without
    a reason where it is rejected, or approved though a wall stood in the way.
    """
    snapshot = _locked(snapshot_id)
    if not may_keep(snapshot.account, by, now):
        raise PermissionDenied
    status = SnapshotStatus.GOOD if good else SnapshotStatus.REJECTED
    # Only what is taken waits for a verdict: a request may become good by an upload alone.
    if snapshot.status == SnapshotStatus.REQUESTED:
        raise RefusedError("Ögonblicksbilden är inte tagen än.")
    require_snapshot_step(snapshot.status, status)
    if not good and not reason.strip():
        raise RefusedError("Skriv vad som är fel med bilden.", field="reason")
    if snapshot.wall and not reason.strip():
        raise RefusedError(
            "Det ser inte ut som kontots sida. Skriv varför bilden duger ändå, eller underkänn den.", field="reason"
        )
    _judged(snapshot, status, reason.strip(), by=by, now=now)
    return snapshot


@transaction.atomic
def could_not_be_taken(account_id: UUID, *, reason: str, by: User, now: datetime) -> Snapshot:
    """Write down the manager's word that a snapshot before closing cannot be taken, and why (R20).

    For an account that was seized or is gone. What was asked for before closing ends with it. Raises PermissionDenied
    for others than who confirms the closing, RefusedError without a reason, unless the account is under avveckling,
    when it is said already, or while a capture is being taken or waits for a verdict.
    """
    locked = Account.objects.select_for_update(of=("self",)).select_related("platform", "unit__parent", "board")
    account = locked.get(pk=account_id)
    if not may_say_it_cannot_be_taken(account, by, now):
        raise PermissionDenied
    closing = account.closings.open().first()
    if closing is None:
        raise RefusedError("Kontot är inte under avveckling. Börja med att avsluta kontot.")
    if Snapshot.objects.not_possible().filter(account=account, verdict_at__gte=closing.requested_at).exists():
        raise RefusedError(WHY_NOT[SnapshotStatus.NOT_POSSIBLE])
    if not reason.strip():
        raise RefusedError("Skriv varför ögonblicksbilden inte kan tas.", field="reason")
    asked = Snapshot.objects.filter(
        account=account, reason=SnapshotReason.CLOSING, status__in=[*OPEN_SNAPSHOT, SnapshotStatus.FAILED]
    )
    snapshot = asked.select_for_update(of=("self",)).order_by("-requested_at").first()
    if snapshot is None:
        snapshot = _begun(account, SnapshotReason.CLOSING, SnapshotMethod.UPLOAD, by=by, now=now)
        snapshot.record(by=by, now=now, reason="Ögonblicksbild före avslut")
    require_snapshot_step(snapshot.status, SnapshotStatus.NOT_POSSIBLE)
    _judged(snapshot, SnapshotStatus.NOT_POSSIBLE, reason.strip(), by=by, now=now)
    return snapshot


def may_say_it_cannot_be_taken(account: Account, user: User, now: datetime) -> bool:
    """Tell whether the person may: whoever confirms the account's closing (R20)."""
    return may_confirm(Closing(account=account), user, now)


def _begun(account: Account, reason: SnapshotReason, method: SnapshotMethod, *, by: User, now: datetime) -> Snapshot:
    return Snapshot(
        account=account,
        reason=reason,
        method=method,
        requested_by=by,
        requested_at=now,
        requested_url=account.web_address,
    )


def _locked(snapshot_id: UUID) -> Snapshot:
    locked = Snapshot.objects.select_for_update(of=("self",)).select_related("account__platform", "account__unit")
    return locked.get(pk=snapshot_id)


def _judged(snapshot: Snapshot, status: SnapshotStatus, reason: str, *, by: User, now: datetime) -> None:
    snapshot.status = status
    snapshot.verdict_by, snapshot.verdict_at, snapshot.verdict_reason = by, now, reason[:500]
    snapshot.record(by=by, now=now, reason=f"{status.label}. {reason}".strip())
