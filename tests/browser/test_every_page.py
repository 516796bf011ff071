"""Every page, visited once: WCAG 2.2 AA and best practice by axe, small windows, much zoom, and paper.

Each is looked at on a wide light screen, on a small dark one (no style knows of a width between 320 px and 600), and at
400 %. Nothing scrolls sideways, nothing hides the field, every word is printed, and nothing complains meanwhile (see
`Watch`).
"""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page

from tests.browser.looking import THE_WINDOW, assert_accessible, assert_prints_every_word, assert_readable
from tests.browser.places import NOT_PAGES, PLACES, places, routes
from tests.browser.places.place import Place
from tests.browser.tour import Tour

ERROR_PAGES = ["400.html", "403_csrf.html", "405.html", "500.html"]
NARROWEST = {"width": 320, "height": 640}
ZOOMED_TO_400_PERCENT = {"width": 320, "height": 256}


def on_a_dark_small_screen(page: Page) -> None:
    page.emulate_media(color_scheme="dark", media="screen")
    page.set_viewport_size(NARROWEST)


def test_every_route_is_listed():
    assert sorted(set(routes())) == sorted({place.route for place in PLACES} | NOT_PAGES)


@pytest.mark.parametrize("place", places())
def test_page_is_accessible_and_fits_every_window_and_paper(tour: Tour, place: Place):
    with tour.at(place) as page:
        assert_accessible(page)
        assert_readable(page)
        assert_prints_every_word(page)
        on_a_dark_small_screen(page)
        assert_accessible(page, THE_WINDOW)
        assert_readable(page)
        page.set_viewport_size(ZOOMED_TO_400_PERCENT)
        assert_readable(page)


@pytest.mark.parametrize("template", ERROR_PAGES)
def test_error_page_is_accessible(tour: Tour, template: str):
    page = tour.visitors.arrive()
    page.route("**/sonder/", lambda route: route.fulfill(body=render_to_string(template), content_type="text/html"))
    page.goto("/sonder/")
    assert_accessible(page)
    on_a_dark_small_screen(page)
    assert_accessible(page)
    page.context.close()
    tour.visitors.pass_judgement()
