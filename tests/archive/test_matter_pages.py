"""An ärende's own pages: read, corrected, closed, opened again, made void."""

from uuid import uuid4

import pytest
from django.urls import reverse

from archive.models import Matter
from archive.services.diary import register_document
from tests.archive.battery import assert_only_the_boards_registrar
from tests.archive.factories import entry
from tests.clock import NOW
from tests.pages import Page, assert_only_get, assert_only_post
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


def address(name: str, opened: Matter) -> str:
    return reverse(f"archive:matter-{name}", args=[opened.pk])


@pytest.mark.parametrize("name", ["detail", "correct", "cancel", "close", "reopen", "history"])
def test_who_may(name, opened, registrar, stranger, cast, client_for):
    url = address(name, opened)
    assert_only_the_boards_registrar(url, registrar=registrar, stranger=stranger, cast=cast, client_for=client_for)
    assert client_for(registrar).post(reverse(f"archive:matter-{name}", args=[uuid4()])).status_code in {404, 405}


@pytest.mark.parametrize("name", ["detail", "history"])
def test_only_read(name, opened, registrar, client_for):
    assert_only_get(client_for(registrar), address(name, opened))


def test_lists_its_handlingar_in_order(opened, registrar, client_for):
    client = client_for(registrar)
    assert "Inga handlingar än." in Page(client.get(address("detail", opened))).text
    assert_same_query_count(
        lambda: client.get(address("detail", opened)),
        add_row=lambda: register_document(opened.pk, entry(), by=registrar, now=NOW),
    )
    assert Page(client.get(address("detail", opened))).rows == [f"{opened}-1", f"{opened}-2", f"{opened}-3"]


def test_closed_and_opened_again_with_a_reason(opened, registrar, client_for):
    client = client_for(registrar)
    assert_only_post(client, address("close", opened))
    page = Page(client.post(address("close", opened), follow=True))
    assert page.messages == [f"{opened} är avslutat."]
    assert Page(client.post(address("close", opened), follow=True)).messages == ["Ärendet är redan avslutat."]
    assert Page(client.post(address("reopen", opened), {"reason": " "})).errors == {"reason": "Skriv varför"}
    page = Page(client.post(address("reopen", opened), {"reason": "Nytt brev"}, follow=True))
    assert page.messages == [f"{opened} är öppet igen."]
    assert Page(client.post(address("reopen", opened), {"reason": "Igen"})).summary == ["Ärendet är redan öppet."]


def test_corrected(opened, registrar, client_for):
    client = client_for(registrar)
    words = {"subject": "Synpunkt om dörr", "public_subject": "Synpunkt", "reason": "Tydligare"}
    page = Page(client.post(address("correct", opened), words, follow=True))
    assert page.messages == [f"{opened} är rättat."]
    assert page.facts["För allmänheten"] == "Synpunkt"


def test_made_void_only_without_standing_handlingar(kept, registrar, client_for):
    page = Page(client_for(registrar).post(address("cancel", kept.matter), {"reason": "Fel"}))
    assert page.summary == ["Ärendet har handlingar. Makulera dem först, var och en med sitt skäl."]
    assert page.typed("reason") == "Fel"
