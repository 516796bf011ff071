"""The portal behind a real server, real mail, a real worker and a real browser.

These tests run in a pytest process of their own, with DJANGO_ALLOW_ASYNC_UNSAFE=1: Playwright keeps an event loop.
"""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.browser.portal import connections_kept, served
from tests.browser.tour import Tour
from tests.browser.visitors import SLOWEST_ANSWER, Visitors
from tests.browser.world import make_world
from tests.cast import gather_cast
from tests.clock import Clock
from tests.database import TestDatabase
from tests.jobs import run_worker

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parent.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Use the computer's own Chromium, rather than one that has to be fetched."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {**browser_type_launch_args, "executable_path": found, "args": ["--no-sandbox"]}


@pytest.fixture(scope="module", autouse=True)
def clock() -> Iterator[Clock]:
    """The clock of the tests, still while the server answers and while a module's own records are made."""
    clock = Clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", clock)
        yield clock


@pytest.fixture(scope="session")
def portal(django_db_setup) -> Iterator[str]:
    """The address of the portal. Not `live_server`, which would empty the database after each test that reads."""
    with served() as address:
        yield address


@pytest.fixture
def visitors(browser: Browser, portal: str, transactional_db) -> Iterator[Visitors]:
    """Who come to the portal in this test. Fails when a page complained while they were there."""
    expect.set_options(timeout=SLOWEST_ANSWER)
    visitors = Visitors(browser, portal)
    yield visitors
    visitors.leave()
    visitors.pass_judgement()


@pytest.fixture(scope="module")
def tour(browser: Browser, portal: str, django_db_blocker) -> Iterator[Tour]:
    """A look at pages that changes nothing that matters, in a world that a whole module shares."""
    with django_db_blocker.unblock(), connections_kept():
        database = TestDatabase("world")
        database.create()
        visitors = Visitors(browser, portal)
        try:
            yield Tour(visitors, make_world(gather_cast(), visitors))
        finally:
            visitors.leave()
            database.destroy()


@pytest.fixture
def work() -> Callable[[], None]:
    """Let the worker do all that waits. In a thread, since Playwright's event loop has this one."""

    def worker() -> None:
        try:
            run_worker()
        finally:
            connections.close_all()

    def work() -> None:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(worker).result()

    return work
