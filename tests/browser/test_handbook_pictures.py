"""The pictures of the handbook, of the real pages. `HANDBOOK_PICTURES=1` takes them anew, in docs/handbok/bilder.

Otherwise each page is looked at, to see that it shows what its picture is there for: to pack a picture takes longer.
"""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from laholm_sociala.handbook.chapters import chapters
from tests.browser.example import make_example
from tests.browser.looking import TOO_WIDE
from tests.browser.picture import Picture, on_phone
from tests.browser.places.place import page
from tests.browser.portal import connections_kept
from tests.browser.tour import Tour
from tests.browser.visitors import PHONE, Visitors
from tests.browser.world.world import World
from tests.database import TestDatabase


def typed(page: Page, world: World) -> None:
    """Say what was found, and show it from there: above it stands a button of Chromium's own, in English."""
    page.get_by_label("Text", exact=True).fill("Jaha, nu stänger de tidigare igen. Och hon i informationsdisken …")
    page.get_by_label("Personangrepp").check()
    page.evaluate("""() => {
        document.activeElement.blur();
        scrollTo(0, document.querySelector("label[for=id_text]").getBoundingClientRect().top + scrollY - 16);
    }""")


STARTING = {
    "att-gora": Picture(page("to-do", "kommunikator"), "En ny uppstart"),
    "starta-nytt-konto": Picture(page("accounts:application-start", "bibliotekarie"), "Webbadress"),
    "godkann": on_phone(page("accounts:application-approve", "enhetschef", pk="to_decide"), "Att godkänna"),
    "registrera": Picture(page("accounts:application-register", "kommunikator", pk="to_register"), "Registrera"),
    "anvandare": Picture(page("accounts:user-list", "administrator"), "Bjud in"),
}
DAILY_WORK = {
    "granska": Picture(page("moderation:case-list", "bibliotekarie"), "Logga ett inlägg"),
    "logga": on_phone(page("moderation:case-log", "bibliotekarie", act=typed), "Logga inlägget"),
    "atgarda": Picture(page("moderation:case-detail", "bibliotekarie", pk="attack"), "Vad gör du?"),
    "tillsyn": Picture(page("moderation:supervision", "bibliotekarie"), "Allt kontrollerat, inget att åtgärda"),
    "manaden": Picture(page("moderation:supervision-account", "musiklarare", pk="kulturskolan-instagram"), "november"),
    "franvaro": Picture(page("accounts:absence-list", "musiklarare"), "Anteckna frånvaro"),
    "rapportera": on_phone(page("moderation:report"), "Rapportera innehåll"),
}
DIARY = {
    "diariet": Picture(page("archive:document-list", "registrator"), "Registrera handling", height=1000),
    "handling": Picture(page("archive:document-detail", "registrator", pk="letter"), "Skicka vidare"),
    "begaran": Picture(page("archive:request-detail", "registrator", pk="asked"), "Handlingar"),
    "prova": Picture(page("archive:request-item", "registrator", pk="asked", item_pk="asked_for"), "Lämnas ut"),
    "att-gallra": Picture(page("archive:due-detail", "arkivredogorare", pk="culture"), "Förbered gallringen"),
    "leveranser": Picture(
        page("archive:transfer-list", "arkivredogorare", pk="culture"), "Kvitterad", last="main .ls-rows"
    ),
    "leverans": Picture(page("archive:transfer-detail", "arkivredogorare", pk="leverans"), "Det här kommer med"),
}
ACCOUNTS = {
    "register": Picture(page("accounts:account-list", "kommunikator"), "Fler filter"),
    "kontot": Picture(page("accounts:account-detail", "bibliotekarie", pk="biblioteket-instagram"), "Att ordna"),
    "avsandare": Picture(page("accounts:account-sender", "bibliotekarie", pk="biblioteket-facebook"), "logotyp"),
    "lasa-in": Picture(page("accounts:import-detail", "kommunikator", pk="to_mend"), "Två rader att rätta"),
    "kanaler": Picture(page("accounts:platform-list", "kommunikator"), "Bluesky"),
    "ogonblicksbilder": Picture(page("archive:snapshot-list", "museipedagog"), "Ögonblicksbilder"),
    "jamfor": Picture(page("archive:snapshot-compare", "webbredaktor", account_pk="kommunen-facebook"), "Jämför"),
    "avsluta": Picture(page("accounts:account-closing", "turistvard", pk="sommar-instagram"), "Ögonblicksbild"),
}
RULES = {
    "kalender": Picture(page("accounts:calendar", "kommunikator"), "Egna dagar"),
    "riktlinjen": Picture(page("accounts:guideline", "kommunikator"), "48"),
    "sa-raknade-vi": Picture(page("moderation:case-deadline", "museipedagog", pk="over_a_weekend"), "Så räknade vi"),
}
FOLDER = settings.BASE_DIR / "docs" / "handbok" / "bilder"
PICTURES = {**STARTING, **DAILY_WORK, **DIARY, **ACCOUNTS, **RULES}


@pytest.fixture(scope="module")
def tour(browser: Browser, portal: str, django_db_blocker) -> Iterator[Tour]:
    """A look at the example municipality, as the demo makes it."""
    with django_db_blocker.unblock(), connections_kept():
        database = TestDatabase("example")
        database.create()
        visitors = Visitors(browser, portal)
        try:
            yield Tour(visitors, make_example(visitors))
        finally:
            visitors.leave()
            database.destroy()


# One test: to make the municipality takes longer than all the pages, and each process would make its own.
def test_the_pages_show_what_the_pictures_do_and_the_chapters_fit_a_telephone(tour: Tour, subtests: pytest.Subtests):
    for name, picture in PICTURES.items():
        with subtests.test(name), tour.at(picture.place, screen=dict(picture.screen)) as opened:
            expect(opened.locator("main").get_by_text(picture.says).first).to_be_visible()
            cut = picture.cut(opened)
            assert cut["height"] > picture.height / 4
            if os.environ.get("HANDBOOK_PICTURES"):
                (FOLDER / f"{name}.png").write_bytes(picture.take(opened))
    for chapter in chapters():
        place = page("handbook-chapter", "bibliotekarie", slug=chapter.slug)
        with subtests.test(chapter.slug), tour.at(place, screen=PHONE) as opened:
            assert opened.evaluate(TOO_WIDE) == []


def test_every_picture_of_a_chapter_is_taken_here():
    shown = {path.stem: path.stat().st_size for path in FOLDER.glob("*.png")}
    assert set(shown) == set(PICTURES)
    # A blank page packs to a few hundred bytes, and one that is too large makes the chapter slow on a phone.
    assert {name: size for name, size in shown.items() if not 5_000 < size < 100_000} == {}
