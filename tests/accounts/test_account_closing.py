"""The page of a closing, the manager's button, and taking it back."""

import pytest
from django.urls import reverse

from accounts.enums import AccountStatus
from accounts.models import Account
from accounts.services.closing import withdraw_closing
from tests.accounts.closings import REASON, asked_for, closed, made_ready
from tests.accounts.keeping_battery import assert_only_keepers, assert_post_alone
from tests.clock import NOW
from tests.factories import AccountFactory
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def closing(account, cast):
    return asked_for(account, by=cast.librarian)


def at(name, account):
    return reverse(f"accounts:{name}", args=[account.pk])


def test_shows_what_is_left_and_who_confirms(closing, account, cast, client_for):
    page = Page(client_for(cast.librarian).get(at("account-closing", account)))
    assert page.facts["Varför"] == REASON
    assert "En ögonblicksbild ska tas efter att avslutet begärdes" in page.text
    assert f"{cast.manager}, chef för {cast.library}, bekräftar" in page.text
    assert "Bekräfta och avsluta kontot" not in page.text


def test_the_manager_confirms_when_all_is_ready(closing, account, cast, client_for):
    client = client_for(cast.manager)
    assert "Du kan bekräfta när allt ovan är klart." in Page(client.get(at("account-closing", account))).text
    page = Page(client.post(at("closing-confirm", account), follow=True))
    assert "En ögonblicksbild ska tas efter att avslutet begärdes" in page.messages[0]
    assert Account.objects.get(pk=account.pk).status == AccountStatus.CLOSING
    made_ready(closing, manager=cast.manager)
    page = Page(client.post(at("closing-confirm", account), follow=True))
    assert page.messages == ["Kontot är avslutat. Nu kan det tas bort på plattformen."]
    assert "Bekräftat" in page.facts


def test_who_may_confirm(closing, account, cast, client_for):
    assert_post_alone(at("closing-confirm", account), cast, client_for)
    for person in (cast.librarian, cast.assistant, cast.communicator):
        assert client_for(person).post(at("closing-confirm", account)).status_code == 403


def test_who_may_keep_the_account(closing, account, cast, client_for):
    assert_only_keepers(at("closing-withdraw", account), account, cast, client_for)


def test_kept_after_all(closing, account, cast, client_for):
    page = Page(client_for(cast.assistant).post(at("closing-withdraw", account), follow=True))
    assert page.messages == ["Avslutet är återtaget. Kontot är i bruk igen."]
    assert client_for(cast.librarian).get(at("account-closing", account)).status_code == 404


def test_no_closing_no_page(account, cast, client_for):
    assert client_for(cast.librarian).get(at("account-closing", account)).status_code == 404


def test_the_account_leads_there(closing, account, cast, client_for):
    page = client_for(cast.librarian).get(at("account-detail", account))
    assert at("account-closing", account) in page.text
    assert at("account-close", account) not in page.text


def test_the_manager_finds_it_under_att_gora(closing, account, cast, client_for):
    finders = {cast.manager, cast.deputy}
    for person in (cast.manager, cast.deputy, cast.librarian, cast.communicator):
        asked = "avslut att bekräfta" in client_for(person).get(reverse("to-do")).text
        assert asked == (person in finders), person
    withdraw_closing(closing.pk, by=cast.librarian, now=NOW)
    assert "avslut att bekräfta" not in client_for(cast.manager).get(reverse("to-do")).text


class TestThePublicPage:
    @pytest.fixture(autouse=True)
    def successor(self, account, cast):
        successor = AccountFactory(unit=cast.library, active=True)
        closed(account, by=cast.librarian, manager=cast.manager, successor=successor)
        return successor

    def test_says_when_it_ended_and_what_came_instead(self, account, successor, client):
        page = Page(client.get(at("public-account", account)))
        assert "Kontot avslutades tisdag 24 november" in page.text
        assert successor.name in page.text
        assert "Ja, det är vårt" not in page.text
        assert REASON not in page.text

    def test_names_no_successor_that_is_closed_too(self, account, successor, cast, client):
        closed(successor, by=cast.manager, manager=cast.manager)
        assert successor.name not in Page(client.get(at("public-account", account))).text

    def test_its_address_is_ours_no_more(self, account, client):
        page = Page(client.get(reverse("accounts:account-check"), {"q": account.web_address}))
        assert "är avslutat" in page.text
        assert "Ja, det är vårt" not in page.text

    def test_the_list_has_it_no_more(self, account, client):
        assert account.name not in client.get(reverse("accounts:public-list")).text
