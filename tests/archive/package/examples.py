"""An example leverans: an ärende with two handlingar, and an account with a picture."""

import hashlib
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from archive.package.contents import (
    Aggregation,
    Organisation,
    Original,
    Party,
    Record,
    Restriction,
    Submission,
    Supporting,
)
from archive.package.sip import Written, write_package
from tests.clock import NOW

BEFORE = NOW - timedelta(days=400)
LETTER, PICTURE = b"%PDF-1.7 brev", b"\x89PNG bild" * 1000
SUPPORTING = [
    Supporting("dokumenthanteringsplan.json", "application/json", b"{}\n"),
    Supporting("las-mig.txt", "text/plain", "Så läser du paketet.\n".encode()),
]


def submission(**attributes: Any) -> Submission:
    return Submission(
        **{
            "key": UUID(int=1),
            "label": "Leverans till och med 2025-12-31, kultur- och utvecklingsnämnden",
            "made_at": NOW,
            "creator": Organisation("Kultur- och utvecklingsnämnden", "999999-9999"),
            "receiver": "Kommunarkivets e-arkiv",
            "software": "Laholm Sociala",
            "version": "0.2.0",
            "agreement": "KA 2026-000007",
            **attributes,
        }
    )


def original(path: str, content: bytes, **attributes: Any) -> Original:
    return Original(
        **{
            "path": path,
            "name": path.rpartition("/")[2],
            "media_type": "application/octet-stream",
            "created_at": BEFORE,
            "origin": "Registrerades i diariet.",
            "read": lambda: [content[:5], content[5:]],
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            **attributes,
        }
    )


def record(number: int = 1, **attributes: Any) -> Record:
    return Record(
        **{
            "key": UUID(int=100 + number),
            "designation": f"KUN-SM 2025-000001-{number}",
            "title": "Synpunkt om trasig dörröppnare",
            "public_title": "Synpunkt",
            "status": "received",
            "number": number,
            "direction": "incoming",
            "parties": (Party("sender", "Enskild, via Facebook"),),
            "restrictions": (Restriction("OSL 21 kap. 1 §", BEFORE),),
            "dates": {"received": BEFORE, "originated": BEFORE},
            "notes": ("Hölls hemlig en tid",),
            "says": {"text": "När lagas dörren?"},
            "originals": (
                original(f"arenden/1/{number}/01-brev.pdf", LETTER, media_type="application/pdf"),
                original(f"arenden/1/{number}/handling.json", b"{}", media_type="application/json", sha256=None),
            ),
            **attributes,
        }
    )


def matter(**attributes: Any) -> Aggregation:
    return Aggregation(
        **{
            "key": UUID(int=10),
            "designation": "KUN-SM 2025-000001",
            "title": "Synpunkt om trasig dörröppnare",
            "public_title": "Synpunkt",
            "status": "closed",
            "dates": {"opened": BEFORE, "closed": BEFORE},
            "parties": (Party("responsible_person", "Registrator"),),
            "notes": ("Öppnat en gång till",),
            "records": (
                record(),
                record(2, direction="drawn_up", parties=(), restrictions=(), notes=(), dates={"prepared": BEFORE}),
                record(3, direction="outgoing", parties=(Party("receiver", "Region Halland"),), originals=()),
            ),
            **attributes,
        }
    )


def account(**attributes: Any) -> Aggregation:
    picture = original("konton/1/1/01-skarmbild.png", PICTURE, media_type="image/png", origin="Togs av portalen.")
    shown = record(1, key=UUID(int=301), direction="", parties=(), restrictions=(), originals=(picture,))
    return Aggregation(
        **{
            "key": UUID(int=30),
            "designation": "facebook/laholmsbibliotek",
            "title": "Laholms bibliotek på Facebook",
            "status": "closed",
            "kind": "ögonblicksbilder",
            "dates": {"created": BEFORE},
            "records": (shown,),
            **attributes,
        }
    )


def package(aggregations: list[Aggregation] | None = None, **how: Any) -> tuple[bytes, Written]:
    """Return the example leverans, packed."""
    target = BytesIO()
    about = how.pop("submission", None) or submission()
    written = write_package(target, about, aggregations or [matter(), account()], SUPPORTING, **how)
    return target.getvalue(), written
