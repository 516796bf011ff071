"""Every page, one after the other, each as the person who looks at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.places.place import Place
from tests.browser.visitors import WIDE, Visitors
from tests.browser.world.world import World


class Tour:
    """Keeps one open page that goes from hand to hand, so that the browser fetches and compiles each file once."""

    def __init__(self, visitors: Visitors, world: World) -> None:
        self.visitors = visitors
        self.world = world
        self._page: Page | None = None
        self._who = ""
        self._cookies: dict[str, list] = {"": []}
        self._open: tuple[str, str] | None = None  # who has which address before them, as it is when it is opened

    @contextmanager
    def at(self, place: Place, *, screen: dict[str, int] = WIDE) -> Iterator[Page]:
        """Open a page and bring it into its state; fail on what went wrong in it."""
        page = self._page_alone(place.who) if place.alone else self._page_of(place.who)
        page.set_viewport_size(screen)
        page.emulate_media(color_scheme="light", media="screen")
        self._go(page, place)
        if place.act:
            place.act(page, self.world)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        yield page
        if place.alone:
            page.context.close()
        elif not place.act:
            self._open = place.who, place.address(self.world)
        self.visitors.pass_judgement()

    def _go(self, page: Page, place: Place) -> None:
        """Open the page, unless it is there since the look before, and something is to be done on it now."""
        address = place.address(self.world)
        there, self._open = self._open, None
        if place.act and not place.alone and there == (place.who, address):
            return
        response = page.goto(address)
        assert response.status == place.status
        assert urlsplit(page.url).path == place.lands_on(self.world)

    def _page_of(self, who: str) -> Page:
        page = self._page = self._page or self.visitors.arrive()
        if who != self._who:
            self._cookies[self._who] = page.context.cookies()
            page.context.clear_cookies()
            if who in self._cookies:
                page.context.add_cookies(self._cookies[who])
            else:
                self.visitors.let_in(page, self.world.person(who))
            self._who = who
        return page

    def _page_alone(self, who: str) -> Page:
        page = self.visitors.arrive()
        return self.visitors.let_in(page, self.world.person(who)) if who else page
