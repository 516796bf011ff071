"""A day that nobody covers: noted on the phone, seen by all whose business it is, and gone when someone is named."""

from playwright.sync_api import expect

from tests.accounts.in_order import account_in_order
from tests.browser.visitors import Visitors
from tests.clock import TODAY
from tests.factories import AbsenceFactory


def test_noted_on_the_phone_shown_and_covered(visitors: Visitors, cast):
    account = account_in_order(cast, name="Boktips")
    AbsenceFactory(user=cast.assistant, from_date=TODAY)

    librarian = visitors.sign_in(visitors.with_phone(), cast.librarian)
    librarian.goto("/installningar/")
    librarian.get_by_role("link", name="Frånvaro", exact=True).click()
    librarian.get_by_label("Första dag borta").fill("2026-11-25")
    librarian.get_by_label("Sista dag borta").fill("2026-11-26")
    librarian.get_by_role("button", name="Anteckna").click()
    expect(librarian.get_by_role("status")).to_contain_text("Bibliotekarie Björk är borta")
    uncovered = librarian.get_by_role("region", name="Dagar som ingen sköter kontot")
    expect(uncovered).to_contain_text("25–26 november")
    librarian.goto("/")
    expect(librarian.get_by_role("heading", name="Utse en ersättare 25–26 november")).to_be_visible()

    communicator = visitors.sign_in(visitors.arrive(), cast.communicator)
    expect(communicator.get_by_role("heading", name="Ett konto obemannat i morgon")).to_be_visible()
    communicator.goto("/register/?saknar=on")
    row = communicator.get_by_role("row").filter(has_text="Boktips")
    expect(row).to_contain_text("Ingen sköter kontot nästa arbetsdag")

    manager = visitors.sign_in(visitors.arrive(), cast.manager)
    manager.get_by_role("link", name="Utse någon för Boktips på Facebook").click()
    manager.get_by_label("Ersättare").check()
    manager.get_by_label("Person").select_option(label=str(cast.deputy))
    manager.get_by_role("button", name="Utse").click()
    expect(manager.get_by_role("status")).to_contain_text("Ställföreträdare Sten")

    for page in (librarian, manager, communicator):
        page.goto("/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Att göra")
        expect(page.get_by_text("Utse en ersättare")).to_have_count(0)
    expect(communicator.get_by_role("heading", name="Inget konto obemannat i morgon")).to_be_visible()
    communicator.goto(f"/register/{account.pk}/")
    expect(communicator.get_by_role("main")).not_to_contain_text("Ingen sköter kontot")
