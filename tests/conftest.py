"""Fixtures of every test. The database is `tests.database`; people are `cast`; records are `tests.factories`."""

import gc
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.test import Client, TransactionTestCase, client, override_settings
from django.utils import timezone
from psycopg import Connection

from accounts.bilaga1 import fingerprint
from accounts.enums import SignInMethod
from accounts.models import Application, GuidelineReview, User
from accounts.sign_in import METHODS_IN_SESSION
from tests.cast import Cast, gather_cast
from tests.clock import Clock
from tests.database import ALIASES, TestDatabase, session
from tests.factories import ApplicationFactory, form_content, guideline_review
from tests.mail_server import MailServer

# A page joins twenty tables. In tests they hold a few rows, and to weigh every order takes longer than any of them.
SHORT_PLANS = "-c join_collapse_limit=4 -c from_collapse_limit=4 -c jit=off"
UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def pytest_make_parametrize_id(config, val, argname) -> str | None:
    """Call a random UUID by what it is: each worker makes its own, and they must agree on the tests' names."""
    return "uuid" if UUID_TEXT.fullmatch(str(val)) else None


def pytest_collection_finish() -> None:
    """Leave modules and ten thousand tests out of the garbage collector's rounds, and make these fewer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, request) -> Iterator[None]:
    """Give this process a database of its own, made from the migrated template."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as changes:
        for alias in ALIASES:
            changes.setitem(connections[alias].settings_dict["OPTIONS"], "options", SHORT_PLANS)
        database = TestDatabase(getattr(request.config, "workerinput", {}).get("workerid", "main"))
        database.create()
        database.learn()
        # Django would TRUNCATE every table after a transactional test: the guards refuse, as they should.
        changes.setattr(TransactionTestCase, "_fixture_teardown", lambda case: database.go_back())
        yield
        database.destroy()


@pytest.fixture(scope="session", autouse=True)
def _quick(tmp_path_factory) -> Iterator[None]:
    # A page consists of a hundred templates. The client keeps a copy of what each is given; tests ask for the page's.
    keep = client.store_rendered_templates

    def keep_the_page(store: dict[str, Any], *args: Any, **given: Any) -> None:
        if not store:
            keep(store, *args, **given)

    # Autorefresh looks for a static file when it is asked for; otherwise every new Client reads them all.
    quick = {"PASSWORD_HASHERS": ["tests.passwords.QuickArgon2"], "WHITENOISE_AUTOREFRESH": True}
    with (
        patch.object(client, "store_rendered_templates", keep_the_page),
        override_settings(**quick, DISPOSAL_LEDGER=tmp_path_factory.mktemp("ledger") / "ledger.jsonl"),
    ):
        yield


@pytest.fixture(autouse=True)
def _own_ledger() -> Iterator[None]:
    # What a test has written belongs to a database that is gone: the next one would be behind it.
    ledger = settings.DISPOSAL_LEDGER
    yield
    ledger.unlink(missing_ok=True)


@pytest.fixture(scope="session", autouse=True)
def snapshot_folder(tmp_path_factory) -> Iterator[Path]:
    """Keep the files of snapshots, and packages on their way to the e-archive, in folders of this process."""
    folder, packages = tmp_path_factory.mktemp("snapshots"), tmp_path_factory.mktemp("transfers")
    here = {
        name: {**settings.STORAGES[name], "OPTIONS": {"location": str(place)}}
        for name, place in (("snapshots", folder), ("transfers", packages))
    }
    with override_settings(STORAGES={**settings.STORAGES, **here}, PACKING_FOLDER=packages.parent / "packing"):
        yield folder


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Clock:
    """Tuesday 24 November 2026 at 10.00, everywhere: also in views. `clock.move(days=1)` moves it."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def now(clock):
    """The moment of the test."""
    return clock.now


@pytest.fixture
def today(now):
    """The day of the test."""
    return now.date()


@pytest.fixture
def cast(request) -> Cast:
    """The fixed cast, in the database."""
    if request.node.get_closest_marker("django_db") is None:
        request.getfixturevalue("db")
    return gather_cast()


@pytest.fixture
def guideline_reviewed(cast) -> GuidelineReview:
    """Kommunstyrelsen's review of the guideline in this mandatperiod: kommunikationsenheten need not see to it."""
    return guideline_review(cast.communicator)


@pytest.fixture(scope="session")
def client_for() -> Callable[..., Client]:
    """Sign a person in: `client_for(cast.manager)`, by MFA unless `method="password"`."""

    def sign_in(person: User, *, method: str = "mfa") -> Client:
        # As force_login does it, in one statement.
        session = SessionStore()
        session[SESSION_KEY] = person._meta.pk.value_to_string(person)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session[METHODS_IN_SESSION] = [{"method": method, "at": time.time()}]
        session.save(must_create=True)
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return sign_in


@pytest.fixture
def owner() -> Iterator[Connection]:
    """The tables' owner, on a connection of its own. For transactional tests: it sees what is committed."""
    with session("owner") as connection:
        yield connection


@pytest.fixture
def letter(settings, tmp_path) -> str:
    """A mail template of the tests' own: the portal's own say other things every month."""
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "letter.txt").write_text(
        "{% autoescape off %}Hej {{ name }}!\nLäs mer: {{ public_url }}/\n{% endautoescape %}", encoding="utf-8"
    )
    (folder / "letter.html").write_text("<p>Hej <b>{{ name }}</b>!</p>\n", encoding="utf-8")
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]
    return "letter"


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """A real SMTP server, to which the portal sends while the test runs. `mail_server.messages` holds what came."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        yield server


@pytest.fixture
def content(cast) -> Callable[..., dict[str, Any]]:
    """What the librarian fills in, as `submit` takes it: `content(account_name="…")`."""

    def fill_in(**changes: Any) -> dict[str, Any]:
        people = {"unit": cast.library, "responsible": cast.librarian, "substitute": cast.assistant}
        return form_content(**{**people, "handle": "laholmsbibliotek", **changes})

    return fill_in


@pytest.fixture
def submitted(cast) -> Application:
    """The library's application, with its manager since yesterday."""
    return ApplicationFactory(
        unit=cast.library, applicant=cast.librarian, substitute=cast.assistant, handle="laholmsbibliotek"
    )


@pytest.fixture
def read() -> Callable[..., dict[str, Any]]:
    """What a manager who has read the page, and signed in by MFA, decides with: `approve(pk, **read(application))`."""

    def read_page(application: Application, method: SignInMethod = SignInMethod.MFA) -> dict[str, Any]:
        return {"seen_sha256": fingerprint(application.canonical_content()), "sign_in_method": method}

    return read_page
