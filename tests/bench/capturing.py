"""A page of 20,000 pixels as an ögonblicksbild, against Playwright alone with the same scroll."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from archive.capture.apart import capture_apart
from archive.capture.chromium import browser, chromium_path, guarded_page
from archive.capture.evidence import Job, Limits, View, Viewport
from archive.capture.proxy import GuardedProxy
from archive.capture.taking import SCROLL, VIEWPORTS, Visit
from tests.archive.capture.web import ACCOUNT, OPEN, Web, guard_for, guard_of, two_webs
from tests.bench.report import Demand, Line
from tests.bench.timing import Patience, in_turn

LIMIT: Final = 1.5
PIXELS: Final = 20_000
IMAGES: Final = 50
LIMITS: Final = Limits()
ROUNDS: Final = Patience(warm_up=1, rounds=5, seconds=0)
WORDS: Final = {"desktop": "dator", "mobile": "telefon"}


def measure_capture() -> tuple[list[Line], list[Demand]]:
    """Return a line for each width, and one for all of it in a process of its own."""
    with two_webs() as (_private, public), TemporaryDirectory() as folder:
        _long_page(public)
        lines = [_of_one_width(viewport, public, Path(folder)) for viewport in VIEWPORTS]
        return [*lines, _apart(public, Path(folder))], []


def _long_page(public: Web) -> None:
    part = PIXELS // IMAGES
    text = "".join(
        f'<div style="height:{part}px"><p>Laholms bibliotek {n}<img loading=lazy src="/{n}.png"></div>'
        for n in range(IMAGES)
    )
    public.pages["/"] = f"<!doctype html><style>body {{ margin: 0 }} p {{ margin: 0 }}</style>{text}"
    for n in range(IMAGES):
        out = BytesIO()
        Image.effect_noise((350, 300), 60).convert("RGB").save(out, "PNG")
        public.pages[f"/{n}.png"] = out.getvalue()


def _of_one_width(viewport: Viewport, public: Web, folder: Path) -> Line:
    guard = guard_for(public.port)
    with (
        GuardedProxy(guard, most_bytes=2**40) as proxy,
        browser(proxy.address) as guarded,
        # Playwright wants a thread for each of its own.
        ThreadPoolExecutor(1) as thread,
        _in(thread, _plain()) as plain,
    ):

        def ours() -> View:
            with guarded_page(guarded, viewport, guard) as page:
                return Visit(page, viewport, folder, guard, LIMITS, lambda *_step: None).take(
                    f"http://{ACCOUNT}:{public.port}/"
                )

        seen = ours()
        if (seen.height, seen.images_loaded) != (PIXELS, IMAGES):
            raise RuntimeError(f"Sidan blev inte hel: {seen.height} punkter, {seen.images_loaded} bilder.")

        def alone() -> None:
            thread.submit(_playwright_alone, plain, viewport, public, folder).result()

        times = in_turn({"ours": ours, "playwright": alone}, ROUNDS)
    what = f"Ögonblicksbild, {WORDS[viewport.name]}, mot Playwright ensamt"
    return Line(what, "", "", times.ratio("ours", "playwright"), LIMIT)


def _apart(public: Web, folder: Path) -> Line:
    job = Job(f"http://{ACCOUNT}:{public.port}/", folder, frozenset({ACCOUNT}), partial(guard_of, public.port), LIMITS)

    def alone() -> None:
        with _plain() as plain:
            for viewport in VIEWPORTS:
                _playwright_alone(plain, viewport, public, folder)

    works: dict[str, Callable[[], object]] = {"ours": partial(capture_apart, job), "playwright": alone}
    times = in_turn(works, Patience(warm_up=0, rounds=3, seconds=0))
    return Line("Hela ögonblicksbilden i egen process", "", "", times.ratio("ours", "playwright"), LIMIT)


@contextmanager
def _plain() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path(), chromium_sandbox=False)
        yield opened
        opened.close()


@contextmanager
def _in(thread: ThreadPoolExecutor, opened: AbstractContextManager[Browser]) -> Iterator[Browser]:
    """Enter and leave in the thread."""
    yield thread.submit(opened.__enter__).result()
    thread.submit(opened.__exit__, None, None, None).result()


def _playwright_alone(plain: Browser, viewport: Viewport, public: Web, folder: Path) -> None:
    """What anyone would write: open, wait, scroll, take the picture."""
    size = {"width": viewport.width, "height": viewport.height}
    context = plain.new_context(viewport=size, is_mobile=viewport.mobile, has_touch=viewport.mobile)
    page = context.new_page()
    page.goto(f"http://{OPEN}:{public.port}/", wait_until="load")
    page.wait_for_load_state("networkidle")
    page.evaluate(SCROLL, [LIMITS.highest, LIMITS.scroll])
    page.screenshot(full_page=True, path=folder / "ensamt.png")
    context.close()
