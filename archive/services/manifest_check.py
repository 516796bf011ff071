"""Whether the daily förteckningar still hold: the chain put together anew, and each file's fingerprint (R19, R23)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from archive.manifest_sources import Source, source_of
from archive.manifest_text import FIRST_PREVIOUS, day_of
from archive.models import Manifest, ManifestEntry, Tombstone
from archive.services.manifests import fingerprint_of, text_of

# The night's task has a day to catch up.
BEHIND: Final = timedelta(days=2)


def faults(now: datetime) -> Iterator[str]:
    """Yield what does not hold, a Swedish sentence each; nothing where all is well.

    What was disposed of is known by its gallringsuppgift. The files' bytes are read by the check of the storage, which
    compares them with the fingerprints that this one sees to.
    """
    yield from _chain(now)
    kinds = ManifestEntry.objects.order_by("kind").values_list("kind", flat=True).distinct()
    for kind in kinds:
        source = source_of(kind)
        if source is None:
            yield f"Sorten {kind} finns inte längre i portalen."
        else:
            yield from _files(source)


def differences(text: str) -> Iterator[str]:
    """Yield how a förteckning that was kept elsewhere differs from ours, a Swedish sentence each."""
    day = day_of(text)
    if day is None:
        yield "Filen är ingen förteckning. Välj textfilen, inte PDF-filen."
        return
    manifest = Manifest.objects.filter(day=day).first()
    if manifest is None:
        yield f"Portalen har ingen förteckning för {day}."
        return
    ours = text_of(manifest)
    if text == ours:
        return
    theirs, here = text.splitlines(), ours.splitlines()
    for line in sorted(set(theirs) - set(here)):
        yield f"{day}: bara i filen står {line}"
    for line in sorted(set(here) - set(theirs)):
        yield f"{day}: bara i portalen står {line}"
    if set(theirs) == set(here):
        yield f"{day}: raderna står i en annan ordning än i portalen."


def _chain(now: datetime) -> Iterator[str]:
    previous: Manifest | None = None
    for manifest in Manifest.objects.order_by("number").iterator():
        if fingerprint_of(text_of(manifest)) != manifest.sha256:
            yield f"{manifest}: innehållet är ett annat än när den upprättades."
        number, sha256 = (previous.number + 1, previous.sha256) if previous else (1, FIRST_PREVIOUS)
        if manifest.number != number:
            yield f"{manifest}: en förteckning före den saknas."
        elif manifest.previous_sha256 != sha256:
            yield f"{manifest}: hänger inte ihop med den före."
        if previous and manifest.day != previous.day + timedelta(days=1):
            yield f"{manifest}: följer inte på dagen före."
        previous = manifest
    if previous is None:
        yield "Ingen förteckning är upprättad."
    elif previous.day < timezone.localdate(now) - BEHIND:
        yield f"Ingen förteckning är upprättad efter {previous.day}."


def _files(source: Source) -> Iterator[str]:
    same = source.rows().filter(pk=OuterRef("key"))
    disposed = Tombstone.objects.filter(Q(object_id=OuterRef("record")) | Q(object_id=OuterRef("key")))
    entries = ManifestEntry.objects.filter(kind=source.code).annotate(now=Subquery(same.values("sha256")[:1]))
    gone = Q(now__isnull=True) & ~Exists(disposed)
    wrong = entries.filter(gone | Q(now__isnull=False) & ~Q(now=F("sha256"))).select_related("manifest")
    for entry in wrong.order_by("manifest", "position").iterator():
        what = "finns inte kvar, och är inte gallrad" if entry.now is None else "har fått ett annat fingeravtryck"
        yield f"{entry.manifest}: {entry} {what}."
