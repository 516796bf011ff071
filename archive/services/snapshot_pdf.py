"""One PDF/A of a snapshot: the evidence page, and the pictures cut into pages (R19, R23)."""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from django.template.loader import render_to_string

from archive.enums import SnapshotFileKind
from archive.models import Snapshot, SnapshotFile
from archive.services.keeping import read
from laholm_sociala.common.pdf import render_pdf

# An A4 page inside its margins, in millimetres.
PAGE_WIDTH: Final = 162
PAGE_HEIGHT: Final = 230
# A page as seen on a telephone is not drawn larger than it was, so that it takes no more paper than it needs.
PHONE_WIDTH: Final = 103
PHONE_PIXELS: Final = 500


def snapshot_as_pdf(snapshot: Snapshot) -> bytes:
    """Return the PDF: how it was taken, who answers for it, each file's fingerprint, then the pictures.

    Raises FileNotFoundError when a picture is not in the storage.
    """
    files = list(snapshot.files.all())
    pictures: dict[str, bytes] = {}
    pages = []
    shown = (file for file in files if file.kind == SnapshotFileKind.SHOWN)
    for picture, file in enumerate(shown, start=1):
        for part, content in enumerate(_pages_of(file), start=1):
            name = f"{file.pk}-{part}"
            pictures[name] = content
            where = {"picture": picture, "part": part}
            pages.append({"name": name, "file": file, "is_narrow": is_narrow(file), **where})
    context = {
        "snapshot": snapshot,
        "originals": [file for file in files if file.made_from_id is None],
        "pages": pages,
        "evidence": evidence_in_words(snapshot),
    }
    return render_pdf(render_to_string("archive/pdf/snapshot.html", context), pictures)


def evidence_in_words(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Return what is known of how a capture was taken, as terms and words. Empty for what a person sent."""
    kept = snapshot.evidence
    images, versions, viewports = kept.get("images") or {}, kept.get("versions") or {}, kept.get("viewports") or {}
    named = [
        ("Bilder på sidan", f"{images['loaded']} av {images['total']} laddade" if "total" in images else ""),
        ("Hela sidan rullad", {True: "Ja", False: "Nej"}.get(kept.get("full_scroll"), "")),
        ("Omdirigeringar", ", ".join(str(step) for step in kept.get("redirects") or [])),
        ("Bredder", _listed(viewports)),
        ("Program", _listed(versions)),
    ]
    return [(term, words) for term, words in named if words]


def is_narrow(file: SnapshotFile) -> bool:
    """Tell whether the picture is of the page as on a telephone: it is drawn so wide on paper (see pdf.css)."""
    return file.width is not None and file.width <= PHONE_PIXELS


def _listed(found: object) -> str:
    if isinstance(found, dict):
        return ", ".join(f"{name} {value}" for name, value in found.items())
    return ", ".join(str(value) for value in found) if isinstance(found, list) else ""


def _pages_of(file: SnapshotFile) -> Iterator[bytes]:
    from PIL import Image  # only those who cut a picture pay for it

    with Image.open(BytesIO(b"".join(read(file))), formats=("PNG",)) as picture:
        step = max(1, picture.width * PAGE_HEIGHT // (PHONE_WIDTH if is_narrow(file) else PAGE_WIDTH))
        for top in range(0, picture.height, step):
            out = BytesIO()
            part = picture.crop((0, top, picture.width, min(picture.height, top + step)))
            part.save(out, "PNG", optimize=False)
            yield out.getvalue()
