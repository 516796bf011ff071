"""A real Chromium, real servers on loopback, and their logs: 127.0.0.1 plays the inside, 127.0.0.2 the open net."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from io import BytesIO
from itertools import chain, repeat
from pathlib import Path

import pytest
from PIL import Image

from archive.capture import chromium
from archive.capture.evidence import Capture, CaptureError, Limits, MissingChromiumError
from archive.capture.guard import EgressGuard
from archive.capture.taking import capture
from tests.archive.capture.web import ACCOUNT, OPEN, PRIVATE, Web, guard_for, names, two_webs

QUICK = Limits(load=10, settle=0.6, scroll=5)
WORDS = "<p>Välkommen till Laholms bibliotek, öppet till klockan 18"


def picture(colour: str = "red") -> bytes:
    out = BytesIO()
    Image.new("RGB", (20, 20), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def webs() -> Iterator:
    with two_webs() as (private, public):
        private.pages["/hemlig"] = "<p>hemligt"
        yield private, public


@pytest.fixture
def take(webs, tmp_path: Path) -> Callable[..., Capture]:
    """Capture the account's page `path`. In a thread: Playwright's event loop has this one."""

    def take(path: str, guard: EgressGuard | None = None, **options: object) -> Capture:
        port = webs[1].port
        with ThreadPoolExecutor(1) as thread:
            work = partial(capture, f"http://{ACCOUNT}:{port}{path}", tmp_path, guard=guard or guard_for(port))
            return thread.submit(work, **{"limits": QUICK, **options}).result()

    return take


def test_the_whole_page_with_what_loads_late(webs, take):
    _private, public = webs
    lazy = "".join(f'<div style="height:400px"><img loading=lazy src="/{n}.png"></div>' for n in range(30))
    public.pages |= {"/": (302, {"Location": "/sida"}, b""), "/sida": WORDS + lazy}
    public.pages |= {f"/{n}.png": picture() for n in range(30)}
    told: list[tuple[str, str]] = []
    taken = take("/", on_progress=lambda *step: told.append(step))
    desktop, mobile = taken.views
    assert (desktop.images_loaded, desktop.images_total) == (mobile.images_loaded, mobile.images_total) == (30, 30)
    assert [view.viewport.width for view in taken.views] == [1280, 390]
    assert desktop.redirects == (f"http://{ACCOUNT}:{public.port}/",)
    assert (desktop.final_url, desktop.http_status) == (f"http://{ACCOUNT}:{public.port}/sida", 200)
    assert [part.height for part in desktop.pictures] == [8000, desktop.height - 8000]
    for part in desktop.pictures:
        with Image.open(part.path) as image:
            assert image.size == (1280, part.height)
    assert "öppet till klockan 18" in desktop.text.read_text()
    assert "loading=" in desktop.dom.read_text()
    assert (taken.wall, desktop.truncated) == ("", False)
    assert told[:4] == [("desktop", "open"), ("desktop", "scroll"), ("desktop", "picture"), ("desktop", "done")]


# Each way in asks for `inside`, which only the guard keeps from being answered.
WAYS_IN = {
    "picture": "<img src='{inside}'>",
    "frame": "<iframe src='{inside}'></iframe>",
    "fetch": "<script>fetch('{inside}', {{mode: 'no-cors'}})</script>",
    "meta refresh": "<meta http-equiv=refresh content='0;url={inside}'>",
    "location": "<script>setTimeout(() => location.href = '{inside}', 50)</script>",
    "frame to top": "<iframe srcdoc=\"<script>top.location = '{inside}'</script>\"></iframe>",
    "worker": "<script>new Worker(URL.createObjectURL(new Blob([`fetch('{inside}', {{mode: 'no-cors'}})`])))</script>",
    "redirect of a picture": "<img src='/vidare'>",
}


LEADS_AWAY = ("meta refresh", "location", "frame to top")
WITHIN = [way for way in WAYS_IN if way not in LEADS_AWAY]
HOSTS = ("127.0.0.1", "2130706433", "0x7f.1", "127.0.0.1.", "[::ffff:127.0.0.1]", "inne.example")


def every_way(public: Web, hosts: tuple[str, ...]) -> str:
    """A page that tries each way that a page can hold, by each of the hosts."""
    public.pages["/vidare"] = (302, {"Location": f"http://127.0.0.1:{public.port}/hemlig?redirect"}, b"")
    tries = (
        WAYS_IN[way].format(inside=f"http://{host}:{public.port}/hemlig?{n}")
        for n, way in enumerate(WITHIN)
        for host in hosts
    )
    return WORDS + "".join(tries)


def test_no_way_leads_inside(webs, take):
    private, public = webs
    public.pages["/"] = every_way(public, HOSTS)
    guard = guard_for(public.port, resolver=names(inne_example=(PRIVATE,)))
    take("/", guard)
    assert private.asked == []
    assert public.asked.count("/") == 2
    assert len({refusal.what for refusal in guard.refused}) >= 3


def test_control_without_the_guard_each_way_leads_inside(webs, take):
    private, public = webs
    public.pages["/"] = every_way(public, ("127.0.0.1",))
    take("/", guard_for(public.port, open_for_all=True))
    assert {f"/hemlig?{n}" for n, way in enumerate(WITHIN) if "inside" in WAYS_IN[way]} <= set(private.asked)
    assert "/hemlig?redirect" in private.asked


@pytest.mark.parametrize("way", LEADS_AWAY)
def test_the_page_is_not_led_inside(webs, take, way):
    private, public = webs
    public.pages["/"] = WORDS + WAYS_IN[way].format(inside=f"http://127.0.0.1:{public.port}/hemlig")
    # It was on its way elsewhere: there may be no picture either.
    with suppress(CaptureError):
        take("/", guard_for(public.port, open_for_all=True))
    assert private.asked == []
    assert "/" in public.asked


def test_the_page_itself_is_not_led_to_another_public_site(webs, take):
    _private, public = webs
    elsewhere = f"http://annan.example:{public.port}/annan"
    public.pages |= {"/": (302, {"Location": elsewhere}, b""), "/annan": WORDS}
    with pytest.raises(CaptureError, match="ledde bort"):
        take("/", guard_for(public.port, resolver=names(annan_example=(OPEN,))))
    assert "/annan" not in public.asked


def test_what_the_page_consists_of_may_come_from_another_public_site(webs, take):
    _private, public = webs
    public.pages |= {"/": f"{WORDS}<img src='http://bilder.example:{public.port}/b.png'>", "/b.png": picture()}
    taken = take("/", guard_for(public.port, resolver=names(bilder_example=(OPEN,))))
    assert taken.views[0].images_loaded == 1


def test_a_name_that_turns_inwards_is_held_to_its_first_answer(webs, take):
    private, public = webs
    answers = chain([[OPEN]], repeat([PRIVATE]))
    public.pages |= {"/": f"{WORDS}<img src='/hemlig'>", "/hemlig": picture()}
    take("/", guard_for(public.port, resolver=lambda _name: next(answers)))
    assert private.asked == []
    assert "/hemlig" in public.asked


@pytest.mark.parametrize("url", ["file:///etc/hostname", "data:text/html,hej", "about:blank", "http://127.0.0.1/"])
def test_only_the_accounts_address_is_opened(tmp_path, url):
    with pytest.raises(CaptureError, match="registrerade adress"):
        capture(url, tmp_path, guard=guard_for(80))


def test_a_login_is_told(webs, take):
    webs[1].pages["/"] = f"{WORDS}<form><input type=password></form>"
    assert take("/").wall == "login"


def test_without_chromium_it_is_said_what_to_do(webs, take, monkeypatch):
    monkeypatch.setattr(chromium, "PROGRAMS", ("finns-inte",))
    with pytest.raises(MissingChromiumError, match="Skicka egna skärmbilder"):
        take("/")
