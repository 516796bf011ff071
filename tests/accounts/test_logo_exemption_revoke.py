import pytest
from django.urls import reverse

from accounts.enums import ExemptionStatus
from accounts.models import LogoExemption
from tests.accounts.in_order import decided
from tests.factories import AccountFactory, LogoExemptionFactory
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db

TYPED = {"reason": "Samarbetet är slut."}


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def exemption(account, cast):
    granted = decided(ExemptionStatus.GRANTED, by=cast.communicator)
    return LogoExemptionFactory(account=account, requested_by=cast.librarian, **granted)


@pytest.fixture
def url(exemption):
    return reverse("accounts:logo-exemption-revoke", args=[exemption.account_id, exemption.pk])


def test_only_kommunikationsenheten(url, cast, client_for):
    assert_asks_for_sign_in(url)
    for person, status in ((cast.outsider, 404), (cast.librarian, 403), (cast.manager, 403), (cast.head, 403)):
        client = client_for(person)
        assert {client.get(url).status_code, client.post(url, TYPED).status_code} == {status}
    assert LogoExemption.objects.get().status == ExemptionStatus.GRANTED


def test_exemption_of_another_account_is_404(exemption, cast, client_for):
    url = reverse("accounts:logo-exemption-revoke", args=[AccountFactory().pk, exemption.pk])
    assert client_for(cast.communicator).get(url).status_code == 404


def test_the_way_there_is_shown_to_kommunikationsenheten_alone(url, account, cast, client_for):
    sender = reverse("accounts:account-sender", args=[account.pk])
    assert Page(client_for(cast.communicator).get(sender)).links["Återkalla undantaget"] == url
    assert "Återkalla undantaget" not in Page(client_for(cast.manager).get(sender)).links


def test_revokes(url, account, cast, client_for):
    client = client_for(cast.communicator)
    page = Page(client.post(url, TYPED, follow=True))
    assert page.messages == ["Undantaget är återkallat. De som sköter kontot får mejl."]
    assert f"Återkallat av {cast.communicator}" in page.text
    assert "Samarbetet är slut." in page.text
    assert "Återkalla undantaget" not in page.links
    assert "Önska undantag" in page.links
    account_page = Page(client.get(reverse("accounts:account-detail", args=[account.pk])))
    assert f"Undantag från logotypen: beviljat av {cast.communicator}" in account_page.text
    assert f"Undantag från logotypen: återkallat av {cast.communicator}" in account_page.text
    assert "Logotypen är inte bekräftad" in account_page.text


def test_get_changes_nothing(url, cast, client_for):
    client_for(cast.communicator).get(url, TYPED)
    assert LogoExemption.objects.get().status == ExemptionStatus.GRANTED


def test_needs_a_reason(url, cast, client_for):
    page = Page(client_for(cast.communicator).post(url, {"reason": " "}))
    assert page.errors == {"reason": "Skriv varför undantaget återkallas"}


def test_revoked_already(url, cast, client_for):
    client = client_for(cast.communicator)
    client.post(url, TYPED)
    page = Page(client.post(url, {"reason": "En gång till."}))
    assert page.summary == ["Önskemålet är redan återkallat."]
    assert page.typed("reason") == "En gång till."
