"""People at their screens: a browser context each, and an eye on everything that goes wrong in it."""

import time
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import app_settings
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, WebError

from accounts.models import User
from tests.passwords import PASSWORD

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SLOWEST_ANSWER = 10_000  # milliseconds; two busy cores make a PDF meanwhile
MOMENTS_TO_TYPE = 3  # seconds


class Watch:
    """What no page may do: complain on the console, break the content policy, ask another house, or fail."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.faults: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Look at everything that happens in the context."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # The browser also says aloud that a page was 404: what a page answers is for the test to judge.
        expected = message.text.startswith("Failed to load resource: the server responded with a status of 4")
        if message.type in {"error", "warning"} and not expected:
            self.faults.append(f"console, {message.type}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin + "/", "data:")):
            self.faults.append(f"another house was asked: {request.url}")

    def _response(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.faults.append(f"{response.status}: {response.url}")


class Visitors:
    """Opens the portal for people, each in a browser context of their own."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self.watch = Watch(origin)
        self._browser = browser
        self._origin = origin
        self._secrets: dict[str, str] = {}
        self._contexts: list[BrowserContext] = []

    def arrive(self, screen: dict[str, int] = WIDE, **options: Any) -> Page:
        """Return an empty page in a new context, with nobody signed in."""
        context = self._browser.new_context(
            base_url=self._origin, viewport=screen, locale="sv-SE", reduced_motion="reduce", **options
        )
        context.set_default_timeout(SLOWEST_ANSWER)
        self.watch.over(context)
        self._contexts.append(context)
        return context.new_page()

    def with_phone(self, **options: Any) -> Page:
        """Return a page on a telephone."""
        return self.arrive(PHONE, has_touch=True, is_mobile=True, **options)

    def sign_in(self, page: Page, person: User, *, at: str = "/logga-in/") -> Page:
        """Sign in as people do, on the page that they meet at the address."""
        page.goto(at)
        page.get_by_label("E-post").fill(person.email)
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        if person.email in self._secrets:
            page.get_by_label("Kod").fill(self.code_for(person))
            page.get_by_role("button", name="Logga in").click()
        return page

    def let_in(self, page: Page, person: User) -> Page:
        """Let a person in past the form, as if the password, and the code where there is one, had just been given."""
        client = Client()
        client.force_login(person)
        request = HttpRequest()
        request.session = client.session
        method = "mfa" if person.email in self._secrets else "password"
        record_authentication(request, person, method, reauthenticated=True)
        request.session.save()
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self._origin}])
        return page

    def give_second_step(self, person: User) -> None:
        """Let the person have an app that shows codes, and the codes to keep in reserve."""
        secret = self._secrets[person.email] = generate_totp_secret()
        TOTP.activate(person, secret)
        RecoveryCodes.activate(person)

    def code_for(self, person: User) -> str:
        """Return what the person's app shows, waiting for the next code when this one is about to go."""
        left = app_settings.TOTP_PERIOD - time.time() % app_settings.TOTP_PERIOD
        if left < MOMENTS_TO_TYPE:
            time.sleep(left)
        counter = int(time.time()) // app_settings.TOTP_PERIOD
        return format_hotp_value(hotp_value(self._secrets[person.email], counter))

    def leave(self) -> None:
        """Close every screen."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()

    def pass_judgement(self) -> None:
        """Fail on what went wrong, and forget it."""
        faults, self.watch.faults = self.watch.faults, []
        assert faults == []
