"""Every address × every role × GET and POST. An address that is not listed here fails.

A new address gets a row in ROWS of its app's file, and in LEADS_TO a record when one stands in it.

What is asked is who gets in: a POST is empty, so 200 is a form with its errors, and 302 a change that was made or a
door that leads elsewhere. What the pages say and do is tested beside each view.
"""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.archive.factories import registrar_of
from tests.cast import Cast
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


@pytest.fixture
def people(cast: Cast) -> dict[str, User | None]:
    return {
        "anonymous": None,
        "employee": UserFactory(unit=cast.library),
        "applicant": cast.librarian,
        "manager": cast.manager,
        "deputy": cast.deputy,
        "outsider": cast.outsider,
        "communications": cast.communicator,
        "administrator": cast.administrator,
        "registrar": registrar_of(cast.culture_board),
    }


def test_every_address_has_its_row():
    assert "None" not in {name.split(":")[-1] for name in ADDRESSES}, "an address without a name"
    assert set(MATRIX) == set(ADDRESSES)


def test_no_two_addresses_have_one_name():
    names = [name for name, _route in named_addresses()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", MATRIX)
def test_who_gets_in(name, cast, people, client_for):
    address = address_of(name, cast)
    found: dict[str, Row] = {"GET": {}, "POST": {}}
    for role, person in people.items():
        client = client_for(person) if person else Client()
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
