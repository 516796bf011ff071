"""A post, from the queue to where it ends: two editors at once, and what may be secret to the registrator."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from archive.models import Handover, HandoverView
from moderation.enums import CaseStatus, Lane
from moderation.models import Case, RestrictedView
from tests.archive.factories import SeriesFactory, registrar_of
from tests.browser.visitors import Visitors
from tests.moderation.factories import library_account, log_post, picture

LINK = "https://www.facebook.com/laholm/posts/1"
SECRET = "Min granne får hjälp av socialen."
AUTHOR = "Kalle Anka"


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


def test_what_may_be_secret_from_the_queue_to_the_registrator(visitors: Visitors, account, cast):
    case = log_post(account, lane=Lane.SECRECY, text=SECRET, author=AUTHOR, link=LINK, pictures=[picture()])
    registrar = registrar_of(SeriesFactory(board=cast.culture_board).board)

    librarian = visitors.let_in(visitors.arrive(), cast.librarian)
    librarian.goto(reverse("moderation:case-list"))
    expect(librarian.get_by_role("main")).to_contain_text("Kan vara sekretess")
    expect(librarian.get_by_role("main")).not_to_contain_text(SECRET)
    librarian.goto(address(case))
    expect(librarian.get_by_role("figure")).to_contain_text(SECRET)
    expect(librarian.get_by_text("Kan vara sekretess. Det antecknas att du läser inlägget.")).to_be_visible()
    assert RestrictedView.objects.filter(case=case, user=cast.librarian).exists()
    librarian.get_by_role("button", name="Jag har tagit bort det").click()
    expect(librarian.get_by_role("status")).to_contain_text("Det är skickat till registratorn")
    expect(librarian.get_by_text("Skickat till registratorn", exact=True)).to_be_visible()
    assert Case.objects.get().status == CaseStatus.CLOSED

    reader = visitors.let_in(visitors.arrive(), registrar)
    reader.goto(reverse("to-do"))
    expect(reader.get_by_role("main")).not_to_contain_text(SECRET)
    reader.get_by_role("link", name="Inlägg på kontot Laholms bibliotek på Facebook", exact=True).click()
    expect(reader.get_by_role("figure")).to_contain_text(SECRET)
    reader.get_by_role("button", name="Registrera").click()
    expect(reader.get_by_role("status")).to_contain_text("Registrerad som KUN-SM 2026-000001-1")
    librarian.reload()
    expect(librarian.get_by_role("main")).to_contain_text("diariefört som KUN-SM 2026-000001-1")
    assert HandoverView.objects.filter(handover=Handover.objects.get(), user=registrar).exists()

    for outsider in (cast.communicator, cast.outsider, cast.administrator):
        assert_no_trace(visitors.let_in(visitors.arrive(), outsider), case)


def assert_no_trace(page: Page, case: Case) -> None:
    """Fail if the person meets a word of the post, or can open it, anywhere it could have been."""
    handover = Handover.objects.get()
    lists = (reverse("to-do"), reverse("moderation:case-list"), reverse("moderation:case-closed-list"))
    for place in lists:
        page.goto(place)
        for word in (SECRET, AUTHOR, LINK, str(case.pk), str(handover.pk)):
            expect(page.locator("body")).not_to_contain_text(word)
        assert str(case.pk) not in page.content()
    for closed in (address(case), reverse("archive:handover-detail", args=[handover.pk])):
        answer = page.goto(closed)
        assert answer is not None
        assert answer.status == 404
