"""Each night the fingerprints of the day's new files are written down, chained to the day before (R19, R23)."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import timezone

from archive.manifest_sources import Source, all_sources
from archive.manifest_text import FIRST_PREVIOUS, Heading, as_text, line_of
from archive.models import Manifest, ManifestEntry
from laholm_sociala.common.pdf import render_pdf
from laholm_sociala.common.swedish import STOCKHOLM

DAY: Final = timedelta(days=1)
BATCH: Final = 2000
# More lines than anyone reads on paper: the fingerprint above them holds for all.
MOST_ON_PAPER: Final = 1000
# One at a time, in the whole database.
TURN: Final = 2_019_0063

Row = tuple[str, str, str, str]


def make_manifests(now: datetime) -> int:
    """Draw up the förteckning of each day up to yesterday, Stockholm's, that has none; return how many.

    Idempotent, and takes turns with another that does the same. Each day is a transaction of its own: one that was
    missed, or cut short, is made up for the next time. The first of all holds what was there already. A file whose
    row was committed after its day's förteckning stands in the next one: each file stands in exactly one.
    """
    until = timezone.localdate(now) - DAY
    made = 0
    while _make_next(until, now=now):
        made += 1
    return made


@transaction.atomic
def _make_next(until: date, *, now: datetime) -> bool:
    _take_turns()
    last = Manifest.objects.order_by("-number").first()
    day = last.day + DAY if last else until
    if day > until:
        return False
    rows = sorted(row for source in all_sources() for row in _new(source, before=day + DAY))
    manifest = Manifest(
        day=day,
        number=last.number + 1 if last else 1,
        previous_sha256=last.sha256 if last else FIRST_PREVIOUS,
        files=len(rows),
        made_at=now,
    )
    manifest.sha256 = fingerprint_of(_text(manifest, rows))
    manifest.save(force_insert=True)
    entries = (
        ManifestEntry(manifest=manifest, position=position, kind=kind, record=record, key=key, sha256=sha256)
        for position, (kind, record, key, sha256) in enumerate(rows, start=1)
    )
    ManifestEntry.objects.bulk_create(entries, batch_size=BATCH)
    return True


def text_of(manifest: Manifest) -> str:
    """Return the förteckning's text, put together from what the database holds now."""
    rows = manifest.entries.order_by("position").values_list("kind", "record", "key", "sha256")
    return _text(manifest, [(kind, str(record), str(key), sha256) for kind, record, key, sha256 in rows.iterator()])


def pdf_of(manifest: Manifest) -> bytes:
    """Return the förteckning as PDF/A, to print or to send elsewhere; the same bytes for the same förteckning."""
    lines = text_of(manifest).splitlines()[-manifest.files :] if manifest.files else []
    context = {"manifest": manifest, "lines": lines[:MOST_ON_PAPER], "left_out": max(0, len(lines) - MOST_ON_PAPER)}
    return render_pdf(render_to_string("archive/pdf/manifest.html", context))


def fingerprint_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _text(manifest: Manifest, rows: list[Row]) -> str:
    heading = Heading(
        day=manifest.day,
        number=manifest.number,
        made_at=f"{timezone.localtime(manifest.made_at):%Y-%m-%d %H:%M:%S}",
        previous=manifest.previous_sha256,
        files=manifest.files,
    )
    return as_text(heading, (line_of(sha256, kind, record, key) for kind, record, key, sha256 in rows))


def _new(source: Source, *, before: date) -> list[Row]:
    """Return the files that came in before the day began and stand in no förteckning yet."""
    midnight = timezone.make_aware(datetime.combine(before, datetime.min.time()), STOCKHOLM)
    listed = ManifestEntry.objects.filter(kind=source.code, key=OuterRef("pk"))
    rows = source.rows().filter(~Exists(listed), **{f"{source.kept_at}__lt": midnight})
    found = rows.values_list(source.record, "pk", "sha256")
    return [(source.code, str(record), str(key), sha256) for record, key, sha256 in found.iterator(BATCH)]


def _take_turns() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
