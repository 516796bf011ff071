"""A page as one person meets it, and what a person does there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.world.world import World

Act = Callable[[Page, World], None]


@dataclass(frozen=True)
class Place:
    """A page as one person meets it. `kwargs` names records of the world; `state` tells it from others like it."""

    route: str
    who: str = ""  # nobody signed in
    kwargs: dict[str, str] = field(default_factory=dict)
    state: str = ""
    query: str = ""
    status: int = 200
    act: Act | None = None
    lands: str = ""  # where allauth's own redirect leads; names of the world's words in braces
    alone: bool = False  # what is done here must not follow into the next page

    def __str__(self) -> str:
        return " ".join(filter(None, [self.route, self.state]))

    def address(self, world: World) -> str:
        """Return where the page is."""
        named = {key: world.argument(name) for key, name in self.kwargs.items()}
        return reverse(self.route, kwargs=named) + self.query.format_map(world.records)

    def lands_on(self, world: World) -> str:
        """Return the path where the browser ends up."""
        return self.lands.format_map(world.records) or self.address(world).partition("?")[0]


def press(button: str) -> Act:
    """Press a button, and wait for the page that comes."""

    def act(page: Page, world: World) -> None:
        page.get_by_role("main").get_by_role("button", name=button, exact=True).click()

    return act


def open_all(page: Page, world: World) -> None:
    """Unfold what is folded."""
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")


def tick_what_is_never_copied(page: Page, world: World) -> None:
    """Choose the crime whose posts are never copied."""
    page.get_by_label("Uppenbart brottsligt").check()
    page.get_by_label("Barnpornografibrott").check()


def choose(what: str) -> Act:
    """Choose one of the ways that stand in rows."""

    def act(page: Page, world: World) -> None:
        page.get_by_role("radio", name=what).check()

    return act


def fill_in_and_press(button: str, **typed: str) -> Act:
    """Type into fields, by their names, and press a button."""

    def act(page: Page, world: World) -> None:
        for name, words in typed.items():
            page.locator(f"[name={name}]").fill(words)
        press(button)(page, world)

    return act


def page(route: str, who: str = "", **kwargs: Any) -> Place:
    """Return a page as it is when it is opened; pk names a record of the world."""
    known = {
        name: kwargs.pop(name)
        for name in tuple(kwargs)
        if name in {"state", "query", "status", "act", "lands", "alone"}
    }
    return Place(route, who, kwargs, **known)
