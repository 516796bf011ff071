from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories import AccountFactory, UserFactory
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get, words_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


def address(account):
    return reverse("accounts:account-history", args=[getattr(account, "pk", account)])


@pytest.fixture
def account(cast):
    return AccountFactory(name="Biblioteket", unit=cast.library, responsible=cast.librarian)


def entries(page):
    return [words_of(entry, " ") for entry in page.soup.select(".ls-timeline > li")]


def test_who_changed_what(client_for, cast, account, now):
    account.summary = "Ny <rad>"
    account.record(by=cast.communicator, now=now, reason="Ny rad för listan")
    page = Page(client_for(cast.librarian).get(address(account)))
    assert page.heading == "Biblioteket på Facebook"
    assert page.links["Kontot"] == reverse("accounts:account-detail", args=[account.pk])
    assert entries(page)[0].startswith(
        "I dag kl. 10.00 Kommunikatör Kvist, kommunikatör, kommunikationsenheten: Ny rad för listan"
    )
    assert "till Ny <rad>" in entries(page)[0]


def test_protected_identity_is_shown_by_function(client_for, cast, account, now):
    person = UserFactory(name="", title="webbredaktör", protected_identity=True, email="kalle@x.se")
    account.record(by=person, now=now, reason="Ändrad")
    response = client_for(cast.librarian).get(address(account))
    assert entries(Page(response))[0] == "I dag kl. 10.00 Webbredaktör: Ändrad"
    assert b"kalle" not in response.content


def test_entries_cost_no_queries(client_for, cast, account, clock):
    client = client_for(cast.librarian)

    def change():
        account.summary += "."
        account.record(by=UserFactory(unit=cast.library), now=clock.move(minutes=1), reason="Ändrad")

    assert_same_query_count(lambda: client.get(address(account)), add_row=change)


@pytest.mark.parametrize("person", ["outsider", "outsider_manager", "administrator"])
def test_those_with_nothing_to_do_with_it_get_404(client_for, cast, account, person):
    assert client_for(getattr(cast, person)).get(address(account)).status_code == 404


def test_unknown_account_is_404(client_for, cast):
    assert client_for(cast.communicator).get(address(uuid4())).status_code == 404


def test_nothing_can_be_sent(client_for, cast, account):
    assert_only_get(client_for(cast.librarian), address(account))


def test_anonymous_is_sent_to_sign_in(account):
    assert_asks_for_sign_in(address(account))
