"""axe over every page: WCAG 2.2 AA and best practice, on a wide light screen and on a dark telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from playwright.sync_api import Page

from tests.browser.places import NOT_PAGES, PLACES, places, routes
from tests.browser.places.place import Place
from tests.browser.tour import Tour
from tests.browser.visitors import PHONE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}
ERROR_PAGES = ["400.html", "403_csrf.html", "405.html", "500.html"]

axe = Axe()


def violations(page: Page) -> list[str]:
    """Return what axe objects to, with where and why."""
    found = page.evaluate("options => axe.run(options)", OPTIONS)["violations"]
    return [f"{rule['id']}: {node['html']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def assert_accessible(page: Page) -> None:
    page.evaluate(axe.axe_script)
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


def test_every_route_is_listed():
    assert sorted(set(routes())) == sorted({place.route for place in PLACES} | NOT_PAGES)


@pytest.mark.parametrize("place", places())
def test_page_is_accessible(tour: Tour, place: Place):
    with tour.at(place) as page:
        assert_accessible(page)


@pytest.mark.parametrize("template", ERROR_PAGES)
def test_error_page_is_accessible(tour: Tour, template: str):
    page = tour.visitors.arrive()
    page.route("**/sonder/", lambda route: route.fulfill(body=render_to_string(template), content_type="text/html"))
    page.goto("/sonder/")
    assert_accessible(page)
    page.context.close()
    tour.visitors.pass_judgement()
