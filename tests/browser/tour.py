"""Every page, one after the other, each as the person who looks at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.places.place import Place
from tests.browser.visitors import WIDE, Visitors
from tests.browser.world.world import World


class Tour:
    """Keeps one open page for each person, signed in once."""

    def __init__(self, visitors: Visitors, world: World) -> None:
        self.visitors = visitors
        self.world = world
        self._pages: dict[str, Page] = {}

    @contextmanager
    def at(self, place: Place, *, screen: dict[str, int] = WIDE) -> Iterator[Page]:
        """Open a page and bring it into its state; fail on what went wrong in it."""
        page = self._own_page(place.who) if place.alone else self._page_of(place.who)
        page.set_viewport_size(screen)
        page.emulate_media(color_scheme="light", media="screen")
        response = page.goto(place.address(self.world))
        assert response.status == place.status
        assert urlsplit(page.url).path == place.lands_on(self.world)
        if place.act:
            place.act(page, self.world)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        yield page
        if place.alone:
            page.context.close()
        self.visitors.pass_judgement()

    def _page_of(self, who: str) -> Page:
        if who not in self._pages:
            self._pages[who] = self._own_page(who)
        return self._pages[who]

    def _own_page(self, who: str) -> Page:
        page = self.visitors.arrive()
        return self.visitors.let_in(page, self.world.person(who)) if who else page
