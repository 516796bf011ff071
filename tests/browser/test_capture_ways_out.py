"""What a page has besides http: WebSocket, WebRTC and QUIC, by itself and in a worker. Logs of real servers tell."""

import shutil
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer, ThreadingUDPServer
from threading import Thread

import pytest
from playwright.sync_api import sync_playwright

from archive.capture import chromium
from archive.capture.evidence import Limits
from archive.capture.taking import capture
from tests.archive.capture.web import OPEN, PRIVATE, Web, guard_for, two_webs

QUICK = Limits(settle=0.6, scroll=3)
# By 127.0.0.2 and not by name: some of these are only given to pages that are secure or on the machine itself.
PAGE = """<p>Välkommen till Laholms bibliotek, öppet till klockan 18<script>
const tries = [
  () => { const pc = new RTCPeerConnection({iceServers: [{urls: "stun:INSIDE:STUN"}]});
          pc.createDataChannel("x"); pc.createOffer().then(offer => pc.setLocalDescription(offer)); },
  () => new WebTransport("https://INSIDE:QUIC/").ready.catch(() => {}),
  () => new WebSocket("ws://INSIDE:WEB/page"),
  () => new Worker(URL.createObjectURL(new Blob([`
    new WebSocket("ws://INSIDE:WEB/worker");
    new WebSocket("wss://INSIDE:TLS/");
    new WebTransport("https://INSIDE:QUIC/").ready.catch(() => {});
  `]))),
];
for (const one of tries) try { one() } catch {}
</script><iframe srcdoc="<script>
const pc = new RTCPeerConnection({iceServers: [{urls: 'stun:INSIDE:STUN'}]});
pc.createDataChannel('x'); pc.createOffer().then(offer => pc.setLocalDescription(offer));
</script>"></iframe>"""


@dataclass
class Inside:
    """What must never be reached: a web server, and three that only listen. `heard` is who were spoken to."""

    private: Web
    public: Web
    ports: dict[str, int]
    heard: set[str] = field(default_factory=set)

    @property
    def reached(self) -> set[str]:
        return {*self.heard, *self.private.asked}

    @property
    def url(self) -> str:
        return f"http://{OPEN}:{self.public.port}/"


@contextmanager
def listening(kind: type, name: str, heard: set[str]) -> Iterator[int]:
    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            said = self.request.recv(100) if isinstance(self.request, socket.socket) else self.request[0]
            if said:
                heard.add(name)

    with kind((PRIVATE, 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.fixture
def inside() -> Iterator[Inside]:
    heard: set[str] = set()
    with (
        two_webs() as (private, public),
        listening(ThreadingUDPServer, "stun", heard) as stun,
        listening(ThreadingUDPServer, "quic", heard) as quic,
        listening(ThreadingTCPServer, "tls", heard) as tls,
    ):
        ports = {"STUN": stun, "QUIC": quic, "TLS": tls, "WEB": private.port}
        words = PAGE.replace("INSIDE", PRIVATE)
        for name, port in ports.items():
            words = words.replace(name, str(port))
        public.pages["/"] = words
        yield Inside(private, public, ports, heard)


def take(inside: Inside, folder: Path, *, open_for_all: bool = False) -> None:
    """Capture the page, in a thread: Playwright's event loop has this one."""
    web, tls = inside.ports["WEB"], inside.ports["TLS"]
    guard = guard_for(web, tls, documents=frozenset({OPEN}), open_for_all=open_for_all)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(capture, inside.url, folder, guard=guard, limits=QUICK).result()


def test_none_leads_inside(inside, tmp_path):
    take(inside, tmp_path)
    assert "/" in inside.public.asked
    assert inside.reached == set()


def test_none_leads_inside_where_the_page_has_them_all(inside, tmp_path, monkeypatch):
    monkeypatch.setattr(chromium, "NO_OTHER_WAYS", "")
    take(inside, tmp_path)
    assert inside.reached == set()


def test_control_without_the_guard_a_workers_sockets_get_there(inside, tmp_path):
    take(inside, tmp_path, open_for_all=True)
    # Over UDP nothing does, guard or not: that is the browser's own settings.
    assert inside.reached == {"/worker", "tls"}


def test_control_an_ordinary_browser_gets_there_by_each(inside):
    def visit() -> None:
        program = next(filter(None, map(shutil.which, chromium.PROGRAMS)))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, chromium_sandbox=False)
            page = browser.new_page()
            page.goto(inside.url)
            for _moment in range(100):
                if len(inside.reached) == 5:
                    break
                page.wait_for_timeout(100)
            browser.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(visit).result()
    assert inside.reached == {"/page", "/worker", "tls", "stun", "quic"}
