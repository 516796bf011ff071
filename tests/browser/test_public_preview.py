"""What everyone will read of a handling follows the registrator's typing, and nothing typed stands in an address."""

from django.urls import reverse
from playwright.sync_api import expect

from archive.models import Document
from tests.archive.factories import SeriesFactory, registrar_of
from tests.browser.visitors import Visitors


def test_follows_what_is_typed(visitors: Visitors, cast):
    registrar = registrar_of(SeriesFactory(board=cast.culture_board).board)
    page = visitors.let_in(visitors.arrive(), registrar)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(reverse("archive:document-register"))
    preview = page.locator("#sa-syns-det")
    expect(preview).to_contain_text("Här står det du skriver")
    page.get_by_label("Ärendemening", exact=True).fill("Synpunkt från Anna")
    page.get_by_label("Avsändare/mottagare", exact=True).fill("Anna Svensson")
    expect(preview).to_contain_text("Inkommen. Anna Svensson. Synpunkt från Anna")
    page.get_by_text("Skriv något annat för allmänheten").click()
    page.get_by_label("Avsändare/mottagare för allmänheten").fill("Enskild")
    page.get_by_label("Ärendemening för allmänheten").fill("Synpunkt om dörr")
    expect(preview).to_contain_text("Inkommen. Enskild. Synpunkt om dörr")
    expect(preview).not_to_contain_text("Anna")
    assert [address for address in asked if "Anna" in address] == []
    assert not Document.objects.exists()
