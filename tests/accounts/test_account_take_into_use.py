from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import AccountStatus, Duty
from accounts.models import Account
from tests.factories import AccountFactory, platform
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db


def address(account):
    return reverse("accounts:account-take-into-use", args=[getattr(account, "pk", account)])


@pytest.fixture
def planned(cast):
    return AccountFactory(
        name="Laholms bibliotek",
        platform=platform("instagram"),
        handle="laholmsbibliotek",
        unit=cast.library,
        responsible=cast.librarian,
        substitute=cast.assistant,
    )


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.librarian)


def status_of(account):
    return Account.objects.get(pk=account.pk).status


def test_the_address_is_there_to_be_confirmed(client, planned):
    page = Page(client.get(address(planned)))
    assert page.heading == "Ta Laholms bibliotek på Instagram i bruk"
    assert page.typed("web_address") == planned.web_address
    assert page.buttons == ["Ta i bruk"]


@pytest.mark.parametrize("person", ["librarian", "assistant", "communicator"])
def test_takes_it_into_use(client_for, cast, planned, today, person):
    client = client_for(getattr(cast, person))
    page = Page(client.post(address(planned), {"web_address": "m.instagram.com/Laholms_Bibliotek/?hl=sv"}, follow=True))
    assert page.messages == ["Laholms bibliotek på Instagram är i bruk och syns på den offentliga listan."]
    account = Account.objects.get()
    assert (account.status, account.in_use_since) == (AccountStatus.ACTIVE, today)
    assert (account.web_address, account.handle) == (
        "https://www.instagram.com/laholms_bibliotek",
        "laholms_bibliotek",
    )
    assert client.get(reverse("accounts:public-account", args=[account.pk])).status_code == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Skriv kontots webbadress"),
        ("https://www.facebook.com/bib", "Adressen går till www.facebook.com, inte till Instagram."),
        ("https://www.instagram.com/p/abc", "Adressen pekar inte på ett konto på Instagram."),
        ("<script>", "Det där är ingen webbadress."),
    ],
)
def test_a_wrong_address_is_said_beside_the_field_and_kept(client, planned, typed, said):
    response = client.post(address(planned), {"web_address": typed})
    page = Page(response)
    assert response.status_code == 200
    assert page.title == "Fel: Ta Laholms bibliotek på Instagram i bruk"
    assert list(page.errors) == ["web_address"]
    assert page.errors["web_address"].startswith(said)
    assert page.typed("web_address") == typed
    assert status_of(planned) == AccountStatus.PLANNED


def test_an_address_that_is_another_accounts(client, planned):
    AccountFactory(platform=platform("instagram"), handle="upptaget")
    page = Page(client.post(address(planned), {"web_address": "@upptaget"}))
    assert page.errors == {
        "web_address": "Ett annat konto i registret har redan adressen https://www.instagram.com/upptaget."
    }
    assert page.typed("web_address") == "@upptaget"
    assert status_of(planned) == AccountStatus.PLANNED


@pytest.mark.parametrize(("duty", "word"), [(Duty.RESPONSIBLE, "Ansvarig"), (Duty.SUBSTITUTE, "Ersättare")])
def test_both_people_have_to_be_named(client_for, cast, planned, today, now, duty, word):
    assignment = planned.assignments.get(duty=duty)
    assignment.to_date = today - timedelta(days=1)
    assignment.record(by=cast.communicator, now=now, reason="Slutade")
    page = Page(client_for(cast.communicator).post(address(planned), {"web_address": planned.web_address}))
    assert page.summary == [f"{word} saknas. Utse någon innan kontot tas i bruk."]
    assert page.typed("web_address") == planned.web_address
    assert status_of(planned) == AccountStatus.PLANNED


@pytest.mark.parametrize("status", [AccountStatus.ACTIVE, AccountStatus.CLOSING, AccountStatus.CLOSED])
def test_what_is_not_planned_stays(client_for, cast, status):
    account = AccountFactory(
        active=True, status=status, unit=cast.library, responsible=cast.librarian, substitute=cast.assistant
    )
    page = Page(client_for(cast.communicator).post(address(account), {"web_address": account.web_address}))
    assert len(page.summary) == 1
    assert status_of(account) == status
    assert account.history.count() == 1


def test_reading_takes_nothing_into_use(client, planned):
    client.get(address(planned), {"web_address": planned.web_address})
    assert status_of(planned) == AccountStatus.PLANNED


@pytest.mark.parametrize("person", ["manager", "deputy", "head"])
def test_those_who_lead_the_unit_see_it_and_may_not(client_for, cast, planned, person):
    client = client_for(getattr(cast, person))
    assert client.get(address(planned)).status_code == 403
    assert client.post(address(planned), {"web_address": planned.web_address}).status_code == 403
    assert status_of(planned) == AccountStatus.PLANNED


@pytest.mark.parametrize("person", ["outsider", "administrator"])
def test_others_get_404(client_for, cast, planned, person):
    client = client_for(getattr(cast, person))
    assert client.get(address(planned)).status_code == 404
    assert client.post(address(planned), {"web_address": planned.web_address}).status_code == 404
    assert status_of(planned) == AccountStatus.PLANNED


def test_unknown_account_is_404(client):
    assert client.get(address(uuid4())).status_code == 404
    assert client.post(address(uuid4())).status_code == 404


def test_anonymous_is_sent_to_sign_in(planned):
    assert_asks_for_sign_in(address(planned))
