"""From what a citizen saw to what became of it: the form, the editor's telephone, the receipt and the mail."""

import pytest
from playwright.sync_api import Page, expect

from moderation.models import Case, PublicReport
from tests.browser.visitors import Visitors
from tests.factories import platform
from tests.moderation.factories import library_account, picture_bytes

WORDS = "Hon i informationsdisken hängs ut i tredje kommentaren."
POST = "https://www.facebook.com/laholmsbibliotek/posts/12345"
SCREENSHOT = {"name": "skarmbild.png", "mimeType": "image/png", "buffer": picture_bytes(size=(600, 400))}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def scripted(request) -> bool:
    return request.param


@pytest.fixture
def account(visitors: Visitors, cast):
    return library_account(cast, name="Laholms bibliotek", platform=platform("facebook"), handle="laholmsbibliotek")


def report_a_post(page: Page, clock, *, email: str = "") -> str:
    """Fill in the form as one who found something ugly; return the number on the receipt."""
    page.goto("/konton/")
    page.get_by_role("main").get_by_role("link", name="Facebook").click()
    page.get_by_role("link", name="Rapportera innehåll").first.click()
    expect(page.get_by_role("main")).to_contain_text("Det gäller Laholms bibliotek på Facebook.")
    clock.move(seconds=30)
    page.get_by_role("button", name="Skicka rapporten").click()
    expect(page.get_by_role("group", name="En sak är kvar att rätta")).to_contain_text("Välj vad som är fel")
    page.get_by_label("Länk till inlägget eller kontot").fill(POST)
    page.get_by_label("Någon blir påhoppad eller kränkt").check()
    page.get_by_label("Berätta mer").fill(WORDS)
    page.get_by_label("Skärmbild").set_input_files(SCREENSHOT)
    page.get_by_label("Din e-post").fill(email)
    page.get_by_role("button", name="Skicka rapporten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi har tagit emot din rapport")
    return page.get_by_role("heading", name="Kvitto").inner_text().removeprefix("Kvitto ")


def test_reported_taken_removed_and_told(visitors: Visitors, account, cast, clock, mail_server, work, scripted):
    citizen = visitors.with_phone(java_script_enabled=scripted)
    number = report_a_post(citizen, clock, email="anna@exempel.example")
    expect(citizen.get_by_role("main")).to_contain_text("Vi granskar senast torsdag 26 november")
    assert {cookie["name"] for cookie in citizen.context.cookies()} == {"csrftoken"}

    editor = visitors.sign_in(visitors.with_phone(java_script_enabled=scripted), cast.librarian, at="/granska/")
    editor.get_by_role("button", name="Jag tar den").first.click()
    editor.goto(f"/granska/{Case.objects.get().pk}/")
    expect(editor.get_by_role("main")).to_contain_text("Du har tagit det.")
    expect(editor.get_by_role("main")).to_contain_text(WORDS)
    expect(editor.get_by_role("main")).to_contain_text("Kopia sparad")
    expect(editor.get_by_role("img", name="Bild av inlägget")).to_be_visible()
    editor.get_by_label("Ta bort").check()
    editor.locator(".ls-bar").get_by_role("button").click()
    expect(editor.get_by_role("status")).to_be_visible()

    citizen.goto("/rapportera/kvitto/")
    citizen.get_by_label("Numret på kvittot").fill(number.lower())
    citizen.get_by_role("button", name="Visa rapporten").click()
    expect(citizen.get_by_role("heading", name="Inlägget är borttaget.")).to_be_visible()
    expect(citizen.get_by_role("main")).not_to_contain_text("informationsdisken")

    work()
    subjects = sorted(letter["Subject"] for letter in mail_server.messages if "anna" in letter["To"])
    assert subjects == [f"Svar på din rapport {number}", f"Vi har tagit emot din rapport {number}"]


def test_a_false_account_is_checked_reported_and_answered_without_javascript(visitors: Visitors, account, cast, clock):
    citizen = visitors.arrive(java_script_enabled=False)
    citizen.goto("/konton/akta/")
    citizen.get_by_label("Kontots adress eller namn").fill("facebook.com/laholms.bibliotek.vinnare")
    citizen.get_by_role("button", name="Kontrollera").click()
    expect(citizen.get_by_role("heading", name="Nej, inte i vår lista")).to_be_visible()
    expect(citizen.get_by_role("link", name="Laholms bibliotek på Facebook")).to_be_visible()
    citizen.get_by_role("link", name="Rapportera kontot").click()
    expect(citizen.get_by_label("Länk till")).to_have_value("facebook.com/laholms.bibliotek.vinnare")
    expect(citizen.get_by_label("Ett falskt konto som låtsas vara kommunen")).to_be_checked()
    clock.move(seconds=30)
    citizen.get_by_role("button", name="Skicka rapporten").click()
    expect(citizen.get_by_role("heading", name="Kvitto")).to_be_visible()

    communicator = visitors.sign_in(visitors.arrive(java_script_enabled=False), cast.communicator)
    communicator.goto(f"/rapportera/utan-konto/{PublicReport.objects.get().pk}/")
    communicator.get_by_label("Det är inte Laholms kommuns konto. Vi har anmält det till plattformen.").check()
    communicator.get_by_role("button", name="Svara").click()
    expect(communicator.get_by_role("main")).to_contain_text("Inga rapporter väntar på dig.")

    citizen.reload()
    expect(citizen.get_by_role("heading", name="Det är inte Laholms kommuns konto.")).to_be_visible()
