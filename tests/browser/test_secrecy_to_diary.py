"""What may be secret, from the queue to the diarium and on to the right body; an outsider finds no trace (R15, R22)."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from django.urls import reverse
from playwright.sync_api import Page, expect

from archive.models import Document, DocumentView, Forwarding, Handover, HandoverView
from moderation.enums import CaseStatus, Lane
from moderation.models import AccessReview, Case, RestrictedView
from tests.archive.factories import SeriesFactory, registrar_of
from tests.browser.visitors import Visitors
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.moderation.factories import library_account, log_post, picture

LINK = "https://www.facebook.com/laholm/posts/4711"
MARKER, WRITER = "Hemligskylten", "Okänd Uggla"
SECRET = f"{MARKER}: min granne får hjälp av socialen."
NUMBER = "KUN-SM 2026-000001-1"
PAGES_AT_MOST = 60


def test_from_the_queue_to_the_diarium_and_on_and_an_outsider_finds_no_trace(visitors: Visitors, cast):
    account = library_account(cast, name="Laholms bibliotek")
    case = log_post(account, lane=Lane.SECRECY, text=SECRET, author=WRITER, link=LINK, pictures=[picture()])
    registrar = registrar_of(SeriesFactory(board=cast.culture_board).board)

    librarian = visitors.let_in(visitors.arrive(), cast.librarian)
    hand_it_to_the_registrator(librarian, case)
    reader = visitors.let_in(visitors.arrive(), registrar)
    register(reader)
    assert RestrictedView.objects.filter(case=case, user=cast.librarian).exists()
    assert HandoverView.objects.filter(handover=Handover.objects.get(), user=registrar).exists()
    forward_by_hand(reader)
    follow_on_the_posts_page(librarian, "Väntar på kvittens.")
    note_the_receipt(reader)
    follow_on_the_posts_page(librarian, "Mottagen")
    let_a_colleague_read(reader, visitors, cast)

    for outsider in (cast.outsider, cast.communicator, cast.administrator, reviewer_of(cast)):
        assert_no_trace(visitors.let_in(visitors.arrive(), outsider), case)
    assert_no_trace(visitors.arrive(), case)


def hand_it_to_the_registrator(page: Page, case: Case) -> None:
    page.goto(reverse("moderation:case-list"))
    expect(page.get_by_role("main")).to_contain_text("Kan vara sekretess")
    expect(page.get_by_role("main")).not_to_contain_text(MARKER)
    page.goto(reverse("moderation:case-detail", args=[case.pk]))
    expect(page.get_by_role("figure")).to_contain_text(SECRET)
    expect(page.get_by_text("Kan vara sekretess. Det antecknas att du läser inlägget.")).to_be_visible()
    page.get_by_role("button", name="Jag har tagit bort det").click()
    expect(page.get_by_role("status")).to_contain_text("Det är skickat till registratorn")
    expect(page.get_by_text("Skickat till registratorn", exact=True)).to_be_visible()
    assert Case.objects.get().status == CaseStatus.CLOSED


def register(page: Page) -> None:
    page.goto(reverse("to-do"))
    expect(page.get_by_role("main")).not_to_contain_text(MARKER)
    page.get_by_role("link", name="Inlägg på kontot Laholms bibliotek på Facebook", exact=True).click()
    expect(page.get_by_role("figure")).to_contain_text(SECRET)
    page.get_by_role("button", name="Registrera").last.click()
    expect(page.get_by_role("status")).to_contain_text(f"Registrerad som {NUMBER}")


def forward_by_hand(page: Page) -> None:
    page.get_by_role("link", name="Skicka vidare").click()
    page.get_by_label("Eller till någon annan").fill("Region Halland")
    page.get_by_role("radio", name="Med e-post").check()
    page.locator("[name=email]").fill("registrator@region.example")
    page.get_by_role("button", name="Skicka vidare").click()
    expect(page.get_by_role("main")).to_contain_text("Lämna över den på annat sätt än med e-post")
    page.get_by_role("radio", name="På annat sätt").check()
    page.get_by_role("button", name="Skicka vidare").click()
    expect(page.get_by_role("main")).to_contain_text("Väntar på kvittens")


def note_the_receipt(page: Page) -> None:
    page.get_by_role("link", name="Anteckna kvittens").click()
    page.get_by_label("Hur vet vi det?").fill("Registratorn bekräftade på telefon")
    page.get_by_role("button", name="Anteckna kvittensen").click()
    expect(page.get_by_role("main")).to_contain_text("Registratorn bekräftade på telefon")
    assert Forwarding.objects.get().received_at is not None


def follow_on_the_posts_page(page: Page, words: str) -> None:
    page.reload()
    expect(page.get_by_role("main")).to_contain_text(f"diariefört som {NUMBER}")
    expect(page.get_by_role("main")).to_contain_text(words)


def let_a_colleague_read(page: Page, visitors: Visitors, cast) -> None:
    address = reverse("archive:document-detail", args=[Document.objects.get().pk])
    colleague = visitors.let_in(visitors.arrive(), cast.assistant)
    assert status_of(colleague, address) == 404
    page.get_by_role("link", name="Vem får läsa").click()
    page.get_by_label("Vem behöver läsa den?").select_option(str(cast.assistant.pk))
    page.get_by_label("Varför?").fill("Handlägger ärendet")
    page.get_by_role("button", name="Låt läsa").click()
    colleague.goto(address)
    expect(colleague.get_by_role("figure")).to_contain_text(SECRET)
    assert DocumentView.objects.filter(user=cast.assistant).exists()


def reviewer_of(cast):
    """One who goes through the readings, of a month that is over: sees who read, and nothing of what."""
    AccessReview(board=cast.culture_board, month=(NOW - timedelta(days=30)).date().replace(day=1)).record(
        by=cast.librarian, now=NOW, reason="Månadens första läsning"
    )
    person = UserFactory(unit=cast.culture_department)
    return RoleAssignmentFactory(user=person, role_id="logggranskare", board=cast.culture_board).user


def assert_no_trace(page: Page, case: Case) -> None:
    """Fail if a word of it stands on any page the person can walk to, or if its own addresses answer."""
    document = Document.objects.get()
    for address in (
        reverse("moderation:case-detail", args=[case.pk]),
        reverse("archive:handover-detail", args=[Handover.objects.get().pk]),
        reverse("archive:document-detail", args=[document.pk]),
        reverse("archive:document-package", args=[document.pk]),
        reverse("archive:document-file", args=[document.pk, document.files.first().pk]),
        reverse("archive:matter-detail", args=[document.matter_id]),
    ):
        assert status_of(page, address) in {404, 302}, address
    for address, content in walk(page, reverse("to-do")):
        for word in (MARKER, WRITER, LINK, str(case.pk), str(document.pk), str(Handover.objects.get().pk)):
            assert word not in content, f"{word} stands on {address}"


def walk(page: Page, start: str) -> Iterator[tuple[str, str]]:
    """Yield every page of the portal's that links lead to from the first, each once, as it comes to the person."""
    waiting, seen = [start], {start}
    while waiting and len(seen) <= PAGES_AT_MOST:
        address = waiting.pop(0)
        content = page.request.get(address).text()
        yield address, content
        for link in BeautifulSoup(content, "html.parser").select("a[href^='/']"):
            path = urlsplit(urljoin(address, str(link["href"]))).path
            if path not in seen and not path.endswith((".csv", ".xlsx", ".pdf")) and "logga-ut" not in path:
                seen.add(path)
                waiting.append(path)


def status_of(page: Page, address: str) -> int:
    """Ask for the address as the person, and do not follow it to the sign-in page."""
    return page.request.get(address, max_redirects=0).status
