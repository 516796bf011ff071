"""The queue while it is open: fresh within ten seconds, and nobody loses the place, what is ticked or the focus."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from accounts.models import User
from moderation.enums import Category
from moderation.models import Action, Case
from moderation.services import taking
from tests.browser.visitors import PHONE, Visitors
from tests.cast import Cast
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.moderation.factories import library_account, log_post

TEN_SECONDS = 10_000  # so often the page asks
LONG_NAME = " ".join(["Kulturmiljövårdsprogramförfattare"] * 3)


@pytest.fixture
def posts(cast: Cast) -> list[Case]:
    """More posts than a window holds, in the order they stand: each was found a minute after the one above."""
    account = library_account(cast, name="Laholms bibliotek")
    moments = [NOW - timedelta(minutes=minutes) for minutes in range(12, 0, -1)]
    return [log_post(account, category=Category.ADVERTISING, text=f"Lån {now:%H.%M}", now=now) for now in moments]


@pytest.fixture
def meanwhile() -> Callable[[Callable[[], Any]], Any]:
    """Let somebody else do something. In a thread, since Playwright's event loop has this one."""

    def run(work: Callable[[], Any]) -> Any:
        def worker() -> Any:
            try:
                return work()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(worker).result()

    return run


def open_queue(visitors: Visitors, cast: Cast, **screen: Any) -> Page:
    page = visitors.let_in(visitors.arrive(**screen), cast.librarian)
    page.clock.install()
    page.goto("/granska/")
    return page


def colleague() -> User:
    """One whose name makes the row a line taller, whatever the letters."""
    return RoleAssignmentFactory(user=UserFactory(name=LONG_NAME), role_id="kommunikationsenheten").user


def row(page: Page, case: Case) -> Any:
    return page.locator(f"#inlagg-{case.pk}")


def test_shows_what_others_do_and_keeps_the_place(visitors, cast, posts, meanwhile):
    page = open_queue(visitors, cast)
    ticked, above, read = row(page, posts[6]).get_by_role("checkbox"), row(page, posts[7]), row(page, posts[8])
    ticked.check()
    page.locator("main details summary").first.click()
    read.scroll_into_view_if_needed()
    read.get_by_role("button").focus()
    place, height = read.bounding_box()["y"], above.bounding_box()["height"]
    assert above.bounding_box()["y"] > 0, "in view, and about to grow"

    meanwhile(lambda: taking.take(posts[7].pk, by=colleague(), now=NOW))
    urgent = meanwhile(lambda: log_post(posts[0].account, lane="criminal", text="Hot"))

    page.clock.run_for(TEN_SECONDS)
    expect(above).to_contain_text(f"{LONG_NAME} har den.")
    expect(row(page, urgent)).to_be_attached()
    expect(page.locator("#antal-i-kon")).to_contain_text("13 på dina konton.")
    expect(page.locator("#nytt-i-kon")).to_have_text("Listan är uppdaterad. 13 på dina konton.")
    expect(ticked).to_be_checked()
    expect(page.locator("main details").first).to_have_attribute("open", "")
    expect(read.get_by_role("button")).to_be_focused()
    assert above.bounding_box()["height"] > height
    assert abs(read.bounding_box()["y"] - place) < 2


def test_says_nothing_while_nothing_is_new(visitors, cast, posts):
    page = open_queue(visitors, cast)
    with page.expect_response(re.compile("/granska/nytt/")) as answer:
        page.clock.run_for(TEN_SECONDS)
    assert answer.value.status == 204
    expect(page.locator("#nytt-i-kon")).to_be_empty()


def test_stands_still_when_the_session_has_ended(visitors, cast, posts):
    page = open_queue(visitors, cast)
    page.context.clear_cookies()
    page.clock.run_for(TEN_SECONDS)
    expect(page.get_by_role("status").filter(has_text="Du är inte längre inloggad")).to_be_visible()
    expect(row(page, posts[0])).to_be_visible()


def test_a_flood_is_cleared_away_on_a_phone_at_once(visitors, cast, posts, meanwhile):
    page = open_queue(visitors, cast, screen=PHONE)
    for case in posts[:3]:
        row(page, case).get_by_role("checkbox").check()
    page.get_by_role("button", name="Gör samma sak med de valda").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tre inlägg på en gång")
    page.get_by_label("Ta bort").check()
    page.get_by_label("Skäl").fill("Samma reklam från samma avsändare.")
    page.get_by_role("button", name="Gör så med alla").click()
    expect(page.get_by_role("status").filter(has_text="Tre inlägg är borttagna.")).to_be_visible()
    expect(page.locator("#kon section").last).to_contain_text("Åtgärdat")
    assert meanwhile(lambda: Action.objects.filter(kind="removed").count()) == 3


def test_works_without_javascript(visitors, cast, posts):
    page = open_queue(visitors, cast, java_script_enabled=False)
    row(page, posts[0]).get_by_role("button", name=re.compile("Jag tar den")).click()
    expect(page.get_by_text("Du har tagit det.")).to_be_visible()
