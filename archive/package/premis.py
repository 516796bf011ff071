"""What has happened to each file, and to the leverans: PREMIS 3.0 events of capture, fixity and transfer (R07)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from archive.package.contents import Original, Submission
from archive.package.xml import Element, add, as_bytes, moment, root

VERSION: Final = "3.0"
SCHEMA: Final = "premis-v3-0.xsd"
PORTAL: Final = "portalen"
CREATOR: Final = "arkivbildaren"


@dataclass(frozen=True)
class Packed:
    """An original as it was packed: read to its end, with the fingerprint of those very bytes."""

    original: Original
    size: int
    sha256: str


def premis_of_files(submission: Submission, packed: Sequence[Packed], *, schemas: str) -> bytes:
    """Return what happened to each file before it was packed: how it came, and that it was read unchanged."""
    document = _document(schemas)
    for number, one in enumerate(packed, start=1):
        _file(document, number, one)
    for number, one in enumerate(packed, start=1):
        _events_of(document, number, one, submission)
    _agents(document, submission)
    return as_bytes(document)


def premis_of_submission(submission: Submission, *, files: int, schemas: str) -> bytes:
    """Return what happened to the leverans: that it was put together, and that it is handed over."""
    document = _document(schemas)
    whole = add(document, "premis:object", attributes={"xsi:type": "premis:intellectualEntity"})
    _identifier(whole, "objectIdentifier", submission.identifier)
    add(whole, "premis:originalName", submission.label)
    made = f"Paketet sattes samman av {files} filer enligt E-ARK SIP 2.1.0 (FGS Paketstruktur 2.0)."
    _event(document, "sammansattning", "information package creation", submission.made_at, made, submission.identifier)
    given = f"Packat för överlämnande till {submission.receiver}."
    _event(document, "overlamnande", "transfer", submission.made_at, given, submission.identifier)
    _agents(document, submission)
    return as_bytes(document)


def _document(schemas: str) -> Element:
    where = f"http://www.loc.gov/premis/v3 {schemas}/{SCHEMA}"
    return root("premis:premis", {"version": VERSION, "xsi:schemaLocation": where})


def _file(document: Element, number: int, one: Packed) -> None:
    made = add(document, "premis:object", attributes={"xsi:type": "premis:file"})
    _identifier(made, "objectIdentifier", _name(number))
    about = add(made, "premis:objectCharacteristics")
    fixity = add(about, "premis:fixity")
    add(fixity, "premis:messageDigestAlgorithm", "SHA-256")
    add(fixity, "premis:messageDigest", one.sha256)
    add(about, "premis:size", str(one.size))
    designation = add(add(about, "premis:format"), "premis:formatDesignation")
    add(designation, "premis:formatName", one.original.media_type)
    add(made, "premis:originalName", one.original.name)
    kept = add(add(made, "premis:storage"), "premis:contentLocation")
    add(kept, "premis:contentLocationType", "relativ sökväg")
    add(kept, "premis:contentLocationValue", f"data/{one.original.path}")


def _events_of(document: Element, number: int, one: Packed, submission: Submission) -> None:
    original, name = one.original, _name(number)
    kind = "creation" if original.sha256 is None else "capture"
    _event(document, f"{name}-1", kind, original.created_at, original.origin, name)
    if original.sha256 is None:
        return
    read = "Filen lästes när paketet gjordes. Dess SHA-256 är det som antecknades när filen kom."
    _event(document, f"{name}-2", "fixity check", submission.made_at, read, name, outcome="oförändrad")


def _event(document: Element, key: str, kind: str, at: datetime, detail: str, about: str, *, outcome: str = "") -> None:
    event = add(document, "premis:event")
    _identifier(event, "eventIdentifier", f"handelse-{key}")
    add(event, "premis:eventType", kind)
    add(event, "premis:eventDateTime", moment(at))
    add(add(event, "premis:eventDetailInformation"), "premis:eventDetail", detail)
    if outcome:
        add(add(event, "premis:eventOutcomeInformation"), "premis:eventOutcome", outcome)
    _identifier(event, "linkingAgentIdentifier", PORTAL)
    _identifier(event, "linkingObjectIdentifier", about)


def _agents(document: Element, submission: Submission) -> None:
    portal = add(document, "premis:agent")
    _identifier(portal, "agentIdentifier", PORTAL)
    add(portal, "premis:agentName", submission.software)
    add(portal, "premis:agentType", "software")
    add(portal, "premis:agentVersion", submission.version)
    creator = add(document, "premis:agent")
    _identifier(creator, "agentIdentifier", CREATOR)
    add(creator, "premis:agentName", submission.creator.name)
    add(creator, "premis:agentType", "organization")
    add(creator, "premis:agentNote", f"Organisationsnummer {submission.creator.number}")


def _identifier(parent: Element, kind: str, value: str) -> None:
    made = add(parent, f"premis:{kind}")
    add(made, f"premis:{kind}Type", "local")
    add(made, f"premis:{kind}Value", value)


def _name(number: int) -> str:
    return f"fil-{number}"
