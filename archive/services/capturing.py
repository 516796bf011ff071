"""The portal takes an ögonblicksbild: asked for, done in a process of its own, and taken up again when it is lost.

What is kept, and that a person judges it, are `snapshots`; how a page is opened is `archive.capture`.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.enums import AccountStatus
from accounts.models import Account, User
from archive.capture.apart import capture_apart
from archive.capture.evidence import Capture, CaptureError, Job, Limits, View
from archive.capture.guard import EgressGuard
from archive.enums import SnapshotFileKind, SnapshotMethod, SnapshotReason, SnapshotStatus, Viewport, Wall
from archive.models import Snapshot
from archive.portal_version import portal_version
from archive.services.snapshots import (
    Taken,
    TakenFile,
    begin_again,
    begin_capture,
    fail_capture,
    finish_capture,
    request_snapshot,
)
from archive.workflow import WHY_NOT
from laholm_sociala.common.errors import RefusedError

TASK: Final = "capture_snapshot"
# A queue of its own: whoever wants to takes pictures on a machine of their own, by `procrastinate worker -q captures`.
QUEUE: Final = "captures"
# A page that brings the worker down is opened so many times for one request, and no more.
MOST_TRIES: Final = 3
GIVEN_UP: Final = "Bilden blev inte klar trots flera försök. Skicka egna skärmbilder i stället."
MOVED: Final = "Kontots adress har ändrats sedan bilden begärdes. Begär en ny."
CLOSED: Final = "Kontot är avslutat."
STEP_KEPT_SECONDS: Final = 600
MOST_REFUSED: Final = 50

MakeGuard = Callable[[frozenset[str]], EgressGuard]
logger = logging.getLogger(__name__)


def can_be_captured(account: Account) -> bool:
    """Tell whether the account's page is shown to a visitor who has not signed in; else only a person sees it.

    Kommunikationsenheten says so of each platform.
    """
    return account.platform.open_to_visitors


@transaction.atomic
def ask(account_id: UUID, *, reason: SnapshotReason, by: User, now: datetime) -> Snapshot:
    """Ask the worker for a picture of the account's page, and return it; one that is under way already, as it is.

    Raises as `request_snapshot`, and RefusedError where the platform shows nothing to a visitor (R19, R20).
    """
    snapshot = request_snapshot(account_id, reason=reason, by=by, now=now)
    if not can_be_captured(snapshot.account):
        raise RefusedError(
            f"{snapshot.account.platform} visar inte sidan för den som inte är inloggad. "
            "Skicka egna skärmbilder i stället."
        )
    if snapshot.status == SnapshotStatus.REQUESTED and str(snapshot.pk) not in _in_the_queue():
        _hand_to_worker(snapshot)
    return snapshot


@transaction.atomic
def ask_again(snapshot_id: UUID, *, by: User, now: datetime) -> Snapshot:
    """Ask the worker once more for one that failed. Raises as `begin_again`."""
    standing = Snapshot.objects.select_for_update(of=("self",)).get(pk=snapshot_id).status
    # What is being taken just now is begun again by the system alone, when its worker is dead.
    if standing == SnapshotStatus.CAPTURING:
        raise RefusedError(WHY_NOT[SnapshotStatus.CAPTURING])
    snapshot = begin_again(snapshot_id, by=by, now=now)
    _hand_to_worker(snapshot)
    return snapshot


def take(
    snapshot_id: UUID,
    *,
    clock: Callable[[], datetime],
    make_guard: MakeGuard = EgressGuard,
    limits: Limits | None = None,
) -> None:
    """Take the picture that is asked for and keep it, or say why it could not be taken. Runs in the worker.

    Idempotent: what is taken, judged or failed is left as it is, and what a dead worker left is begun again. Only the
    page's being captured ends quietly as a failure; an error of the portal's own is told to the person in general
    words, and raised for the log.
    """
    snapshot = _begun(snapshot_id, now=clock())
    if snapshot is None:
        return
    try:
        with TemporaryDirectory(prefix="ogonblicksbild-", ignore_cleanup_errors=True) as folder:
            taken_at = clock()
            job = Job(
                snapshot.requested_url,
                Path(folder),
                documents_of(snapshot.account),
                make_guard,
                limits or Limits(),
                portal_version(),
            )
            captured = capture_apart(job, lambda viewport, step: _note(snapshot_id, viewport, step))
            finish_capture(snapshot_id, _taken(captured, taken_at), now=clock())
    except CaptureError as error:
        _fail(snapshot_id, str(error), now=clock())
    except RefusedError as refusal:
        # Another worker was first: this one was taken for dead, and came back.
        logger.warning("Ögonblicksbilden %s togs förgäves: %s", snapshot_id, refusal)
    except Exception:
        _fail(snapshot_id, "", now=clock())
        raise


def rescue(*, now: datetime) -> list[UUID]:
    """Hand to the worker what is asked for or begun and has no job left in the queue; return which (R19, R20).

    Such is what a worker left that was killed, and whose job was lost. `take` counts how often.
    """
    in_the_queue = _in_the_queue()
    asked = Snapshot.objects.filter(
        method=SnapshotMethod.CAPTURE, status__in=[SnapshotStatus.REQUESTED, SnapshotStatus.CAPTURING]
    )
    left = [snapshot for snapshot in asked.order_by("requested_at") if str(snapshot.pk) not in in_the_queue]
    for snapshot in left:
        logger.warning("Ögonblicksbilden %s hade stannat och tas om.", snapshot.pk)
        _hand_to_worker(snapshot)
    return [snapshot.pk for snapshot in left]


def step_of(snapshot: Snapshot) -> tuple[str, str] | None:
    """Return how far the capture has come, as viewport and step; None before it begins and once it is over."""
    found: tuple[str, str] | None = cache.get(_key(snapshot.pk))
    return found if snapshot.status == SnapshotStatus.CAPTURING else None


def documents_of(account: Account) -> frozenset[str]:
    """Return the hosts that the page itself may be at: the registered address's, and its platform's own.

    With and without www, and the platform's page for phones: each answers for the other.
    """
    registered = urlsplit(account.web_address).hostname or ""
    bare = {name.removeprefix("www.") for name in (registered, *account.platform.hosts)}
    return frozenset(f"{variant}{name}" for name in bare for variant in ("", "www.", "m."))


def _begun(snapshot_id: UUID, *, now: datetime) -> Snapshot | None:
    with transaction.atomic():
        locked = Snapshot.objects.select_for_update(of=("self",)).select_related("account__platform")
        snapshot = locked.get(pk=snapshot_id)
        if snapshot.status == SnapshotStatus.CAPTURING:
            snapshot = begin_again(snapshot_id, now=now)
        if snapshot.status != SnapshotStatus.REQUESTED:
            return None
        why_not = _why_not(snapshot)
        if why_not:
            fail_capture(snapshot_id, why_not, now=now)
            return None
        return begin_capture(snapshot_id, now=now)


def _why_not(snapshot: Snapshot) -> str:
    if snapshot.account.status == AccountStatus.CLOSED:
        return CLOSED
    if snapshot.account.web_address != snapshot.requested_url:
        return MOVED
    asked = snapshot.history.filter(status=SnapshotStatus.REQUESTED).exclude(history_user=User.objects.system())
    since = asked.latest("history_id").history_id
    tries = snapshot.history.filter(status=SnapshotStatus.CAPTURING, history_id__gt=since).count()
    return GIVEN_UP if tries >= MOST_TRIES else ""


def _fail(snapshot_id: UUID, failure: str, *, now: datetime) -> None:
    with suppress(RefusedError):
        fail_capture(snapshot_id, failure, now=now)


def _in_the_queue() -> set[str]:
    waiting = ProcrastinateJob.objects.filter(task_name=TASK, status__in=["todo", "doing"])
    return {job.args["snapshot_id"] for job in waiting}


def _hand_to_worker(snapshot: Snapshot) -> None:
    from archive.tasks import capture_snapshot  # tasks import the services

    capture_snapshot.defer(snapshot_id=str(snapshot.pk))


def _note(snapshot_id: UUID, viewport: str, step: str) -> None:
    cache.set(_key(snapshot_id), (viewport, step), STEP_KEPT_SECONDS)


def _key(snapshot_id: UUID) -> str:
    return f"capture:{snapshot_id}"


def _taken(captured: Capture, taken_at: datetime) -> Taken:
    first = captured.views[0]
    return Taken(
        taken_at=taken_at,
        final_url=first.final_url[:2000],
        http_status=first.http_status,
        evidence=_evidence(captured),
        files=[file for view in captured.views for file in _files(view)],
        wall=Wall(captured.wall) if captured.wall else "",
    )


def _evidence(captured: Capture) -> dict[str, Any]:
    """What stands on the evidence page; `views` is the same for each width."""
    least = max(captured.views, key=lambda view: view.images_total - view.images_loaded)
    return {
        "redirects": list(captured.views[0].redirects),
        "versions": captured.versions,
        "viewports": {
            Viewport(view.viewport.name).label: f"{view.viewport.width} × {view.viewport.height}"
            for view in captured.views
        },
        "images": {"loaded": least.images_loaded, "total": least.images_total},
        "full_scroll": not any(view.truncated for view in captured.views),
        "seconds": round((captured.ended_at - captured.started_at).total_seconds(), 1),
        "views": {view.viewport.name: _evidence_of(view) for view in captured.views},
        "refused": [{"what": one.what[:500], "why": one.why} for one in captured.refused[:MOST_REFUSED]],
    }


def _evidence_of(view: View) -> dict[str, Any]:
    return {
        "final_url": view.final_url,
        "redirects": list(view.redirects),
        "http_status": view.http_status,
        "images_loaded": view.images_loaded,
        "images_total": view.images_total,
        "height": view.height,
        "truncated": view.truncated,
        "wall": view.wall,
    }


def _files(view: View) -> list[TakenFile]:
    """The pictures, the page's text and its DOM. A picture in one piece is no part of another."""
    name = view.viewport.name
    kind = SnapshotFileKind.SCREENSHOT if len(view.pictures) == 1 else SnapshotFileKind.TILE
    pictures = [
        TakenFile(picture.path, kind, "image/png", name, picture.position, picture.width, picture.height)
        for picture in view.pictures
    ]
    return [
        *pictures,
        TakenFile(view.text, SnapshotFileKind.TEXT, "text/plain; charset=utf-8", name),
        TakenFile(view.dom, SnapshotFileKind.DOM, "text/html; charset=utf-8", name),
    ]
