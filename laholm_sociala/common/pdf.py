"""PDF/A from our own HTML, with tags (R41; lag 2018:1937 on accessibility)."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation


class ForeignFileError(ValueError):
    """The document asked for a file that is not one of the project's own."""


def render_pdf(html: str, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Return the document as PDF in the archive variant of the settings; the same bytes for the same text.

    Only the project's own static files can be fetched, by addresses below `static:`, and the PNG `pictures` that are
    given, by `picture:` and their name; anything else, `file:` and the network included, raises ForeignFileError and
    no PDF comes out.
    """
    from weasyprint import HTML  # takes a second and 100 MB: only those who make a PDF pay for it
    from weasyprint.urls import FatalURLFetchingError

    try:
        return HTML(string=html, base_url="static:", url_fetcher=_own_files(pictures or {})).write_pdf(
            pdf_variant=settings.PDF_VARIANT, pdf_tags=True
        )
    except FatalURLFetchingError as error:
        raise ForeignFileError(str(error)) from error


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
