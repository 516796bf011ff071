"""Reports from the public against a POST that writes one row: four clients at once, through a real server."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from itertools import count
from statistics import quantiles
from time import perf_counter
from typing import Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import transaction
from django.middleware.csrf import _get_new_csrf_string
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from moderation.forms.report import stamp
from moderation.models import PublicReport
from moderation.reported import Wrong
from tests.bench import floor
from tests.bench.report import Demand, Line
from tests.bench.timing import Ratio
from tests.cast import gather_cast
from tests.database import TestDatabase
from tests.factories import platform
from tests.moderation.factories import library_account

LIMIT: Final = 3.0
CLIENTS: Final = 4
POSTS_EACH: Final = 40
ROUNDS: Final = 15
NO_LIMIT: Final = {
    "REPORTS_PER_SENDER": 10**6,
    "REPORTS_PER_ACCOUNT": 10**6,
    "REPORTS_IN_TOTAL": 10**6,
    "REPORT_ATTEMPTS_PER_SENDER": 10**6,
}


def measure_reports() -> tuple[list[Line], list[Demand]]:
    """Return how many times as long as the floor the slowest twentieth takes, and whether every report was kept."""
    numbers = count(1)
    with _server() as address:
        send = {
            "report": lambda: _send_all(address, reverse("moderation:report"), numbers),
            "floor": lambda: _send_all(address, floor.REPORT, numbers),
        }
        for work in send.values():
            work()  # what is fetched once per process
        rounds = [_round(send, backwards=bool(number % 2)) for number in range(ROUNDS)]
        sent, kept = CLIENTS * POSTS_EACH * (ROUNDS + 1), PublicReport.objects.filter(case__isnull=False).count()
    line = Line("Rapport från allmänheten mot en rad, p95", "", "", Ratio(tuple(rounds)), LIMIT)
    return [line], [Demand("Rapporter som kom fram", f"{kept} av {sent}", kept == sent)]


def _round(send: dict[str, Callable[[], list[float]]], *, backwards: bool) -> float:
    """Send both, the one right after the other, and return the quotient of their slowest twentieths."""
    names = sorted(send, reverse=backwards)
    slowest = {name: quantiles(send[name](), n=20)[-1] for name in names}
    return slowest["report"] / slowest["floor"]


def _send_all(address: str, path: str, numbers: Iterator[int]) -> list[float]:
    """Let each client send its posts, one after the other; return how long each of them took."""
    with ThreadPoolExecutor(CLIENTS) as clients:
        shares = [[next(numbers) for _ in range(POSTS_EACH)] for _ in range(CLIENTS)]
        sending = [clients.submit(_send, address, path, share) for share in shares]
        return [seconds for client in sending for seconds in client.result()]


def _send(address: str, path: str, numbers: list[int]) -> list[float]:
    token = _get_new_csrf_string()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{settings.CSRF_COOKIE_NAME}={token}",
        "Origin": address,
    }
    return [_seconds(address, path, _body(number, token), headers) for number in numbers]


def _body(number: int, token: str) -> str:
    fields = {
        "csrfmiddlewaretoken": token,
        "link": f"https://www.facebook.com/laholmsbibliotek/posts/{number}",
        "wrong": Wrong.ATTACK.value,
        "text": "Hon hängs ut med namn i tredje kommentaren.",
        "opened": stamp(timezone.now() - timedelta(minutes=1)),
    }
    return urlencode(fields)


def _seconds(address: str, path: str, body: str, headers: dict[str, str]) -> float:
    start = perf_counter()
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("POST", path, body, headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    if response.status != 302:
        raise RuntimeError(f"{path} svarade {response.status}")
    return perf_counter() - start


@contextmanager
def _server() -> Iterator[str]:
    """Serve the portal from a thread for each request, with one account to report on."""
    database = TestDatabase("benchreports")
    database.create()
    try:
        with transaction.atomic():
            library_account(gather_cast(), platform=platform("facebook"), handle="laholmsbibliotek")
        server = LiveServer("localhost")
        with override_settings(
            **NO_LIMIT, ALLOWED_HOSTS=["localhost"], CSRF_TRUSTED_ORIGINS=[server.url], SECURE_SSL_REDIRECT=False
        ):
            yield server.url
        server.stop()
    finally:
        database.destroy()
