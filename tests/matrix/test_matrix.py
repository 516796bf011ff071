"""Every address × every role × GET and POST. An address that is not listed here fails.

A new address gets a row in ROWS of its app's file, and in LEADS_TO a record when one stands in it.

What is asked is who gets in: a POST is empty, so 200 is a form with its errors, and 302 a change that was made or a
door that leads elsewhere. What the pages say and do is tested beside each view.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.archive.factories import registrar_of
from tests.cast import Cast, gather_cast
from tests.clock import Clock
from tests.factories import UserFactory
from tests.matrix import accounts, archive, gallring, moderation, project, snapshots, transfers
from tests.matrix.addresses import ADDRESSES, named_addresses
from tests.matrix.roles import LeadsTo, Row, Rows

pytestmark = pytest.mark.django_db

APPS = (project, accounts, archive, snapshots, gallring, transfers, moderation)
MATRIX: Rows = {name: row for app in APPS for name, row in app.ROWS.items()}
LEADS_TO: LeadsTo = {start: made for app in APPS for start, made in app.LEADS_TO.items()}


def address_of(name: str, cast: Cast) -> str:
    """Return the address, to a record made for it."""
    if "<" not in ADDRESSES[name]:
        return reverse(name)
    found = next(made(cast) for start, made in LEADS_TO.items() if name.startswith(start))
    return reverse(name, kwargs=found if isinstance(found, dict) else {"pk": found.pk})


@dataclass(frozen=True)
class World:
    cast: Cast
    sessions: dict[str, str | None]  # by role: the key of a session of theirs


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, client_for) -> Iterator[World]:
    """The people, each signed in, once for all addresses: what is made and asked for each is rolled back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as changes:
            changes.setattr(timezone, "now", Clock())
            cast = gather_cast()
            people = {
                "employee": UserFactory(unit=cast.library),
                "applicant": cast.librarian,
                "manager": cast.manager,
                "deputy": cast.deputy,
                "outsider": cast.outsider,
                "communications": cast.communicator,
                "administrator": cast.administrator,
                "registrar": registrar_of(cast.culture_board),
            }
            clients = {role: client_for(person) for role, person in people.items()}
        keys = {role: client.cookies[settings.SESSION_COOKIE_NAME].value for role, client in clients.items()}
        yield World(cast, {"anonymous": None, **keys})
        transaction.set_rollback(True)


@pytest.fixture
def cast(world) -> Cast:
    """The people as they were written, whatever was done to those of another address."""
    return deepcopy(world.cast)


def test_every_address_has_its_row():
    assert "None" not in {name.split(":")[-1] for name in ADDRESSES}, "an address without a name"
    assert set(MATRIX) == set(ADDRESSES)


def test_no_two_addresses_have_one_name():
    names = [name for name, _route in named_addresses()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", MATRIX)
def test_who_gets_in(name, world, cast):
    address = address_of(name, cast)
    found: dict[str, Row] = {"GET": {}, "POST": {}}
    for role, key in world.sessions.items():
        client = Client()
        if key:
            client.cookies[settings.SESSION_COOKIE_NAME] = key
        for method, row in found.items():
            with transaction.atomic():
                response = getattr(client, method.lower())(address)
                row[role] = response.status_code
                if response.streaming:
                    response.getvalue()  # read to its end, which closes the file
                transaction.set_rollback(True)
            if role == "anonymous" and name.startswith("accounts:") and response.status_code == 302:
                assert response.url == f"{reverse('account_login')}?next={address}"
    assert found == dict(zip(("GET", "POST"), MATRIX[name], strict=True))
