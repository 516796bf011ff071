"""From the employee's idea to the citizen's answer: four people, real browsers, real mail."""

import hashlib
import re
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Account, Application, ApprovedForm
from tests.browser.visitors import Visitors

# WeasyPrint leaves the file of its colour profile open.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning")

TOPICS = "Boktips varje vecka. Sagostunder och öppettider."
CONTENT = {
    "Webbadress": "instagram.com/laholmsbibliotek",
    "Namn på kontot": "Laholms bibliotek",
    "Syfte och mål med kontot?": "Fler ska hitta till biblioteken.",
    "Budskap och Målgrupp?": "Laholmare som läser, och de som ännu inte gör det.",
    "Ämnen?": TOPICS,
}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def scripted(request) -> bool:
    return request.param


@pytest.fixture
def people(visitors, cast):
    """The cast, where the manager has a second step as managers must."""
    visitors.give_second_step(cast.manager)
    return cast


def fill_in(page: Page, *, leave_out: str = "") -> None:
    """Fill in Bilaga 1, but for one question."""
    for label, words in CONTENT.items():
        if label != leave_out:
            page.get_by_label(label).fill(words)
    page.get_by_label("Kanal").select_option(label="Instagram")
    for box in page.get_by_role("group", name="Checklista").get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Ersättare").select_option(label="Assistent Asp, biblioteksassistent, biblioteket")
    page.get_by_role("group", name="Vad ska kontot användas till?").get_by_role("checkbox").first.check()


def preview(page: Page) -> None:
    page.get_by_role("button", name="Förhandsgranska och skicka").click()


def send(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Skicka till Enhetschef Ek")).click()
    expect(page.get_by_role("status")).to_contain_text("Skickat till Enhetschef Ek, enhetschef, biblioteket")


def letter_to(server, address: str) -> EmailMessage:
    """Return the newest letter to the address."""
    return [message for message in server.messages if message["To"] == address][-1]


def subject(letter: EmailMessage) -> str:
    return letter["Subject"].strip()  # a long one begins on a line of its own


def link_in(letter: EmailMessage) -> str:
    """Return where the letter's only button leads."""
    html = letter.get_body(("html",)).get_content()
    (address,) = set(re.findall(r'href="(http[^"]+)"', html))
    assert address in letter.get_body(("plain",)).get_content()
    return address


def approve(page: Page) -> None:
    for box in page.get_by_role("group", name="Du ansvarar för det som publiceras").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Godkänn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skickat till kommunikationsenheten")


def assert_in_reach_of_the_thumb(page: Page, button: str) -> None:
    """The button is wholly on the screen, and big enough, wherever the page is scrolled."""
    box = page.get_by_role("button", name=button).bounding_box()
    screen = page.viewport_size
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= screen["width"]
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= screen["height"]
    assert box["height"] >= 44


def test_account_is_started_approved_registered_and_found_by_a_citizen(
    visitors: Visitors, people, mail_server, work, clock, scripted
):
    librarian = visitors.sign_in(visitors.arrive(java_script_enabled=scripted), people.librarian)
    start_with_a_mistake(librarian, scripted=scripted)
    come_back_to_the_draft(librarian)
    send(librarian)

    clock.move(hours=1)
    work()
    letter = letter_to(mail_server, people.manager.email)
    assert subject(letter) == "Godkänn nytt konto: Laholms bibliotek på Instagram"
    manager = visitors.with_phone(java_script_enabled=scripted)
    visitors.sign_in(manager, people.manager, at=link_in(letter))
    read_and_approve(manager)

    clock.move(hours=1)
    work()
    letter = letter_to(mail_server, "kommunikationsenheten@laholm.se")
    (attached,) = letter.iter_attachments()
    pdf = attached.get_content()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_filename() == "bilaga-1-laholms-bibliotek.pdf"
    assert pdf.startswith(b"%PDF-")
    assert hashlib.sha256(pdf).hexdigest() == ApprovedForm.objects.get().sha256

    communicator = visitors.arrive(java_script_enabled=scripted)
    visitors.sign_in(communicator, people.communicator, at=link_in(letter))
    register(communicator)
    citizen = visitors.with_phone(java_script_enabled=scripted)
    look_for(citizen, "boktips")
    expect(citizen.get_by_role("heading", name="Vi har inget sådant konto")).to_be_visible()

    clock.move(days=1)  # longer than a session lasts
    visitors.sign_in(communicator, people.communicator, at=f"/register/{Account.objects.get().pk}/ta-i-bruk/")
    take_into_use(communicator)
    find_and_read(citizen)
    assert citizen.context.cookies() == []

    history_says_who_did_what(communicator)


def start_with_a_mistake(page: Page, *, scripted: bool) -> None:
    """Leave the topics out: the page says so, and keeps everything else."""
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Starta nytt konto").click()
    fill_in(page, leave_out="Ämnen?")
    preview(page)
    expect(page).to_have_title("Fel: Starta nytt konto – Laholm Sociala")
    summary = page.get_by_role("group", name="En sak är kvar att rätta")
    expect(summary.get_by_role("listitem")).to_have_text(["Skriv vilka ämnen ni ska prata om"])
    if scripted:
        expect(summary).to_be_focused()
    for label, words in CONTENT.items():
        expect(page.get_by_label(label)).to_have_value("" if label == "Ämnen?" else words)
    expect(page.get_by_role("group", name="Checklista").get_by_role("checkbox", checked=True)).to_have_count(6)
    summary.get_by_role("link").click()
    expect(page.get_by_label("Ämnen?")).to_be_focused()
    expect(page.get_by_label("Ämnen?")).to_have_accessible_description(re.compile("Skriv vilka ämnen"))


def come_back_to_the_draft(page: Page) -> None:
    """Save, go away, and go on from Att göra."""
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("status").first).to_have_text("Utkastet är sparat. Du hittar det under Att göra.")
    page.goto("/")
    page.get_by_role("link", name="Fortsätt").click()
    page.get_by_label("Ämnen?").fill(TOPICS)
    preview(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Titta igenom och skicka")
    expect(page.get_by_role("main")).to_contain_text(TOPICS)


def read_and_approve(page: Page) -> None:
    """One page: everything that was written, and the decision in reach."""
    expect(page).to_have_title("Godkänn nytt konto – Laholm Sociala")
    expect(page.get_by_role("heading", level=1)).to_have_text("Laholms bibliotek på Instagram")
    expect(page.get_by_role("navigation")).to_have_count(0)
    assert_in_reach_of_the_thumb(page, "Godkänn")
    for words in ("Fler ska hitta till biblioteken.", TOPICS, "Assistent Asp", "kommunikationspolicyn"):
        expect(page.get_by_role("main")).to_contain_text(words)
    page.get_by_role("group", name="Du ansvarar för").scroll_into_view_if_needed()
    assert_in_reach_of_the_thumb(page, "Godkänn")
    approve(page)
    expect(page.get_by_role("main")).to_contain_text("Du behöver inte göra något mer.")


def register(page: Page) -> None:
    """Take in what the manager approved."""
    page.get_by_role("link", name="Läs och registrera").click()
    page.get_by_label("Avstämning").fill("Kommunikatören i dag: håll er till ett konto.")
    page.get_by_label("En rad för den offentliga listan").fill("Boktips, sagostunder och öppettider")
    page.get_by_role("button", name="Registrera").click()
    expect(page.get_by_role("status")).to_contain_text("är registrerat som planerat")
    expect(page.get_by_text("Planerat, inte i bruk än")).to_be_visible()


def take_into_use(page: Page) -> None:
    """Confirm the address."""
    expect(page.get_by_label("Webbadress")).to_have_value("https://www.instagram.com/laholmsbibliotek")
    page.get_by_role("button", name="Ta i bruk").click()
    expect(page.get_by_role("status")).to_contain_text("är i bruk och syns på den offentliga listan")


def look_for(page: Page, words: str) -> None:
    page.goto("/konton/")
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("button", name="Sök").click()


def find_and_read(page: Page) -> None:
    """A citizen wonders whether the account is the municipality's own."""
    look_for(page, "laholmsbibliotek")
    page.get_by_role("link", name="Instagram").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laholms bibliotek på Instagram")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Ja, det är vårt")
    expect(main).to_contain_text("biblioteket@laholm.example")
    expect(main).not_to_contain_text("Björk")


def history_says_who_did_what(page: Page) -> None:
    page.goto(f"/register/{Account.objects.get().pk}/historik/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Kommunikatör Kvist")
    page.goto(f"/uppstarter/{Application.objects.get().pk}/historik/")
    for person in ("Bibliotekarie Björk", "Enhetschef Ek", "Kommunikatör Kvist"):
        expect(page.get_by_role("main")).to_contain_text(person)


def test_sent_back_changed_and_approved_without_javascript(visitors: Visitors, people, mail_server, work, clock):
    librarian = visitors.sign_in(visitors.arrive(java_script_enabled=False), people.librarian, at="/starta/")
    fill_in(librarian)
    preview(librarian)
    send(librarian)
    work()

    manager = visitors.with_phone(java_script_enabled=False)
    visitors.sign_in(manager, people.manager, at=link_in(letter_to(mail_server, people.manager.email)))
    manager.get_by_role("link", name="Skicka tillbaka").tap()
    manager.get_by_label("Vad ska ändras?").fill("Skriv vilka ni vill nå.")
    manager.get_by_role("button", name="Skicka tillbaka").tap()
    expect(manager.get_by_role("heading", level=1)).to_have_text("Skickat tillbaka")
    work()

    librarian.goto(link_in(letter_to(mail_server, people.librarian.email)))
    expect(librarian.get_by_role("main")).to_contain_text("”Skriv vilka ni vill nå.”")
    librarian.get_by_role("button", name="Ändra och skicka igen").click()
    librarian.get_by_label("Budskap och Målgrupp?").fill("Alla barn i Laholm.")
    preview(librarian)
    send(librarian)
    work()

    clock.move(hours=1)
    manager.goto(link_in(letter_to(mail_server, people.manager.email)))
    expect(manager.get_by_role("main")).to_contain_text("Alla barn i Laholm.")
    approve(manager)
    work()
    assert subject(letter_to(mail_server, people.librarian.email)) == "Godkänt: Laholms bibliotek på Instagram"
