"""Logging a post on a telephone: a pasted screenshot, one choice, one press; and what is never copied."""

import base64

import pytest
from playwright.sync_api import Page, expect

from moderation.models import Case, Evidence
from tests.browser.visitors import Visitors
from tests.cast import gather_cast
from tests.moderation.factories import library_account, picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)

PASTE = """encoded => {
  const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], "inklistrad.png", { type: "image/png" }));
  document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def phone(visitors: Visitors) -> Page:
    """The librarian's telephone, with the form open."""
    cast = gather_cast()
    library_account(cast, name="Laholms bibliotek")
    page = visitors.let_in(visitors.with_phone(), cast.librarian)
    page.goto("/granska/logga/")
    return page


def test_a_pasted_screenshot_and_one_choice_are_enough(phone: Page):
    phone.evaluate(PASTE, base64.b64encode(picture_bytes()).decode())
    phone.get_by_label("Personangrepp").check()
    phone.get_by_role("button", name="Logga inlägget").click()
    expect(phone.get_by_role("status")).to_contain_text("Senast torsdag 26 november kl. 10.00.")
    kept = Evidence.objects.get()
    assert (kept.file_name, bytes(kept.original)) == ("inklistrad.png", picture_bytes())


def test_what_is_never_copied_asks_for_nothing_to_copy(phone: Page):
    phone.get_by_label("Text", exact=True).fill("Något som någon har skrivit")
    expect(phone.get_by_label("Barnpornografibrott")).to_be_hidden()
    phone.get_by_label("Uppenbart brottsligt").check()
    phone.get_by_label("Barnpornografibrott").check()
    expect(phone.get_by_text("ta ingen kopia, ring polisen")).to_be_visible()
    for copied in (phone.get_by_label("Text", exact=True), phone.get_by_label("Bild", exact=True)):
        expect(copied).to_be_hidden()
    phone.get_by_label("Länk till inlägget").fill("https://www.facebook.com/laholmsbibliotek/posts/1017")
    phone.get_by_role("button", name="Logga inlägget").click()
    expect(phone.get_by_role("status")).to_contain_text("Texten och bilderna är borta.")
    assert Case.objects.get().content.text == ""
