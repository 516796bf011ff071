"""A post, with two editors at it at once, and the text to the one who wrote it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from moderation.models import Case
from tests.browser.visitors import Visitors
from tests.moderation.factories import library_account, log_post

LINK = "https://www.facebook.com/laholm/posts/1"


@pytest.fixture
def account(cast):
    return library_account(cast, name="Laholms bibliotek")


def address(case: Case) -> str:
    return reverse("moderation:case-detail", args=[case.pk])


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_two_editors_on_one_post(visitors: Visitors, account, cast, scripted):
    case = log_post(account, link=LINK)
    librarian = visitors.let_in(visitors.arrive(java_script_enabled=scripted), cast.librarian)
    assistant = visitors.let_in(visitors.with_phone(java_script_enabled=scripted), cast.assistant)
    for page in (librarian, assistant):
        page.goto(address(case))

    assistant.get_by_role("radio", name="Låt stå kvar").check()
    assistant.get_by_role("button", name="Det får stå kvar").click()
    expect(assistant.get_by_role("status")).to_contain_text("inlägget får stå kvar")

    librarian.get_by_label("Text till den som skrev").fill("Hej! Mina egna ord.")
    librarian.get_by_role("button", name="Jag har tagit bort det").click()
    told = librarian.get_by_role("group", name="En sak är kvar att rätta")
    expect(told).to_contain_text("Assistent Asp avslutade")
    expect(librarian.get_by_label("Text till den som skrev")).to_have_value("Hej! Mina egna ord.")
    expect(
        librarian.get_by_text("Assistent Asp, biblioteksassistent, biblioteket, lät inlägget stå kvar.")
    ).to_be_visible()
    assert Case.objects.get().outcome == "left"


def test_the_ready_text_is_copied_in_one_press(visitors: Visitors, account, cast):
    case = log_post(account, link=LINK)
    phone = visitors.let_in(visitors.with_phone(permissions=["clipboard-read", "clipboard-write"]), cast.librarian)
    phone.goto(address(case))
    phone.get_by_label("Text till den som skrev").fill("Hej! Mina egna ord.")
    phone.get_by_role("button", name="Kopiera texten till den som skrev").click()
    expect(phone.get_by_text("Kopierat.")).to_be_visible()
    assert phone.evaluate("navigator.clipboard.readText()") == "Hej! Mina egna ord."
