"""Real web servers on loopback that write down what reached them.

127.0.0.1 plays what must never be reached, 127.0.0.2 the open net: both answer, so that only the guard is between.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Thread

from archive.capture.guard import EgressGuard

PRIVATE, OPEN = "127.0.0.1", "127.0.0.2"
ACCOUNT = "konto.example"
Page = bytes | str | tuple[int, dict[str, str], bytes]


@dataclass
class Web:
    """A server, the pages it has, and the paths that were asked for."""

    address: str
    port: int = 0
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        page = self.pages.get(path.partition("?")[0])
        if isinstance(page, tuple):
            return page
        if page is None:
            return 404, {"Content-Type": "text/plain"}, b"finns inte"
        if isinstance(page, bytes):
            return 200, {"Content-Type": "image/png"}, page
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page.encode()


@contextmanager
def serve(address: str, port: int = 0) -> Iterator[Web]:
    web = Web(address)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append(self.path)
            status, headers, body = web.answer(self.path)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer((address, port), Handler)
    web.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def two_webs() -> Iterator[tuple[Web, Web]]:
    """The private one and the open one, on the same port: what is refused is refused for its address alone."""
    with serve(PRIVATE) as private, serve(OPEN, private.port) as public:
        yield private, public


def names(**answers: Iterable[str]) -> Callable[[str], Iterable[str]]:
    """A resolver with the answers given, "_" for "."; the account is on the open net, and nothing else exists."""
    known = {ACCOUNT: (OPEN,), **{name.replace("_", "."): answer for name, answer in answers.items()}}

    def resolve(name: str) -> Iterable[str]:
        if name not in known:
            raise OSError(f"{name} finns inte")
        return known[name]

    return resolve


def guard_for(
    *ports: int,
    resolver: Callable | None = None,
    open_for_all: bool = False,
    documents: frozenset[str] = frozenset({ACCOUNT}),
) -> EgressGuard:
    """A guard for whom 127.0.0.2 is the open net. `open_for_all` takes it away: the control of every test."""
    return EgressGuard(
        documents=documents,
        resolver=resolver or names(),
        permits=lambda address: open_for_all or address == ip_address(OPEN),
        ports={"http": frozenset(ports), "https": frozenset(ports)},
    )


def guard_of(port: int, documents: frozenset[str]) -> EgressGuard:
    """The same guard, as a process of its own makes it: `partial(guard_of, port)`."""
    return guard_for(port, documents=documents)
