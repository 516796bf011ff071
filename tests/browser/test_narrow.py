"""Small windows, much zoom and paper: nothing scrolls sideways, nothing hides the field, every word is printed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.places import places
from tests.browser.places.place import Place
from tests.browser.tour import Tour
from tests.browser.visitors import PHONE, WIDE

NARROWEST = {"width": 320, "height": 640}
ZOOMED_TO_400_PERCENT = {"width": 320, "height": 256}

# What sticks out to the right of the window, where that makes the whole page wider.
TOO_WIDE = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.body.querySelectorAll("*")]
        .filter(each => each.getBoundingClientRect().right > root.clientWidth + 1)
        .map(each => each.outerHTML.slice(0, 120));
}"""

# Where the keyboard can go in the page itself, and does not see where it is because the action bar lies over it.
COVERED = """() => {
    const bar = document.querySelector(".ls-bar");
    if (!bar) return [];
    const all = [...document.querySelectorAll("main :is(a, button, input, select, textarea, summary)")];
    return all.filter(each => each.checkVisibility() && each.type !== "hidden" && !bar.contains(each)).filter(each => {
        each.focus();
        const [it, over] = [each.getBoundingClientRect(), bar.getBoundingClientRect()];
        const shown = Math.min(it.bottom, over.top) - Math.max(it.top, 0);
        return it.top < over.bottom && it.bottom > over.top && shown < Math.min(it.height, 44);
    }).map(each => each.outerHTML.slice(0, 120));
}"""

# What is read, as against what is pressed.
READ = "main :is(h1, h2, h3, dt, dd, th, td, li > time, p, legend)"
WORDS = f"""() => [...document.querySelectorAll("{READ}")]
    .filter(each => each.checkVisibility() && !each.closest(".ls-bar, .ls-buttons, .ls-row-do, .ls-filters, .btn"))
    .map(each => each.textContent.trim().replace(/\\s+/g, " "))"""


def assert_readable(page: Page) -> None:
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(COVERED) == []


@pytest.mark.parametrize("place", places())
def test_page_fits_every_window_and_paper(tour: Tour, place: Place):
    with tour.at(place) as page:
        words = page.evaluate(WORDS)
        page.emulate_media(media="print")
        assert page.evaluate(WORDS) == words
        expect(page.locator("nav:visible, .ls-bar:visible, main button:visible")).to_have_count(0)
        page.emulate_media(media="screen")
        for screen in (WIDE, PHONE, NARROWEST, ZOOMED_TO_400_PERCENT):
            page.set_viewport_size(screen)
            assert_readable(page)
