"""What the diarium says of what is delivered: CITS ERMS, which is FGS Ärendehantering 2.0 (OSL ch. 5; R16, R22).

Version 2.1.2 of the specification, and of that only what 3.0.0 has too.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from archive.package.contents import Aggregation, Original, Party, Record, Submission
from archive.package.xml import Element, add, as_bytes, moment, root

SCHEMA: Final = "ERMS.xsd"
DIRECTIONS: Final = {"incoming": "incoming", "outgoing": "outgoing"}
DRAWN_UP: Final = "upprättad"


def erms(submission: Submission, aggregations: Iterable[Aggregation], *, schemas: str) -> bytes:
    """Return the document, which lies in the folder of the data. `schemas` is where those lie, seen from it."""
    document = root("erms:erms", {"xsi:schemaLocation": f"https://DILCIS.eu/XML/ERMS {schemas}/{SCHEMA}"})
    _control(document, submission)
    within = add(document, "erms:aggregations")
    for aggregation in aggregations:
        _aggregation(within, aggregation)
    return as_bytes(document)


def _control(document: Element, submission: Submission) -> None:
    control = add(document, "erms:control")
    for kind, words in (
        ("arkivbildare", submission.creator.name),
        ("organisationsnummer", submission.creator.number),
        ("leverans", submission.identifier),
    ):
        add(control, "erms:identification", words, {"identificationType": kind})
    kept = add(control, "erms:maintenanceInformation")
    add(kept, "erms:maintenanceStatus", attributes={"value": "new"})
    agency = add(kept, "erms:maintenanceAgency")
    add(agency, "erms:agencyCode", submission.creator.number, {"type": "organisationsnummer"})
    add(agency, "erms:agencyName", submission.creator.name)
    event = add(add(kept, "erms:maintenanceHistory"), "erms:maintenanceEvent")
    add(event, "erms:eventType", attributes={"value": "created"})
    add(event, "erms:eventDateTime", moment(submission.made_at))
    agent = add(event, "erms:agent", attributes={"agentType": "deliverer"})
    add(agent, "erms:name", f"{submission.software} {submission.version}")
    add(agent, "erms:organisation", submission.creator.name)


def _aggregation(parent: Element, one: Aggregation) -> None:
    kind = {"aggregationType": "caseFile"}
    if one.kind:
        kind = {"aggregationType": "own_aggregation_definition", "otherAggregationType": one.kind}
    made = add(parent, "erms:aggregation", attributes={"systemIdentifier": str(one.key), **kind})
    add(made, "erms:objectId", one.designation)
    _titles(made, one)
    add(made, "erms:status", attributes={"value": one.status})
    _parties(made, one.parties)
    _dates(made, one.dates)
    _notes(made, one.notes)
    for record in one.records:
        _record(made, record)


def _record(parent: Element, one: Record) -> None:
    made = add(parent, "erms:record", attributes={"systemIdentifier": str(one.key)})
    add(made, "erms:objectId", one.designation)
    _titles(made, one)
    add(made, "erms:status", attributes={"value": one.status})
    add(made, "erms:runningNumber", str(one.number))
    for restriction in one.restrictions:
        restricted = add(made, "erms:restriction", attributes={"restrictionType": "confidential"})
        add(restricted, "erms:regulation", restriction.provision)
        marked = add(restricted, "erms:dates")
        add(marked, "erms:date", moment(restriction.marked_at), {"dateType": "confidentiality_assessed"})
    if one.direction:
        _direction(made, one.direction)
    _parties(made, one.parties)
    _dates(made, one.dates)
    _notes(made, (*one.notes, *one.events))
    if one.originals:
        more = add(made, "erms:additionalInformation")
        for original in one.originals:
            _appendix(more, original)


def _titles(parent: Element, one: Aggregation | Record) -> None:
    add(parent, "erms:title", one.title)
    if one.public_title:
        add(parent, "erms:otherTitle", one.public_title, {"titleType": "public"})


def _direction(parent: Element, direction: str) -> None:
    if direction in DIRECTIONS:
        add(parent, "erms:direction", attributes={"directionDefinition": DIRECTIONS[direction]})
    else:
        own = {"directionDefinition": "other", "otherDirectionDefinition": DRAWN_UP}
        add(parent, "erms:direction", attributes=own)


def _parties(parent: Element, parties: tuple[Party, ...]) -> None:
    if not parties:
        return
    within = add(parent, "erms:agents")
    for party in parties:
        add(add(within, "erms:agent", attributes={"agentType": party.role}), "erms:name", party.name)


def _dates(parent: Element, dates: Mapping[str, datetime]) -> None:
    within = add(parent, "erms:dates")
    for kind, at in dates.items():
        add(within, "erms:date", moment(at), {"dateType": kind})


def _notes(parent: Element, notes: tuple[str, ...]) -> None:
    if not notes:
        return
    within = add(parent, "erms:notes")
    for words in notes:
        add(within, "erms:note", words)


def _appendix(parent: Element, original: Original) -> None:
    about = {"name": original.name, "fileFormat": original.media_type, "path": original.path}
    add(parent, "erms:appendix", attributes=about)
