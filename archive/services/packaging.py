"""What a board that diarieför in its existing diarium takes with it there: one file, whole (R15, R16, R22).

In it: the handling as PDF/A, what is written of it as JSON and as a table, its files as they came, and a list of
fingerprints that `sha256sum --check` reads.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from accounts.export import harmless
from archive.models import Document, DocumentFile, Handover, HandoverFile
from laholm_sociala.common.pdf import Data, render_pdf
from laholm_sociala.common.swedish import STOCKHOLM, file_name_words


@dataclass(frozen=True)
class Package:
    """A zip and what it is called. The same bytes for the same record."""

    file_name: str
    content: bytes


def package_of_handover(handover: Handover) -> Package:
    """Pack what waits for the registrator. The caller has checked who asks, and noted that they read it."""
    fields = {
        "namnd": handover.board.name,
        "arendemening": handover.subject,
        "riktning": "Inkommen",
        "kom_in": handover.received_on.isoformat(),
        "skickat_till_registratorn": _moment(handover.handed_over_at),
        "skickat_av": handover.handed_over_by.presented_as,
        "kan_vara_sekretess": handover.is_restricted,
        "text": handover.content.text,
        "uppgifter": handover.content.facts,
    }
    files = list(handover.files.all())
    context = {"handover": handover, "content": handover.content, "files": files}
    page = render_to_string("archive/pdf/handover.html", context)
    name = f"att-registrera-{handover.received_on}-{str(handover.pk)[:8]}.zip"
    return Package(name, _packed(page, fields, files, handover.handed_over_at))


def package_of_document(document: Document) -> Package:
    """Pack a registered handling, as `package_of_handover`."""
    fields = {
        "namnd": document.matter.board.name,
        "nummer": str(document),
        "arende": document.matter.designation,
        "arendemening": document.matter.subject,
        "vad_den_ror": document.subject,
        "vad_den_ror_for_allmanheten": document.public_subject,
        "riktning": document.get_direction_display(),
        "kom_in_eller_upprattades": document.dated_on.isoformat(),
        "registrerad": _moment(document.registered_at),
        "avsandare_mottagare": document.correspondent,
        "avsandare_mottagare_for_allmanheten": document.public_correspondent,
        "kan_vara_sekretess": document.is_restricted,
        "sekretessmarkeringar": [mark.provision for mark in document.marks.in_force()],
        "text": document.content.text,
        "uppgifter": document.content.facts,
    }
    page = render_to_string("archive/pdf/document.html", {"document": document})
    name = f"{file_name_words(str(document))}.zip"
    return Package(name, _packed(page, fields, list(document.files.all()), document.registered_at))


def _packed(
    page: str, fields: Mapping[str, Any], files: Sequence[DocumentFile | HandoverFile], moment: datetime
) -> bytes:
    kept = [(_name_in_package(at, file.file_name), file) for at, file in enumerate(files, start=1)]
    listed = [
        {"fil": name, "namn": file.file_name, "sort": file.content_type, "sha256": file.sha256} for name, file in kept
    ]
    whole = {**fields, "filer": listed}
    as_json = json.dumps(whole, ensure_ascii=False, indent=2).encode() + b"\n"
    members = {
        "handling.pdf": render_pdf(page, data=[Data("falt.json", as_json, moment)]),
        "falt.json": as_json,
        "falt.csv": _as_table(whole),
        **{name: bytes(file.content) for name, file in kept},
    }
    return _zipped({**members, "sha256.txt": _fingerprints(members)}, moment)


def _name_in_package(position: int, file_name: str) -> str:
    """Name a file so that it opens anywhere and lands nowhere else; its own name stands in the fields."""
    own = PurePosixPath(file_name.replace("\\", "/"))
    stem, ending = file_name_words(own.stem)[:60] or "fil", file_name_words(own.suffix)[:8]
    return f"filer/{position:02}-{stem}{'.' if ending else ''}{ending}"


def _as_table(fields: Mapping[str, Any]) -> bytes:
    """Two columns, as Excel in Sweden reads them."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Fält", "Värde"])
    writer.writerows([term, harmless(words)] for term, words in _lines(fields))
    return f"\ufeff{sheet.getvalue()}".encode()


def _lines(fields: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for term, value in fields.items():
        match value:
            case bool():
                yield term, "ja" if value else "nej"
            case dict():
                yield from ((f"{term}: {inner}", str(words)) for inner, words in value.items())
            case list():
                yield from ((term, item if isinstance(item, str) else item["fil"]) for item in value)
            case _:
                yield term, value


def _fingerprints(members: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in members.items()).encode()


def _zipped(members: Mapping[str, bytes], moment: datetime) -> bytes:
    """Stored, not compressed, at the record's own time: the same bytes whichever machine packs it, and when."""
    packed, at = io.BytesIO(), timezone.localtime(moment, STOCKHOLM).timetuple()[:6]
    with zipfile.ZipFile(packed, "w") as package:
        for name, content in members.items():
            package.writestr(zipfile.ZipInfo(name, at), content)
    return packed.getvalue()


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment, STOCKHOLM).isoformat(timespec="minutes")
