from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import AccountStatus
from tests.factories import AccountFactory, AssignmentFactory, UnitFactory
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("accounts:my-accounts")


def seen_by(client, **query):
    response = client.get(URL, query)
    assert response.status_code == 200
    return Page(response)


def test_what_one_looks_after(client_for, cast):
    account = AccountFactory(name="Biblioteket", active=True, unit=cast.library, substitute=cast.assistant)
    AccountFactory(unit=cast.building_permits)
    page = seen_by(client_for(cast.assistant))
    assert (page.title, page.rows) == ("Mina konton", ["Biblioteket på Facebook"])
    assert page.links["Biblioteket på Facebook"] == reverse("accounts:account-detail", args=[account.pk])
    assert page.links["Öppna på Facebook, Biblioteket"] == account.web_address
    assert "I bruk" in page.text


@pytest.mark.parametrize("person", ["manager", "deputy", "head"])
def test_what_one_leads(client_for, cast, person):
    AccountFactory(name="Biblioteket", unit=cast.library)
    AccountFactory(unit=cast.building_permits)
    assert seen_by(client_for(getattr(cast, person))).rows == ["Biblioteket på Facebook"]


def test_what_is_over_is_left_out(client_for, cast, today):
    AccountFactory(active=True, status=AccountStatus.CLOSED, unit=cast.library, responsible=cast.librarian)
    passed_on = AccountFactory(active=True, unit=cast.building_permits)
    AssignmentFactory(account=passed_on, user=cast.librarian, to_date=today - timedelta(days=1))
    page = seen_by(client_for(cast.librarian))
    assert page.rows == []
    assert page.lead == "Du sköter inget konto än. När du utses till ansvarig eller ersättare syns kontot här."
    assert page.links["Starta nytt konto"] == reverse("accounts:application-start")


def test_swedish_order_and_each_once(client_for, cast):
    for name in ("Ön", "Arkivet", "Ån"):
        AccountFactory(name=name, unit=cast.library, responsible=cast.manager)
    assert seen_by(client_for(cast.manager)).rows == ["Arkivet på Facebook", "Ån på Facebook", "Ön på Facebook"]


def test_a_page_at_a_time(client_for, cast):
    for number in range(51):
        AccountFactory(name=f"Konto {number:02}", unit=cast.library)
    client = client_for(cast.manager)
    first = seen_by(client)
    assert len(first.rows) == 50
    assert "Visar 1–50 av 51" in first.text
    assert seen_by(client, page=2).rows == ["Konto 50 på Facebook"]
    assert seen_by(client, page="<b>").rows == first.rows


@pytest.mark.parametrize("person", ["librarian", "manager"])
def test_rows_cost_no_queries(client_for, cast, person):
    client = client_for(getattr(cast, person))
    assert_same_query_count(
        lambda: seen_by(client),
        add_row=lambda: AccountFactory(
            unit=UnitFactory(manager=cast.manager, board=cast.culture_board), responsible=cast.librarian
        ),
    )


def test_nothing_can_be_sent(client_for, cast):
    assert_only_get(client_for(cast.librarian), URL)


def test_anonymous_is_sent_to_sign_in(db):
    assert_asks_for_sign_in(URL)
