"""Example snapshots, each through the real services."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from accounts.models import Account, User
from archive.capture.evidence import Capture, Job, Picture, Progress, View
from archive.capture.taking import VIEWPORTS
from archive.enums import SnapshotFileKind, SnapshotReason
from archive.models import Snapshot
from archive.services import capturing, snapshots
from archive.services.snapshots import Sent, SentFile, Taken, TakenFile
from tests.clock import NOW


def picture(width: int = 60, height: int = 90, kind: str = "PNG", colour: str = "#0b4f5f") -> bytes:
    """Return the bytes of a picture in one colour."""
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


def sent(**attributes: Any) -> Sent:
    """Return one PNG of the page as a person sends it, taken an hour ago."""
    return Sent(
        **{
            "reason": SnapshotReason.YEARLY,
            "attestation": "Hela första sidan",
            "taken_at": NOW - timedelta(hours=1),
            "files": [SentFile("skärmbild.png", "image/png", picture())],
            **attributes,
        }
    )


def uploaded(account: Account, *, by: User, now: datetime = NOW, **attributes: Any) -> Snapshot:
    """Return a good snapshot that a person sent."""
    return snapshots.attest_upload(account.pk, sent(**attributes), by=by, now=now)


def requested(account: Account, *, by: User, reason: SnapshotReason = SnapshotReason.YEARLY) -> Snapshot:
    """Return a capture that is asked for."""
    return snapshots.request_snapshot(account.pk, reason=reason, by=by, now=NOW)


def taken(folder: Path, **attributes: Any) -> Taken:
    """Return what a capture came back with: one screenshot in the folder, and the page's text."""
    shot, text = folder / "sida.png", folder / "sida.txt"
    shot.write_bytes(picture())
    text.write_text("Välkommen till Laholms bibliotek", encoding="utf-8")
    files = [
        TakenFile(shot, SnapshotFileKind.SCREENSHOT, "image/png", viewport="desktop", width=60, height=90),
        TakenFile(text, SnapshotFileKind.TEXT, "text/plain; charset=utf-8"),
    ]
    return Taken(
        **{
            "taken_at": NOW,
            "final_url": "https://www.facebook.com/laholmsbibliotek",
            "http_status": 200,
            "evidence": {"images": {"loaded": 12, "total": 12}, "versions": {"chromium": "131"}},
            "files": files,
            **attributes,
        }
    )


def to_judge(account: Account, folder: Path, *, by: User, **attributes: Any) -> Snapshot:
    """Return a capture that waits for a verdict."""
    snapshot = snapshots.begin_capture(requested(account, by=by).pk, now=NOW)
    return snapshots.finish_capture(snapshot.pk, taken(folder, **attributes), now=NOW)


def captured(folder: Path, **of_each_view: Any) -> Capture:
    """Return what the browser came back with: the page in two widths, on the desktop in two parts."""

    def written(name: str, content: bytes) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    def view(viewport: Any) -> View:
        name, parts = viewport.name, 2 if viewport.name == "desktop" else 1
        return View(
            **{
                "viewport": viewport,
                "final_url": "https://bsky.app/profile/laholm",
                "redirects": ("https://bsky.app/",),
                "http_status": 200,
                "pictures": tuple(
                    Picture(written(f"{name}-{part}.png", picture()), part, 60, 90) for part in range(parts)
                ),
                "text": written(f"{name}.txt", "Välkommen".encode()),
                "dom": written(f"{name}.html", b"<p>V\xc3\xa4lkommen"),
                "images_loaded": 11 if name == "mobile" else 12,
                "images_total": 12,
                "height": 90 * parts,
                "truncated": False,
                "wall": "",
                **of_each_view,
            }
        )

    versions = {"chromium": "131.0", "playwright": "1.65.2", "portal": "0.2.0"}
    views = tuple(map(view, VIEWPORTS))
    return Capture("https://bsky.app/profile/laholm", NOW, NOW + timedelta(seconds=9), versions, views, ())


def waits_for_verdict(account: Account, *, by: User, reason: SnapshotReason, **of_each_view: Any) -> Snapshot:
    """Return what the portal took and nobody has judged."""
    snapshot = snapshots.begin_capture(requested(account, by=by, reason=reason).pk, now=NOW)
    with TemporaryDirectory() as folder:
        seen = capturing._taken(captured(Path(folder), **of_each_view), NOW)
        return snapshots.finish_capture(snapshot.pk, seen, now=NOW)


class FakeBrowser:
    """Stands in for the process that opens pages. `answers`: an error, or changes to what is seen in each width."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.answers: dict[str, Any] | Exception = {}

    def capture_apart(self, job: Job, on_progress: Progress) -> Capture:
        self.jobs.append(job)
        on_progress("desktop", "scroll")
        if isinstance(self.answers, Exception):
            raise self.answers
        return captured(job.folder, **self.answers)
