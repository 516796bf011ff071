"""XML as the standards want it, by Python's own library."""

import re
from datetime import datetime
from typing import Final
from xml.etree import ElementTree

from django.utils import timezone

from laholm_sociala.common.swedish import STOCKHOLM

NAMESPACES: Final = {
    "mets": "http://www.loc.gov/METS/",
    "xlink": "http://www.w3.org/1999/xlink",
    "csip": "https://DILCIS.eu/XML/METS/CSIPExtensionMETS",
    "sip": "https://DILCIS.eu/XML/METS/SIPExtensionMETS",
    "premis": "http://www.loc.gov/premis/v3",
    "erms": "https://DILCIS.eu/XML/ERMS",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
for _prefix, _address in NAMESPACES.items():
    ElementTree.register_namespace(_prefix, _address)

# What people paste may hold characters that no XML may: they would make the whole file unreadable.
FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACED_BY: Final = "\ufffd"

Element = ElementTree.Element


def qualified(name: str) -> str:
    """Return "mets:file" as the library writes it; a name without a prefix stays."""
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name


def root(name: str, attributes: dict[str, str]) -> Element:
    """Return the outermost element."""
    return Element(qualified(name), {qualified(key): _clean(value) for key, value in attributes.items()})


def add(parent: Element, name: str, text: str | None = None, attributes: dict[str, str] | None = None) -> Element:
    """Add an element to the parent, and return it. The words are written as they are, less what no XML may hold."""
    made = ElementTree.SubElement(
        parent, qualified(name), {qualified(key): _clean(value) for key, value in (attributes or {}).items()}
    )
    if text is not None:
        made.text = _clean(text)
    return made


def as_bytes(element: Element) -> bytes:
    """Return the document, indented, in UTF-8: the same bytes for the same content."""
    ElementTree.indent(element)
    return ElementTree.tostring(element, encoding="UTF-8", xml_declaration=True) + b"\n"


def moment(at: datetime) -> str:
    """Return an aware moment as the schemas want it, by Stockholm's clock, with its offset."""
    return timezone.localtime(at, STOCKHOLM).isoformat(timespec="seconds")


def _clean(words: str) -> str:
    return FORBIDDEN.sub(REPLACED_BY, words)
