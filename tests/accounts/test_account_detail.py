from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import AccountStatus
from tests.factories import AccountFactory, AssignmentFactory, UnitFactory, UserFactory, registered_account
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get

pytestmark = pytest.mark.django_db


def address(account):
    return reverse("accounts:account-detail", args=[getattr(account, "pk", account)])


@pytest.fixture
def planned(cast):
    return registered_account(
        by=cast.communicator,
        unit=cast.library,
        applicant=cast.librarian,
        substitute=cast.assistant,
        handle="laholmsbibliotek",
    )


def read(client, account):
    response = client.get(address(account))
    assert response.status_code == 200
    return Page(response)


def test_what_it_is_for_and_who_looks_after_it(client_for, cast, planned):
    page = read(client_for(cast.librarian), planned)
    assert page.title == page.heading == "Laholms bibliotek på Instagram"
    assert page.lead == "Boktips, evenemang och öppettider."
    assert "Planerat, inte i bruk än" in page.text
    assert page.facts["Verksamhet"] == "Biblioteket"
    assert page.facts["Nämnd"] == "Kultur- och utvecklingsnämnden"
    assert page.facts["Syfte och mål"] == planned.purpose
    assert page.facts["Laglig grund för personuppgifter"] == "Uppgift av allmänt intresse"
    assert page.facts["Ansvarig"] == "Bibliotekarie Björk, bibliotekarie, biblioteket"
    assert page.facts["Ersättare"] == "Assistent Asp, biblioteksassistent, biblioteket"
    assert page.facts["Funktionsadress"] == "biblioteket@laholm.example"
    assert page.links["instagram.com/laholmsbibliotek"] == planned.web_address
    assert page.links["Uppstarten, Bilaga 1"] == reverse("accounts:application-detail", args=[planned.application_id])
    assert page.links["Historik"] == reverse("accounts:account-history", args=[planned.pk])
    assert "Godkänt av Enhetschef Ek, enhetschef, biblioteket." in page.text


@pytest.mark.parametrize(
    ("person", "asked"),
    [("librarian", True), ("assistant", True), ("communicator", True), ("manager", False), ("head", False)],
)
def test_those_who_may_are_asked_to_take_it_into_use(client_for, cast, planned, person, asked):
    page = read(client_for(getattr(cast, person)), planned)
    assert ("Ta i bruk" in page.links) is asked


def test_in_use_nobody_is_asked(client_for, cast):
    account = AccountFactory(active=True, unit=cast.library, responsible=cast.librarian)
    page = read(client_for(cast.librarian), account)
    assert "I bruk" in page.text
    assert "Ta i bruk" not in page.links


@pytest.mark.parametrize("status", [AccountStatus.CLOSING, AccountStatus.CLOSED])
def test_its_last_days_are_said(client_for, cast, status):
    account = AccountFactory(active=True, status=status, unit=cast.library)
    assert status.label in read(client_for(cast.communicator), account).text


def test_an_account_that_was_there_before_the_portal(client_for, cast):
    account = AccountFactory(active=True, unit=UnitFactory(email=""))
    page = read(client_for(cast.communicator), account)
    assert page.facts["Ansvarig"] == "Ingen är utsedd."
    assert page.facts["Funktionsadress"] == "Saknas för verksamheten"
    assert "Uppstarten, Bilaga 1" not in page.links


def test_only_those_of_today_look_after_it(client_for, cast, today):
    account = AccountFactory(unit=cast.library, responsible=cast.librarian)
    AssignmentFactory(account=account, user=cast.outsider, to_date=today - timedelta(days=1))
    assert read(client_for(cast.communicator), account).facts["Ansvarig"].startswith("Bibliotekarie Björk")
    assert client_for(cast.outsider).get(address(account)).status_code == 404


def test_protected_identity_is_shown_by_function(client_for, cast):
    person = UserFactory(name="", title="samordnare", unit=cast.library, protected_identity=True, email="kalle@x.se")
    page = read(client_for(cast.communicator), registered_account(unit=cast.library, applicant=person))
    assert page.facts["Ansvarig"] == "Samordnare, biblioteket"
    assert "kalle" not in page.response.content.decode()


@pytest.mark.parametrize("person", ["outsider", "outsider_manager", "administrator"])
def test_those_with_nothing_to_do_with_it_get_404(client_for, cast, planned, person):
    assert client_for(getattr(cast, person)).get(address(planned)).status_code == 404


def test_unknown_account_is_404(client_for, cast):
    assert client_for(cast.communicator).get(address(uuid4())).status_code == 404


def test_nothing_can_be_sent(client_for, cast, planned):
    assert_only_get(client_for(cast.communicator), address(planned))


def test_anonymous_is_sent_to_sign_in(planned):
    assert_asks_for_sign_in(address(planned))
