"""What is in the package, and the fingerprint of each file: METS by E-ARK CSIP and SIP 2.1.0."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archive.package.contents import Submission
from archive.package.xml import Element, add, as_bytes, moment, root

PROFILE: Final = "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"
CONTENT: Final = "Datasets"
# By CITS ERMS 2.1. That of 3.0 is citserms_v3_0, which the schemas of METS 2.1.0 do not know.
INFORMATION: Final = "citserms_v2_1"
REPRESENTATION: Final = "rep1"
REPRESENTATIONS: Final = f"Representations/{REPRESENTATION}"
SCHEMAS: Final = (
    ("http://www.loc.gov/METS/", "mets.xsd"),
    ("http://www.w3.org/1999/xlink", "xlink.xsd"),
    ("https://DILCIS.eu/XML/METS/CSIPExtensionMETS", "DILCISExtensionMETS.xsd"),
    ("https://DILCIS.eu/XML/METS/SIPExtensionMETS", "DILCISExtensionSIPMETS.xsd"),
)


@dataclass(frozen=True)
class Member:
    """A file in the package: where it lies, seen from the METS that names it, and what it is."""

    path: str
    media_type: str
    size: int
    sha256: str
    created: str


@dataclass(frozen=True)
class Parts:
    """What one METS names. `descriptive` is ERMS, `preservation` is PREMIS, `groups` are files by what they are for."""

    preservation: Member
    groups: Sequence[tuple[str, Sequence[Member]]]
    descriptive: Member | None = None
    # Where the representation's own METS lies, in the package's outermost one.
    representation: str = ""


def mets(submission: Submission, parts: Parts, *, identifier: str, label: str, schemas: str) -> bytes:
    """Return one METS document: of the package, or of its representation. `schemas` is where those lie from it."""
    document = root(
        "mets:mets",
        {
            "OBJID": identifier,
            "LABEL": label,
            "TYPE": CONTENT,
            "PROFILE": PROFILE,
            "csip:CONTENTINFORMATIONTYPE": INFORMATION,
            "xsi:schemaLocation": " ".join(f"{address} {schemas}/{name}" for address, name in SCHEMAS),
        },
    )
    _header(document, submission)
    if parts.descriptive:
        described = {"ID": "dmd-1", "CREATED": parts.descriptive.created, "STATUS": "CURRENT"}
        about = {"MDTYPE": "OTHER", "OTHERMDTYPE": "ERMS"}
        _reference(add(document, "mets:dmdSec", attributes=described), parts.descriptive, about)
    preserved = add(add(document, "mets:amdSec"), "mets:digiprovMD", attributes={"ID": "amd-1", "STATUS": "CURRENT"})
    _reference(preserved, parts.preservation, {"MDTYPE": "PREMIS"})
    _files(document, parts)
    _structure(document, parts, identifier)
    return as_bytes(document)


def _header(document: Element, submission: Submission) -> None:
    made = moment(submission.made_at)
    about = {"CREATEDATE": made, "LASTMODDATE": made, "RECORDSTATUS": "NEW", "csip:OAISPACKAGETYPE": "SIP"}
    header = add(document, "mets:metsHdr", attributes=about)
    software = add(header, "mets:agent", attributes={"ROLE": "CREATOR", "TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"})
    add(software, "mets:name", submission.software)
    add(software, "mets:note", submission.version, {"csip:NOTETYPE": "SOFTWARE VERSION"})
    # SIP has a CREATOR for who hands over too, which CSIP allows for software alone: here that is the arkivbildare.
    creator = add(header, "mets:agent", attributes={"ROLE": "ARCHIVIST", "TYPE": "ORGANIZATION"})
    add(creator, "mets:name", submission.creator.name)
    add(creator, "mets:note", submission.creator.number, {"csip:NOTETYPE": "IDENTIFICATIONCODE"})
    receiver = add(header, "mets:agent", attributes={"ROLE": "PRESERVATION", "TYPE": "ORGANIZATION"})
    add(receiver, "mets:name", submission.receiver)
    if submission.agreement:
        add(header, "mets:altRecordID", submission.agreement, {"TYPE": "SUBMISSIONAGREEMENT"})


def _reference(parent: Element, member: Member, kind: dict[str, str]) -> None:
    add(
        parent,
        "mets:mdRef",
        attributes={
            "LOCTYPE": "URL",
            "xlink:type": "simple",
            "xlink:href": member.path,
            **kind,
            "MIMETYPE": member.media_type,
            "SIZE": str(member.size),
            "CREATED": member.created,
            "CHECKSUM": member.sha256,
            "CHECKSUMTYPE": "SHA-256",
        },
    )


def _files(document: Element, parts: Parts) -> None:
    section = add(document, "mets:fileSec", attributes={"ID": "filer"})
    for number, (use, members) in enumerate(parts.groups, start=1):
        group = add(section, "mets:fileGrp", attributes={"USE": use, "ID": _group(number)})
        if use == REPRESENTATIONS:
            group.set("{https://DILCIS.eu/XML/METS/CSIPExtensionMETS}CONTENTINFORMATIONTYPE", INFORMATION)
        for place, member in enumerate(members, start=1):
            file = add(
                group,
                "mets:file",
                attributes={
                    "ID": f"{_group(number)}-{place}",
                    "MIMETYPE": member.media_type,
                    "SIZE": str(member.size),
                    "CREATED": member.created,
                    "CHECKSUM": member.sha256,
                    "CHECKSUMTYPE": "SHA-256",
                },
            )
            where = {"LOCTYPE": "URL", "xlink:type": "simple", "xlink:href": member.path}
            add(file, "mets:FLocat", attributes=where)


def _structure(document: Element, parts: Parts, identifier: str) -> None:
    whole = add(document, "mets:structMap", attributes={"ID": "struktur", "TYPE": "PHYSICAL", "LABEL": "CSIP"})
    top = add(whole, "mets:div", attributes={"ID": "struktur-1", "LABEL": identifier})
    about = {"ID": "struktur-metadata", "LABEL": "Metadata", "ADMID": "amd-1"}
    if parts.descriptive:
        about["DMDID"] = "dmd-1"
    add(top, "mets:div", attributes=about)
    for number, (use, _members) in enumerate(parts.groups, start=1):
        label = use.partition("/")[0]
        division = add(top, "mets:div", attributes={"ID": f"struktur-{_group(number)}", "LABEL": label})
        add(division, "mets:fptr", attributes={"FILEID": _group(number)})
        if use == REPRESENTATIONS:
            within = add(division, "mets:div", attributes={"ID": f"struktur-{REPRESENTATION}", "LABEL": use})
            pointer = {"LOCTYPE": "URL", "xlink:type": "simple", "xlink:href": parts.representation}
            add(within, "mets:mptr", attributes={**pointer, "xlink:title": _group(number)})


def _group(number: int) -> str:
    return f"grupp-{number}"
