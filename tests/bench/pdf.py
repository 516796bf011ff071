"""Bilaga 1 as PDF, against WeasyPrint alone on the same HTML."""

import mimetypes
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from accounts.models import Decision
from accounts.services.forms import form_html
from laholm_sociala.common.pdf import render_pdf
from tests.bench.report import Line
from tests.bench.timing import in_turn
from tests.bench.volumes import Volume
from tests.factories import approved_application

LIMIT: Final = 1.2


class PlainFetcher(URLFetcher):
    """Reads the static files that the form asks for, and asks no questions."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        file = Path(finders.find(url.removeprefix("static:").lstrip("/")))
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": mimetypes.guess_type(file.name)[0]})


def against_weasyprint(volume: Volume) -> Line:
    """Return how many times as long as WeasyPrint alone the form takes, from the decision to the bytes."""
    volume.use()
    decision = Decision.objects.select_related("application__platform").get(application=approved_application())
    html = form_html(decision)

    def ours() -> bytes:
        return render_pdf(form_html(decision))

    def weasyprint_alone() -> bytes:
        document = HTML(string=html, base_url="static:", url_fetcher=PlainFetcher())
        return document.write_pdf(pdf_variant=settings.PDF_VARIANT, pdf_tags=True)

    if ours() != weasyprint_alone():
        raise RuntimeError("De två PDF-filerna är inte lika: måttet jämför inte samma arbete.")
    times = in_turn({"ours": ours, "weasyprint": weasyprint_alone})
    return Line("Bilaga 1 som PDF mot WeasyPrint ensamt", "", "", times.ratio("ours", "weasyprint"), LIMIT)
