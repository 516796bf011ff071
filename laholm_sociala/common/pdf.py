"""PDF/A from our own HTML, with tags (R41; lag 2018:1937 on accessibility)."""

import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation


class ForeignFileError(ValueError):
    """The document asked for a file that is not one of the project's own."""


@dataclass(frozen=True)
class Data:
    """The same as the document says, for machines; `made_at` is aware."""

    name: str
    content: bytes
    made_at: datetime


def render_pdf(html: str, pictures: Mapping[str, bytes] | None = None, *, data: Sequence[Data] = ()) -> bytes:
    """Return the document as PDF in the archive variant of the settings; the same bytes for the same text.

    `data` goes along inside it where the variant is PDF/A-3 (ISO 19005-3); PDF/A-2 carries nothing of the kind, and the
    caller lays it beside. Only the project's own static files can be fetched, by addresses below `static:`, and the PNG
    `pictures` that are given, by `picture:` and their name; anything else, `file:` and the network included, raises
    ForeignFileError and no PDF comes out.
    """
    from weasyprint import HTML  # takes a second and 100 MB: only those who make a PDF pay for it
    from weasyprint.urls import FatalURLFetchingError

    try:
        return HTML(string=html, base_url="static:", url_fetcher=_own_files(pictures or {})).write_pdf(
            finisher=_embed_outlines_alone,
            pdf_variant=settings.PDF_VARIANT,
            pdf_tags=True,
            attachments=_attached(data),
        )
    except FatalURLFetchingError as error:
        raise ForeignFileError(str(error)) from error


def _attached(data: Sequence[Data]) -> list[Any]:
    from weasyprint import Attachment

    if not settings.PDF_VARIANT.startswith("pdf/a-3"):
        return []
    return [
        Attachment(
            string=one.content,
            name=one.name,
            created=one.made_at.astimezone(UTC),
            modified=one.made_at.astimezone(UTC),
            relationship="Data",
        )
        for one in data
    ]


def _embed_outlines_alone(document: object, pdf: Any) -> None:
    """Embed of each OpenType font its outlines (CFF) and nothing else: ISO 32000-1, 9.9, allows both.

    Those who check PDF/A look a glyph up by its number in bare outlines. In a whole OpenType font veraPDF, which
    e-archives use, looks up some of ours by their letters, finds none, and fails the document (ISO 19005-2, 6.2.11.8).
    """
    from fontTools.ttLib import TTFont

    for stream in pdf.objects:
        if getattr(stream, "extra", {}).get("Subtype") == "/OpenType":
            with TTFont(BytesIO(b"".join(stream.stream))) as font:
                stream.stream = [font.getTableData("CFF ")]
            stream.extra["Subtype"] = "/CIDFontType0C"


def _own_files(pictures: Mapping[str, bytes]) -> object:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            if url.removeprefix("picture:") in pictures:
                given = pictures[url.removeprefix("picture:")]
                return URLFetcherResponse(url, given, {"Content-Type": "image/png"})
            # Fatal, since WeasyPrint only warns of an ordinary error and goes on without the file.
            if not url.startswith("static:"):
                raise FatalURLFetchingError(f"{url} är ingen av portalens egna filer.")
            try:
                found = finders.find(url.removeprefix("static:").lstrip("/"))
            except SuspiciousFileOperation:
                found = None
            if not isinstance(found, str):
                raise FatalURLFetchingError(f"{url} finns inte bland portalens egna filer.")
            kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
            return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": kind})

    return OwnFiles()
