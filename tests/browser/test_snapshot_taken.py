"""The portal takes a picture of an account's page, from the press to the verdict, with a real worker and Chromium."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Account
from archive.capture.evidence import Limits
from archive.capture.processes import descendants
from archive.enums import SnapshotReason, SnapshotStatus
from archive.models import Snapshot
from archive.services import capturing
from archive.services.keeping import read
from tests.archive.capture.web import ACCOUNT, Web, guard_of, two_webs
from tests.browser.test_capture_apart import ENDLESS, programs, within
from tests.browser.visitors import PHONE, Visitors
from tests.factories import AccountFactory, platform
from tests.jobs import waiting_jobs

QUICK = Limits(settle=0.3, scroll=3)
WORDS = "<h1>Laholms bibliotek</h1><p>Öppet till klockan 18, och hela sommaren.<div style='height:3000px'>"


@pytest.fixture
def public(monkeypatch) -> Iterator[Web]:
    """The open net, as far as the portal sees it; the guard of the tests stands in for the one that looks names up."""
    with two_webs() as (_private, public):
        public.pages["/bibliotek"] = WORDS
        take = partial(capturing.take, make_guard=partial(guard_of, public.port), limits=QUICK)
        monkeypatch.setattr(capturing, "take", take)
        yield public


@pytest.fixture
def account(transactional_db, cast, public) -> Account:
    return AccountFactory(
        active=True,
        name="Laholms bibliotek",
        platform=platform("mastodon"),
        web_address=f"http://{ACCOUNT}:{public.port}/bibliotek",
        canonical_key="mastodon:konto.example/bibliotek",
        unit=cast.library,
        responsible=cast.librarian,
    )


class Held(dict):
    """Pages of which none is answered until somebody lets go."""

    def __init__(self, pages: dict) -> None:
        super().__init__(pages)
        self.let_go = Event()

    def get(self, path: str, default: object = None) -> object:
        self.let_go.wait(20)
        return super().get(path, default)


def test_from_the_press_to_the_verdict(visitors: Visitors, cast, account, public, work):
    public.pages = Held(public.pages)
    page = visitors.sign_in(visitors.arrive(PHONE), cast.librarian)
    page.goto(f"/register/{account.pk}/")
    page.get_by_role("link", name="Ta ögonblicksbild").click()
    page.get_by_role("button", name="Ta ögonblicksbild").click()
    expect(page.get_by_role("heading", name="Bilden står i kö")).to_be_visible()
    with ThreadPoolExecutor(1) as thread:
        worked = thread.submit(work)
        expect(page.get_by_role("heading", name="Bilden tas nu")).to_be_visible()
        expect(page.get_by_label("Öppnar sidan, så bred som på en dator.")).to_be_visible()
        public.pages.let_go.set()
        worked.result()
    expect(page.get_by_role("heading", name="Duger bilden?")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("svarskod 200")
    expect(page.get_by_role("link", name="Bild 1: visa i full storlek")).to_be_visible()
    assert not Snapshot.objects.good().exists()
    page.get_by_label("Ja, spara den").check()
    page.get_by_role("button", name="Svara").click()
    expect(page.get_by_role("status")).to_contain_text("Ögonblicksbilden är sparad.")
    kept = Snapshot.objects.good().get()
    assert {file.viewport for file in kept.files.all()} == {"desktop", "mobile"}
    words = b"".join(read(kept.files.get(kind="text", viewport="mobile"))).decode()
    assert "hela sommaren" in words


def test_a_login_never_counts_by_itself(visitors: Visitors, cast, account, public, work):
    public.pages["/bibliotek"] = f"{WORDS}<form><input type=password></form>"
    capturing.ask(account.pk, reason=SnapshotReason.YEARLY, by=cast.librarian, now=timezone.now())
    work()
    page = visitors.sign_in(visitors.arrive(), cast.librarian)
    page.goto(f"/arkiv/ogonblicksbilder/{Snapshot.objects.get().pk}/")
    expect(page.get_by_role("main")).to_contain_text("I vägen stod en inloggningssida")
    page.get_by_label("Ja, spara den").check()
    page.get_by_role("button", name="Svara").click()
    expect(page.get_by_role("group", name="En sak är kvar att rätta")).to_contain_text("Skriv varför bilden duger ändå")
    assert not Snapshot.objects.good().exists()


WORKER = """
import os, sys, django
from functools import partial
from uuid import UUID
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE_NAME"]
django.setup()
from django.utils import timezone
from archive.services import capturing
from tests.archive.capture.web import guard_of
capturing.take(UUID(sys.argv[1]), clock=timezone.now, make_guard=partial(guard_of, int(sys.argv[2])))
"""


def test_what_a_killed_worker_left_is_taken_again(cast, account, public, work):
    public.pages["/bibliotek"] = ENDLESS
    asked = capturing.ask(account.pk, reason=SnapshotReason.YEARLY, by=cast.librarian, now=timezone.now())
    environment = {**os.environ, "TEST_DATABASE_NAME": connection.settings_dict["NAME"]}
    environment["DJANGO_SETTINGS_MODULE"] = "laholm_sociala.settings"
    command = [sys.executable, "-W", "ignore", "-c", WORKER, str(asked.pk), str(public.port)]
    with subprocess.Popen(command, env=environment) as worker:
        try:
            within(lambda: "chromium" in programs(worker.pid))
            started = descendants(worker.pid)
        finally:
            worker.kill()
    within(lambda: not [process for process in started if Path(f"/proc/{process}").exists()])
    assert Snapshot.objects.get().status == SnapshotStatus.CAPTURING
    # Its job went with it, as when the queue has given it up.
    type(waiting_jobs()[0]).objects.filter(task_name=capturing.TASK)._raw_delete("default")
    public.pages["/bibliotek"] = WORDS
    assert capturing.rescue(now=timezone.now()) == [asked.pk]
    work()
    assert Snapshot.objects.get().status == SnapshotStatus.TO_JUDGE


def test_a_page_that_hangs_is_a_failure_and_the_worker_goes_on(cast, account, public, work, monkeypatch):
    public.pages["/bibliotek"] = ENDLESS
    take = capturing.take
    monkeypatch.setattr(capturing, "take", partial(take, limits=Limits(settle=0.3, whole=4)))
    capturing.ask(account.pk, reason=SnapshotReason.YEARLY, by=cast.librarian, now=timezone.now())
    work()
    assert Snapshot.objects.get().failure == "Sidan blev aldrig klar. Skicka egna skärmbilder i stället."
    public.pages["/bibliotek"] = WORDS
    monkeypatch.setattr(capturing, "take", take)
    capturing.ask_again(Snapshot.objects.get().pk, by=cast.librarian, now=timezone.now())
    work()
    assert Snapshot.objects.get().status == SnapshotStatus.TO_JUDGE
