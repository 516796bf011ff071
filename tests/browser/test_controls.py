"""What is looked for on every page is found where it is: each fault on a page of its own."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import THE_WINDOW, assert_accessible, assert_prints_every_word, assert_readable
from tests.browser.test_every_page import on_a_dark_small_screen
from tests.browser.test_keyboard import tab, tab_to
from tests.browser.visitors import WIDE

PAGE = """<!doctype html><html lang="sv"><title>Sida</title><style>
    body, button, a { background: #fff; color: #000; padding: 1rem; display: inline-block; }
    :focus { outline: 2px solid #000; }
    @media print { button { display: none; } } STYLE
</style><main><h1>Sida</h1><p class="words">Ord</p>CONTENT<button class="press">Tryck</button></main></html>"""


def looked_at(page: Page) -> None:
    assert_accessible(page)
    assert_readable(page)
    assert_prints_every_word(page)
    on_a_dark_small_screen(page)
    assert_accessible(page, THE_WINDOW)
    assert_readable(page)


def never_reached(page: Page) -> None:
    tab_to(page, "Dit")


@pytest.fixture
def opened(browser: Browser, portal: str) -> Iterator[Callable[[str, str], Page]]:
    with browser.new_context(base_url=portal, viewport=WIDE) as context:
        page = context.new_page()

        def opened(style: str, content: str) -> Page:
            body = PAGE.replace("STYLE", style).replace("CONTENT", content)
            page.route("**/sonder/", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
            page.goto("/sonder/")
            return page

        yield opened


def test_nothing_is_found_on_a_page_without_faults(opened: Callable):
    page = opened("", '<a href="/">Dit</a>')
    looked_at(page)
    tab_to(page, "Dit")


@pytest.mark.parametrize(
    ("look", "found", "style", "content"),
    [
        (looked_at, "image-alt", "", '<img src="data:,">'),
        (looked_at, "color-contrast", "@media (prefers-color-scheme: dark) { .words { color: #bbb; } }", ""),
        (looked_at, "button-name", "@media (min-width: 30rem) { .menu { display: none; } }", "<button class='menu'>"),
        (looked_at, "320", ".words { width: 400px; }", ""),
        (looked_at, "class=.*press", ".ls-bar { position: fixed; inset: 0 0 0 0; }", '<div class="ls-bar"></div>'),
        (looked_at, "Ord", "@media print { .words { display: none; } }", ""),
        (looked_at, "class=.*press", "@media print { .press { display: block !important; } }", ""),
        (never_reached, "never came to Dit", "", '<a href="/" tabindex="-1">Dit</a>'),
        (tab, "'ring': False", ".press { outline: none !important; }", ""),
    ],
    ids=["structure", "colours", "names", "width", "covered", "paper", "buttons on paper", "keyboard", "ring"],
)
def test_a_fault_is_found(opened: Callable, look: Callable, found: str, style: str, content: str):
    page = opened(style, content)
    with pytest.raises(AssertionError, match=found):
        look(page)
