"""The system's Chromium, started so that the proxy is its only way out."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from archive.capture.evidence import MissingChromiumError, Viewport
from archive.capture.guard import EgressGuard, ForbiddenError

WITHOUT_CHROMIUM: Final = "Servern saknar webbläsaren Chromium. Skicka egna skärmbilder i stället."
PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome")
FLAGS: Final = (
    "--disable-quic",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy",
    "--dns-prefetch-disable",
    "--no-pings",
    # Chromium itself looks up no name: only the proxy does.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--js-flags=--max-old-space-size=1024",
)
# Before any script of the page, in every frame: what would be another way out than the proxy, or another window.
NO_OTHER_WAYS: Final = """
for (const name of ["WebSocket", "WebSocketStream", "WebTransport", "RTCPeerConnection", "webkitRTCPeerConnection",
                    "SharedWorker"]) delete globalThis[name];
globalThis.open = () => null;
"""


def chromium_path() -> str:
    """Return where Chromium is. Raises MissingChromiumError, with what to do instead."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        raise MissingChromiumError(WITHOUT_CHROMIUM)
    return found


@contextmanager
def browser(proxy_address: str) -> Iterator[Browser]:
    """Start Chromium behind the proxy, and see it gone afterwards."""
    path = chromium_path()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path,
            chromium_sandbox=os.geteuid() != 0,  # Chromium refuses to sandbox for root
            args=list(FLAGS),
            ignore_default_args=["--disable-popup-blocking"],
            # Without `<-loopback>` Chromium goes past the proxy to its own machine.
            proxy={"server": proxy_address, "bypass": "<-loopback>"},
            timeout=30_000,
        )
        try:
            yield started
        finally:
            started.close()


@contextmanager
def guarded_page(opened: Browser, viewport: Viewport, guard: EgressGuard) -> Iterator[Page]:
    """Open a page of its own, without memory of others, that stays with the account's documents."""
    context: BrowserContext = opened.new_context(
        viewport={"width": viewport.width, "height": viewport.height},
        is_mobile=viewport.mobile,
        has_touch=viewport.mobile,
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        reduced_motion="reduce",
        accept_downloads=False,
        service_workers="block",
    )
    try:
        context.add_init_script(NO_OTHER_WAYS)
        page = context.new_page()
        context.on("page", lambda other: other.close())
        _hold(page, context.new_cdp_session(page), guard)
        yield page
    finally:
        context.close()


def _hold(page: Page, session: CDPSession, guard: EgressGuard) -> None:
    """Stop the page itself from going elsewhere: each step of a redirect too, which `page.route` never sees."""
    own_frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def decide(paused: dict) -> None:
        answer = "Fetch.continueRequest", {"requestId": paused["requestId"]}
        if paused["frameId"] == own_frame:
            try:
                guard.check_document(paused["request"]["url"])
            except ForbiddenError:
                answer = "Fetch.failRequest", {**answer[1], "errorReason": "BlockedByClient"}
        session.send(*answer)

    session.on("Fetch.requestPaused", decide)
    session.send("Fetch.enable", {"patterns": [{"urlPattern": "*", "resourceType": "Document"}]})
    page.on("dialog", lambda dialog: dialog.dismiss())
