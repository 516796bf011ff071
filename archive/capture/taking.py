"""Takes the pictures: the whole page, scrolled through so that what loads late is there, in two widths."""

import time
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Response

from archive.capture.chromium import browser, guarded_page
from archive.capture.evidence import Capture, CaptureError, Limits, Picture, Progress, View, Viewport
from archive.capture.guard import EgressGuard, ForbiddenError
from archive.capture.proxy import GuardedProxy
from archive.capture.walls import Signs, wall_in

VIEWPORTS: Final = (Viewport("desktop", 1280, 900), Viewport("mobile", 390, 844, mobile=True))
SCROLL: Final = """async ([highest, seconds]) => {
  const until = performance.now() + seconds * 1000;
  const height = () => document.documentElement.scrollHeight;
  for (let y = 0; y < Math.min(height(), highest) && performance.now() < until; y += innerHeight) {
    scrollTo(0, y);
    await new Promise(done => setTimeout(done, 50));
  }
  while ([...document.images].some(image => !image.complete) && performance.now() < until)
    await new Promise(done => setTimeout(done, 50));
  scrollTo(0, 0);
  return height();
}"""
LOOK: Final = """() => {
  const shown = element => element.getClientRects().length > 0;
  const over = [...document.querySelectorAll("dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]")];
  const middle = document.elementsFromPoint(innerWidth / 2, innerHeight / 2)
    .filter(element => getComputedStyle(element).position === "fixed");
  const images = [...document.images];
  return {
    text: document.body ? document.body.innerText : "",
    dialogs: [...over, ...middle].filter(shown).map(element => element.innerText || ""),
    passwords: [...document.querySelectorAll("input[type=password]")].filter(shown).length,
    total: images.length,
    loaded: images.filter(image => image.complete && image.naturalWidth > 0).length,
  };
}"""


def capture(
    url: str,
    folder: Path,
    *,
    guard: EgressGuard,
    on_progress: Progress = lambda _viewport, _step: None,
    limits: Limits | None = None,
    portal_version: str = "",
) -> Capture:
    """Take the page at `url` in every width, leave the files in `folder`, and return what was seen.

    `on_progress(viewport, step)` is told of each step (open, scroll, picture, done). Raises CaptureError with a
    Swedish sentence when it comes to nothing; nothing of the browser is left behind either way.
    """
    limits = limits or Limits()
    try:
        guard.check_document(url)
    except ForbiddenError as error:
        raise CaptureError("Adressen är inte kontots registrerade adress.") from error
    started_at = datetime.now(UTC)
    with GuardedProxy(guard, most_bytes=limits.most_bytes) as proxy, browser(proxy.address) as opened:
        versions = {
            "chromium": opened.version,
            "playwright": version("playwright"),
            "portal": portal_version,
        }
        views = []
        for viewport in VIEWPORTS:
            with guarded_page(opened, viewport, guard) as page:
                views.append(Visit(page, viewport, folder, guard, limits, on_progress).take(url))
    return Capture(url, started_at, datetime.now(UTC), versions, tuple(views), tuple(guard.refused))


class Visit:
    """One look at the page in one width."""

    def __init__(
        self, page: Page, viewport: Viewport, folder: Path, guard: EgressGuard, limits: Limits, on_progress: Progress
    ) -> None:
        self.page, self.viewport, self.folder, self.guard = page, viewport, folder, guard
        self.limits, self.on_progress = limits, on_progress

    def take(self, url: str) -> View:
        """Open the page, scroll through it and take its picture. Raises CaptureError."""
        try:
            return self._take(url)
        except PlaywrightError as error:
            raise CaptureError("Sidan gick inte att ta en bild av. Skicka egna skärmbilder i stället.") from error

    def _take(self, url: str) -> View:
        self._tell("open")
        answer = self._open(url)
        self._tell("scroll")
        self.page.set_default_timeout((self.limits.scroll + 10) * 1000)
        height = int(self.page.evaluate(SCROLL, [self.limits.highest, self.limits.scroll]))
        seen = self.page.evaluate(LOOK)
        text = self._write("txt", seen["text"])
        dom = self._write("html", self.page.content())
        self._tell("picture")
        pictures, entropy = self._pictures(min(height, self.limits.highest))
        self._require_own_page()
        self._tell("done")
        final_url = self.page.url
        signs = Signs(final_url, seen["text"], tuple(seen["dialogs"]), seen["passwords"], entropy)
        return View(
            viewport=self.viewport,
            final_url=final_url,
            redirects=_redirects(answer),
            http_status=answer.status if answer else None,
            pictures=pictures,
            text=text,
            dom=dom,
            images_loaded=seen["loaded"],
            images_total=seen["total"],
            height=height,
            truncated=height > self.limits.highest,
            wall=wall_in(signs),
        )

    def _open(self, url: str) -> Response | None:
        try:
            answer = self.page.goto(url, wait_until="load", timeout=self.limits.load * 1000)
            self._settle()
        except PlaywrightError as error:
            raise CaptureError(
                "Sidan gick inte att öppna, eller ledde bort från kontots adress. Skicka egna skärmbilder i stället."
            ) from error
        self._require_own_page()
        if answer is not None and answer.status >= 400:
            raise CaptureError(
                f"Sidan svarade med felet {answer.status}. Kontrollera kontots adress, och försök igen om en stund."
            )
        return answer

    def _settle(self) -> None:
        until = time.monotonic() + self.limits.settle
        try:
            self.page.wait_for_load_state("networkidle", timeout=self.limits.settle * 1000)
        except PlaywrightError:
            # Some pages never fall silent; what is there by now is what is taken.
            if time.monotonic() < until - 0.5:
                raise

    def _pictures(self, height: int) -> tuple[tuple[Picture, ...], float]:
        """Take the page from the top in as few parts as the highest picture allows."""
        pictures, entropy = [], 8.0
        for position, top in enumerate(range(0, max(height, 1), self.limits.tile)):
            size = min(self.limits.tile, max(height, 1) - top)
            clip: Any = {"x": 0, "y": top, "width": self.viewport.width, "height": size}
            content = self.page.screenshot(full_page=True, clip=clip, timeout=self.limits.picture * 1000)
            path = self.folder / f"{self.viewport.name}-{position}.png"
            path.write_bytes(content)
            if position == 0:
                with Image.open(BytesIO(content)) as image:
                    entropy = image.convert("L").reduce(4).entropy()
            pictures.append(Picture(path, position, self.viewport.width, size))
        return tuple(pictures), entropy

    def _require_own_page(self) -> None:
        try:
            self.guard.check_document(self.page.url)
        except ForbiddenError as error:
            raise CaptureError("Sidan ledde bort från kontots adress. Skicka egna skärmbilder i stället.") from error

    def _write(self, kind: str, content: str) -> Path:
        path = self.folder / f"{self.viewport.name}.{kind}"
        if len(content) > self.limits.most_text:
            raise CaptureError("Sidan är för stor för att sparas av portalen. Skicka egna skärmbilder i stället.")
        path.write_text(content, encoding="utf-8", errors="replace")
        return path

    def _tell(self, step: str) -> None:
        self.on_progress(self.viewport.name, step)


def _redirects(answer: Response | None) -> tuple[str, ...]:
    chain: list[str] = []
    request = answer.request.redirected_from if answer else None
    while request is not None:
        chain.append(request.url)
        request = request.redirected_from
    return tuple(reversed(chain))
