import pytest
from django.urls import reverse

from accounts.enums import ExemptionStatus
from accounts.models import Account
from tests.accounts.in_order import decided
from tests.accounts.keeping_battery import assert_only_keepers
from tests.clock import TODAY
from tests.factories import AccountFactory, LogoExemptionFactory
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def url(account):
    return reverse("accounts:account-sender", args=[account.pk])


def test_who_may(url, account, cast, client_for):
    assert_only_keepers(url, account, cast, client_for, read_by_viewers=True)


def test_confirms_what_is_ticked(url, account, cast, client_for):
    page = Page(client_for(cast.librarian).post(url, {"sender": "on"}, follow=True))
    assert page.messages == ["Det är sparat."]
    after = Account.objects.get(pk=account.pk)
    assert (after.sender_confirmed_on, after.logo_confirmed_on) == (TODAY, None)
    assert page.facts["Avsändare och logotyp"].startswith("Avsändaren är tydlig, bekräftat tisdag 24 november.")


def test_empty_boxes_take_back(url, account, cast, client_for):
    client = client_for(cast.librarian)
    client.post(url, {"sender": "on", "logo": "on"})
    assert (Page(client.get(url)).typed("sender"), Page(client.get(url)).typed("logo")) == (["on"], ["on"])
    client.post(url, {})
    after = Account.objects.get(pk=account.pk)
    assert (after.sender_confirmed_on, after.logo_confirmed_on) == (None, None)


@pytest.mark.parametrize(
    ("status", "words", "may_ask"),
    [
        (None, "Kommunikationsenheten kan besluta om undantag.", True),
        (ExemptionStatus.REQUESTED, "Väntar på kommunikationsenheten", False),
        (ExemptionStatus.GRANTED, "Beviljat", False),
        (ExemptionStatus.REFUSED, "Avslaget", True),
    ],
)
def test_exemption_is_told_and_asked_for(url, account, cast, client_for, status, words, may_ask):
    if status:
        decision = {} if status == ExemptionStatus.REQUESTED else decided(status, by=cast.communicator)
        LogoExemptionFactory(account=account, requested_by=cast.librarian, **decision)
    page = Page(client_for(cast.librarian).get(url))
    assert words in page.text
    assert ("Önska undantag" in page.links) == may_ask
