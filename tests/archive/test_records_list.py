"""Diarieförteckning per board and period, in the public variant."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from archive.services import list_of_records as service
from archive.services.diary import cancel_document
from tests.archive.factories import document
from tests.clock import NOW, TODAY
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.pdf import text_of

pytestmark = pytest.mark.django_db
URL = reverse("archive:records-list")


@pytest.fixture
def asked(cast):
    return {"board": str(cast.culture_board.pk), "first": "2026-01-01", "last": "2026-11-24"}


def test_only_registrars(cast, registrar, client_for):
    assert_asks_for_sign_in(URL)
    for person in (cast.librarian, cast.communicator, cast.administrator):
        assert client_for(person).get(URL).status_code == 403
    assert Page(client_for(registrar).get(URL)).typed("first") == "2026-01-01"
    assert_only_get(client_for(registrar), URL)


def test_is_the_public_variant_as_archive_pdf(cast, registrar, asked, client_for):
    document(cast.culture_board, by=registrar, correspondent="Anna Al", public_correspondent="Enskild")
    cancelled = document(cast.culture_board, by=registrar, public_subject="Fel handling")
    cancel_document(cancelled.pk, reason="Fel", by=registrar, now=NOW)
    response = client_for(registrar).get(URL, asked)
    assert response.headers["Content-Disposition"].endswith('"diarieforteckning-2026-01-01-2026-11-24.pdf"')
    text = text_of(response.content)
    assert "KUN-SM 2026-000001-1, 2026-11-24, inkommen" in text
    assert "Fel handling (makulerad)" in text
    assert "Anna" not in text
    with pikepdf.open(BytesIO(response.content)) as pdf:
        assert pdf.open_metadata()["pdfaid:part"] in {"2", "3"}


def test_holds_the_days_asked_for_and_no_other(cast, registrar, asked, client_for):
    document(cast.culture_board, by=registrar, dated_on=TODAY - timedelta(days=400))
    text = text_of(client_for(registrar).get(URL, asked).content)
    assert "Inga handlingar under perioden." in text


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"last": "2025-12-31"}, {"last": "Sista dagen ligger före den första."}),
        ({"first": "i våras"}, {"first": "Skriv dagen som 2026-11-24"}),
        ({"last": ""}, {"last": "Skriv dagen, till exempel 2026-11-24"}),
    ],
)
def test_says_what_is_wrong_beside_the_field(asked, registrar, client_for, change, errors):
    page = Page(client_for(registrar).get(URL, {**asked, **change}))
    assert page.errors == errors
    assert page.typed("first") == {**asked, **change}["first"]


def test_another_board_cannot_be_asked_for(asked, stranger, series, client_for):
    assert "board" in Page(client_for(stranger).get(URL, asked)).errors


def test_too_much_is_refused(cast, registrar, asked, client_for, monkeypatch):
    monkeypatch.setattr(service, "MOST_DOCUMENTS", 1)
    for _ in range(2):
        document(cast.culture_board, by=registrar)
    assert Page(client_for(registrar).get(URL, asked)).errors == {
        "last": "Perioden har fler än 2 000 handlingar. Välj en kortare."
    }
