"""What goes through the proxy, by the servers' own logs. `control` is the same question with the guard taken away."""

import socket
from collections.abc import Iterator
from itertools import chain, repeat

import pytest

from archive.capture.guard import EgressGuard, ForbiddenError
from archive.capture.proxy import GuardedProxy
from tests.archive.capture.web import ACCOUNT, OPEN, PRIVATE, guard_for, names, two_webs

PLENTY = 10_000_000


@pytest.fixture
def webs() -> Iterator:
    with two_webs() as (private, public):
        private.pages["/hemlig"] = public.pages["/sida"] = "<p>svar"
        yield private, public


def ask(guard: EgressGuard, *requests: str, most_bytes: int = PLENTY) -> list[str]:
    """Send each request on a connection of its own through one proxy, and return the answers' first lines."""
    with GuardedProxy(guard, most_bytes=most_bytes) as proxy:
        return [_ask(proxy.port, request) for request in requests]


def _ask(port: int, request: str) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request.encode("latin-1"))
        if not request.startswith("CONNECT"):
            answer = connection.makefile("rb")
            first = answer.readline().decode().strip()
            answer.read()  # to the end: whoever hangs up earlier ends what is on its way
            return first
        first = connection.recv(1000).decode().splitlines()[0]
        if " 200 " in first:
            connection.sendall(b"GET /hemlig HTTP/1.0\r\n\r\n")
            connection.makefile("rb").read()
        return first


def get(url: str) -> str:
    return f"GET {url} HTTP/1.1\r\nHost: x\r\n\r\n"


def connect(target: str) -> str:
    return f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n"


def test_the_open_net_is_reached(webs):
    private, public = webs
    guard = guard_for(public.port)
    answers = ask(guard, get(f"http://{ACCOUNT}:{public.port}/sida"), connect(f"{ACCOUNT}:{public.port}"))
    assert answers == ["HTTP/1.0 200 OK", "HTTP/1.1 200 Connection established"]
    assert public.asked == ["/sida", "/hemlig"]
    assert private.asked == []
    assert guard.refused == []


@pytest.mark.parametrize("ask_by", ["plain", "tunnel"])
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "inne.example", "127.0.0.1.", "localhost"]
)
def test_the_inside_is_not(webs, host, ask_by):
    private, public = webs
    resolver = names(inne_example=(PRIVATE,), localhost=(PRIVATE,))
    request = {"plain": get(f"http://{host}:{public.port}/hemlig"), "tunnel": connect(f"{host}:{public.port}")}[ask_by]
    guard = guard_for(public.port, resolver=resolver)
    assert ask(guard, request) == ["HTTP/1.1 403 Forbidden"]
    assert private.asked == public.asked == []
    assert [refusal.why for refusal in guard.refused] == ["adressen är inte publik"]

    ask(guard_for(public.port, resolver=resolver, open_for_all=True), request)
    assert private.asked == ([] if host == "[::1]" else ["/hemlig"])  # the control; no server listens on ::1


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", f"{ACCOUNT}@127.0.0.1"])
def test_nor_by_another_way_of_writing_it(webs, host):
    private, public = webs
    anything = guard_for(public.port, resolver=lambda _name: [PRIVATE], open_for_all=True)
    answers = ask(anything, get(f"http://{host}:{public.port}/hemlig"), connect(f"{host}:{public.port}"))
    assert answers == ["HTTP/1.1 403 Forbidden"] * 2
    assert private.asked == []


def test_a_name_with_one_inner_address_is_refused_whole(webs):
    private, public = webs
    guard = guard_for(public.port, resolver=names(bada_example=(OPEN, PRIVATE)))
    assert ask(guard, connect(f"bada.example:{public.port}")) == ["HTTP/1.1 403 Forbidden"]
    assert private.asked == public.asked == []


def test_a_name_that_changes_its_answer_is_asked_once(webs):
    private, public = webs
    answers = chain([[OPEN]], repeat([PRIVATE]))
    guard = guard_for(public.port, resolver=lambda _name: next(answers), open_for_all=True)
    twice = [get(f"http://byter.example:{public.port}/sida"), get(f"http://BYTER.example.:{public.port}/sida")]
    assert ask(guard, *twice) == ["HTTP/1.0 200 OK"] * 2
    assert private.asked == []
    assert public.asked == ["/sida", "/sida"]

    guard._pinned.clear()  # the control: asked again, it leads inside
    ask(guard, twice[0])
    assert private.asked == ["/sida"]


def test_only_the_ports_of_the_web(webs):
    _private, public = webs
    guard = guard_for(1)
    urls = [f"http://{ACCOUNT}:{public.port}/sida", f"http://{ACCOUNT}/sida"]
    assert ask(guard, *map(get, urls), connect(f"{ACCOUNT}:{public.port}")) == ["HTTP/1.1 403 Forbidden"] * 3
    assert public.asked == []


def test_a_second_request_does_not_ride_along(webs):
    private, public = webs
    first = get(f"http://{ACCOUNT}:{public.port}/sida")
    smuggled = f"GET /hemlig HTTP/1.1\r\nHost: {PRIVATE}\r\n\r\n"
    ask(guard_for(public.port), first + smuggled)
    assert public.asked == ["/sida"]
    assert private.asked == []


@pytest.mark.parametrize(
    "request_",
    [
        "GET ftp://konto.example/ HTTP/1.1\r\n\r\n",
        "GET /sida HTTP/1.1\r\nHost: konto.example\r\n\r\n",
        "POST http://konto.example/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST http://konto.example/ HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET http://konto.example/ HTTP/1.1\r\nno colon\r\n\r\n",
        "hello\r\n\r\n",
    ],
)
def test_what_no_browser_sends_is_refused(request_):
    assert ask(guard_for(80), request_) == ["HTTP/1.1 400 Bad Request"]


def test_a_page_without_end_is_cut(webs):
    _private, public = webs
    public.pages["/stor"] = b"x" * 200_000
    guard = guard_for(public.port)
    ask(guard, get(f"http://{ACCOUNT}:{public.port}/stor"), most_bytes=100_000)
    assert [refusal.why for refusal in guard.refused] == ["den är för stor"]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "data:text/html,hej",
        "blob:http://konto.example/1",
        "about:blank",
        "view-source:http://konto.example/",
        "javascript:alert(1)",
        "ftp://konto.example/",
        "http://annan.example/",
        "http://konto.example:22/",
        "http://konto.example:99999/",
        "http://konto.example@annan.example/",
        "http://anna:hemligt@konto.example/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://2130706433/",
        "http:konto.example",
        "",
    ],
)
def test_the_page_itself_stays_with_the_account(url):
    with pytest.raises(ForbiddenError):
        guard_for(80).check_document(url)


@pytest.mark.parametrize("url", ["http://konto.example/", "http://KONTO.example.:80/a?b#c", "http://konto.example"])
def test_the_account_itself_is_let_through(url):
    guard_for(80).check_document(url)
