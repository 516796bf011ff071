"""Sent back, corrected while it saves itself, and approved by the deputy, who sees what is changed."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import Application, Draft
from tests.browser.test_journey import approve, fill_in, letter_to, link_in, preview, send
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning")
OLD = "Laholmare som läser, och de som ännu inte gör det."
NEW = "Alla barn i Laholm."


@pytest.fixture
def people(visitors, cast):
    """The cast, where both who may decide have a second step."""
    visitors.give_second_step(cast.manager)
    visitors.give_second_step(cast.deputy)
    return cast


def test_returned_corrected_and_approved_by_a_deputy(visitors: Visitors, people, mail_server, work, clock):
    librarian = visitors.sign_in(visitors.arrive(), people.librarian, at="/starta/")
    fill_in(librarian)
    preview(librarian)
    send(librarian)
    work()

    manager = visitors.with_phone()
    visitors.sign_in(manager, people.manager, at=link_in(letter_to(mail_server, people.manager.email)))
    expect(manager.get_by_text("Ändrat sedan sist")).to_have_count(0)
    manager.get_by_role("link", name="Skicka tillbaka").tap()
    manager.get_by_label("Vad ska ändras?").fill("Skriv vilka ni vill nå.")
    manager.get_by_role("button", name="Skicka tillbaka").tap()
    expect(manager.get_by_role("heading", level=1)).to_have_text("Skickat tillbaka")
    work()

    clock.move(hours=1)
    librarian.goto(link_in(letter_to(mail_server, people.librarian.email)))
    librarian.get_by_role("button", name="Ändra och skicka igen").click()
    librarian.get_by_label("Budskap och Målgrupp?").fill(NEW)
    expect(librarian.get_by_text("Utkastet sparades kl. 11.00")).to_be_visible()
    assert Draft.objects.get().typed["audience"] == NEW
    assert Application.objects.get().audience == OLD, "what was sent stands still until it is sent again"
    preview(librarian)
    expect(librarian.get_by_text("Ändrat sedan sist")).to_have_count(1)
    send(librarian)
    work()

    clock.move(hours=1)
    deputy = visitors.with_phone()
    visitors.sign_in(deputy, people.deputy, at=link_in(letter_to(mail_server, people.deputy.email)))
    assert Application.objects.get().status == "submitted", "a link that is opened decides nothing"
    changed = deputy.locator("dt", has_text="Ändrat sedan sist")
    expect(changed).to_have_text(re.compile("Budskap och Målgrupp"))
    expect(deputy.get_by_role("main")).to_contain_text(NEW)
    expect(deputy.get_by_text(OLD)).to_be_hidden()
    deputy.get_by_text("Det som stod förut").tap()
    expect(deputy.get_by_text(OLD)).to_be_visible()
    approve(deputy)
    assert Application.objects.get().decisions.first().by == people.deputy


def test_a_new_form_saves_itself_and_is_found_again(visitors: Visitors, people):
    librarian = visitors.sign_in(visitors.arrive(), people.librarian, at="/starta/")
    librarian.get_by_label("Namn på kontot").fill("Sagostunden")
    expect(librarian.get_by_text("Utkastet sparades kl.")).to_be_visible()
    assert Draft.objects.get().account_name == "Sagostunden"
    librarian.reload()
    expect(librarian.get_by_label("Namn på kontot")).to_have_value("Sagostunden")
    librarian.get_by_label("Kanal").select_option(label="TikTok")
    expect(librarian.get_by_role("status")).to_contain_text("Utkastet sparades kl.")
    librarian.goto("/")
    librarian.get_by_role("link", name="Fortsätt").click()
    expect(librarian.get_by_label("Kanal").locator("option:checked")).to_have_text("TikTok")
    assert Draft.objects.count() == 1
