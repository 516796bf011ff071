"""The doors that lead to the municipality's own sign-in, as they look where it is connected."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import assert_accessible, assert_readable
from tests.browser.visitors import PHONE, Visitors
from tests.factories import ApplicationFactory

BUTTON = "Logga in med kommunens inloggning"


@pytest.fixture(autouse=True)
def connected(settings):
    settings.SSO_SERVER = "https://inlogg.laholm.example"


def looked_at(page) -> None:
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible()
    for screen in (page.viewport_size, PHONE, {"width": 320, "height": 640}):
        page.set_viewport_size(screen)
        assert_accessible(page)
        assert_readable(page)


def test_before_one_is_in(visitors: Visitors):
    page = visitors.arrive()
    page.goto("/logga-in/")
    looked_at(page)


def test_when_a_password_is_not_enough(visitors: Visitors, cast):
    application = ApplicationFactory(unit=cast.library, applicant=cast.librarian, substitute=cast.assistant)
    page = visitors.let_in(visitors.arrive(), cast.manager)
    page.goto(f"/uppstarter/{application.pk}/godkann/")
    looked_at(page)
