"""A handling's own pages: read, corrected, made void, its files and its history."""

from uuid import uuid4

import pytest
from django.urls import reverse

from archive.models import Document
from archive.services.entries import File
from tests.archive.battery import assert_only_the_boards_registrar
from tests.archive.factories import document
from tests.pages import Page, assert_only_get

pytestmark = pytest.mark.django_db


def address(name: str, kept: Document, *more: object) -> str:
    return reverse(f"archive:document-{name}", args=[kept.pk, *more])


@pytest.mark.parametrize("name", ["detail", "correct", "cancel", "history"])
def test_who_may(name, kept, registrar, stranger, cast, client_for):
    url = address(name, kept)
    assert_only_the_boards_registrar(url, registrar=registrar, stranger=stranger, cast=cast, client_for=client_for)
    assert client_for(registrar).get(reverse(f"archive:document-{name}", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", ["detail", "history"])
def test_only_read(name, kept, registrar, client_for):
    assert_only_get(client_for(registrar), address(name, kept))


def test_says_what_the_law_asks_for_and_what_the_public_sees(cast, registrar, client_for):
    kept = document(
        cast.culture_board,
        by=registrar,
        public_correspondent="Enskild",
        public_subject="Synpunkt",
        provisions=["OSL 21 kap. 1 §"],
        details={"Länk": "https://www.facebook.com/1"},
    )
    page = Page(client_for(registrar).get(address("detail", kept)))
    assert page.facts["Avsändare/mottagare"] == "Enskild, via Facebook"
    assert page.facts["Länk"] == "https://www.facebook.com/1"
    assert page.facts["Sekretessmarkering"].startswith("OSL 21 kap. 1 §")
    assert "prövas när någon begär ut" in page.facts["Sekretessmarkering"]
    assert "2026-11-24. Enskild. Synpunkt." in page.text


def test_file_is_downloaded_as_it_is_and_never_shown(cast, registrar, stranger, client_for):
    kept = document(cast.culture_board, by=registrar, files=[File("å.png", "image/png", b"<script>")])
    url = address("file", kept, kept.files.get().pk)
    response = client_for(registrar).get(url)
    assert response.content == b"<script>"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client_for(stranger).get(url).status_code == 404
    assert client_for(registrar).get(address("file", kept, uuid4())).status_code == 404


class TestCorrect:
    def test_keeps_the_old_value_in_the_history(self, kept, registrar, client_for):
        client = client_for(registrar)
        first = Page(client.get(address("correct", kept)))
        typed = {name: first.typed(name) for name in ("subject", "correspondent", "public_subject", "direction")}
        changed = {**typed, "dated_on": "2026-11-24", "subject": "Synpunkt om dörr", "reason": "Tydligare"}
        page = Page(client.post(address("correct", kept), changed, follow=True))
        assert page.messages == ["KUN-SM 2026-000001-1 är rättad."]
        history = Page(client.get(address("history", kept))).text
        assert "Rättades: Tydligare" in history
        assert "från Synpunkt om trasig dörröppnare, biblioteket i Våxtorp till Synpunkt om dörr" in history

    def test_needs_a_reason(self, kept, registrar, client_for):
        page = Page(client_for(registrar).post(address("correct", kept), {"subject": "Annat"}))
        assert page.errors["reason"] == "Skriv varför"
        assert page.typed("subject") == "Annat"


class TestCancel:
    def test_stays_in_the_diary_with_the_reason(self, kept, registrar, client_for):
        page = Page(client_for(registrar).post(address("cancel", kept), {"reason": "Dubbelt"}, follow=True))
        assert page.messages == ["KUN-SM 2026-000001-1 är makulerad."]
        assert "Makulerad Skäl: Dubbelt" in page.text
        assert "Rätta" not in page.links

    def test_twice_is_refused(self, kept, registrar, client_for):
        client = client_for(registrar)
        client.post(address("cancel", kept), {"reason": "Dubbelt"})
        page = Page(client.post(address("cancel", kept), {"reason": "Dubbelt"}))
        assert page.summary == ["Det är redan makulerat."]
