"""Pages as a person reads them: title, heading, what is said beside a field, what is typed, what the rows say."""

from functools import cached_property

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

SITE = " – Laholm Sociala"


class Page:
    """One answer, read."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        self.soup = BeautifulSoup(response.content, "html.parser")

    @property
    def title(self) -> str:
        return words_of(self.soup.title).removesuffix(SITE)

    @property
    def heading(self) -> str:
        return words_of(self.soup.h1)

    @property
    def lead(self) -> str:
        return words_of(self.soup.select_one("main .lead"))

    @cached_property
    def text(self) -> str:
        """Everything below the menu."""
        return words_of(self.soup.main, " ")

    @property
    def rows(self) -> list[str]:
        """The headings of the rows."""
        return [words_of(heading) for heading in self.soup.select(".ls-rows h3, .ls-rows h2.h3")]

    @property
    def messages(self) -> list[str]:
        return [words_of(message) for message in self.soup.select(".alert")]

    @property
    def summary(self) -> list[str]:
        """The error summary's lines."""
        return [words_of(line) for line in self.soup.select(".ls-error-summary li")]

    @property
    def errors(self) -> dict[str, str]:
        """What is said beside the fields, by the field's name."""
        said = self.soup.select(".invalid-feedback[id]")
        return {error["id"].removeprefix("id_").removesuffix("_error"): words_of(error) for error in said}

    @property
    def facts(self) -> dict[str, str]:
        """The lines of the description lists."""
        terms = self.soup.select("main dl.ls-facts dt")
        return {words_of(term): words_of(term.find_next_sibling("dd"), " ") for term in terms}

    @property
    def links(self) -> dict[str, str]:
        """Where the page's links lead, by their words."""
        return {words_of(link): link["href"] for link in self.soup.select("main a[href]")}

    @property
    def buttons(self) -> list[str]:
        return [words_of(button) for button in self.soup.select("main button")]

    def typed(self, name: str) -> str | list[str]:
        """What the field holds: its text, its choice, or its ticked boxes."""
        controls = self.soup.select(f'main [name="{name}"]')
        first = controls[0]
        if first.get("type") in {"checkbox", "radio"}:
            return [box.get("value", "on") for box in controls if box.has_attr("checked")]
        if first.name == "select":
            return next((option["value"] for option in first.select("option[selected]")), "")
        if first.name == "textarea":
            return first.get_text().removeprefix("\n")
        return first.get("value", "")

    def choices(self, name: str) -> list[str]:
        """What can be chosen in a field, in words."""
        return [words_of(option) for option in self.soup.select(f'main [name="{name}"] option')]


def words_of(tag: Tag | None, between: str = "") -> str:
    """The tag's text on one line; nothing where there is no tag."""
    return " ".join(tag.get_text(between).split()) if tag else ""


def assert_asks_for_sign_in(url: str) -> None:
    """Fail unless a stranger is sent to the sign-in page, and from there back, whatever they send."""
    for response in (Client().get(url), Client().post(url)):
        assert (response.status_code, response.headers["Location"]) == (302, f"{reverse('account_login')}?next={url}")


def assert_only_post(client: Client, url: str) -> None:
    """Fail unless the address is refused as a page."""
    response = client.get(url)
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


def assert_only_get(client: Client, url: str) -> None:
    """Fail unless nothing can be sent to the address."""
    response = client.post(url)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET")
