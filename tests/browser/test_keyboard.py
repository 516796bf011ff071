"""The keyboard alone: everything can be reached, seen and pressed, in the order that it stands on the page."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Application
from tests.browser.visitors import Visitors
from tests.factories import ApplicationFactory

FOCUSED = """() => {
    const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
    return {
        words: (it.labels?.[0] ?? it).textContent.trim().replace(/\\s+/g, " "),
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
        isBody: it === document.body,
        top: box.top + scrollY,
        bar: it.closest(".ls-bar, .ls-side") !== null,
    };
}"""


def tab(page: Page) -> dict:
    """Go on with Tab, and return where it led. What has focus is on the screen and has a ring around it."""
    page.keyboard.press("Tab")
    focused = page.evaluate(FOCUSED)
    assert focused["isBody"] or (focused["ring"] and focused["seen"]), focused
    return focused


def tab_to(page: Page, words: str) -> dict:
    """Go on until what begins with the words."""
    for _ in range(60):
        focused = tab(page)
        if focused["words"].startswith(words):
            return focused
    raise AssertionError(f"The keyboard never came to {words}")


def skip_to_the_content(page: Page) -> None:
    """The skip link comes first, is seen, and leads past the menu."""
    assert tab(page)["words"] == "Hoppa till innehållet"
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


@pytest.fixture
def manager(visitors: Visitors, cast) -> Page:
    """The manager, in front of an application to decide on."""
    visitors.give_second_step(cast.manager)
    application = ApplicationFactory(unit=cast.library, applicant=cast.librarian, substitute=cast.assistant)
    address = reverse("accounts:application-approve", args=[application.pk])
    page = visitors.sign_in(visitors.arrive(), cast.manager, at=address)
    expect(page).to_have_title("Godkänn nytt konto – Laholm Sociala")
    return page


@pytest.fixture
def librarian(visitors: Visitors, cast) -> Page:
    """The librarian, in front of an empty Bilaga 1."""
    page = visitors.sign_in(visitors.arrive(), cast.librarian, at=reverse("accounts:application-start"))
    expect(page).to_have_title("Starta nytt konto – Laholm Sociala")
    return page


def test_person_signs_in_by_keyboard(visitors: Visitors, cast):
    page = visitors.arrive()
    page.goto(reverse("account_login"))
    tab_to(page, "E-post")
    page.keyboard.type(cast.librarian.email)
    tab_to(page, "Lösenord")
    page.keyboard.type("fel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Det gick inte att logga in")).to_be_focused()


def test_manager_approves_by_keyboard(manager: Page):
    skip_to_the_content(manager)
    for box in ("Resurser", "Kunskap", "Rutiner"):
        tab_to(manager, box)
        manager.keyboard.press("Space")
    expect(manager.get_by_role("checkbox", checked=True)).to_have_count(3)
    assert tab(manager)["words"] == "Godkänn"
    manager.keyboard.press("Enter")
    expect(manager.get_by_role("heading", level=1)).to_have_text("Skickat till kommunikationsenheten")


def test_manager_finds_the_two_other_ways_by_keyboard(manager: Page):
    for button in ("Godkänn", "Skicka tillbaka", "Mer"):
        tab_to(manager, button)
    manager.keyboard.press("Space")
    assert tab(manager)["words"] == "Avslå"
    manager.keyboard.press("Enter")
    expect(manager.get_by_role("heading", level=1)).to_have_text("Avslå uppstarten")


def test_what_is_left_out_is_reached_from_the_list_of_faults(manager: Page):
    tab_to(manager, "Godkänn")
    manager.keyboard.press("Enter")
    expect(manager.get_by_role("group", name="En sak är kvar att rätta")).to_be_focused()
    assert tab(manager)["words"] == "Kryssa i resurser, kunskap och rutiner för att godkänna"
    manager.keyboard.press("Enter")
    expect(manager.get_by_role("checkbox", name=re.compile("^Resurser"))).to_be_focused()


def test_application_is_filled_in_and_sent_by_keyboard(librarian: Page):
    skip_to_the_content(librarian)
    for label, words in {
        "Webbadress": "instagram.com/laholmsbibliotek",
        "Kanal": "Instagram",
        "Namn på kontot": "Laholms bibliotek",
        "Syfte och mål": "Fler ska hitta hit.",
        "Budskap och Målgrupp": "Laholmare som läser.",
        "Ämnen": "Boktips.",
    }.items():
        tab_to(librarian, label)
        librarian.keyboard.type(words)
    for _ in range(6):
        tab(librarian)
        librarian.keyboard.press("Space")
    tab_to(librarian, "Ersättare")
    librarian.keyboard.type("Assistent")
    tab_to(librarian, "Skapa insyn")
    librarian.keyboard.press("Space")
    tab_to(librarian, "Förhandsgranska och skicka")
    librarian.keyboard.press("Enter")
    expect(librarian.get_by_role("heading", level=1)).to_have_text("Titta igenom och skicka")
    tab_to(librarian, "Skicka till")
    librarian.keyboard.press("Enter")
    expect(librarian.get_by_role("status")).to_contain_text("Skickat till")
    assert Application.objects.get().account_name == "Laholms bibliotek"


def test_keyboard_goes_down_the_form_as_the_eye_does(librarian: Page):
    tab_to(librarian, "Verksamhet")
    places = []
    while not (focused := tab(librarian))["isBody"]:
        if not focused["bar"]:
            places.append(focused["top"])
    assert len(places) > 20
    assert places == sorted(places)
