"""How what was handed over stands in the diarium, for those who handed it over (R16, R22). Nothing of what it says."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.models import Document, Handover


@dataclass(frozen=True)
class Standing:
    """A handover, and its handling once it is registered: with its ärende, and where it has gone on to."""

    handover: Handover
    document: Document | None


def standings(handovers: Iterable[Handover]) -> list[Standing]:
    """Return how each stands, in the order given. Two queries, however many; one where none is registered."""
    handovers = list(handovers)
    sources = [handover.source_ref for handover in handovers if handover.designation]
    found = Document.objects.filter(source_ref__in=sources).select_related("matter").order_by("registered_at")
    by_source = {document.source_ref: document for document in found.prefetch_related("forwardings")}
    return [Standing(handover, by_source.get(handover.source_ref)) for handover in handovers]
