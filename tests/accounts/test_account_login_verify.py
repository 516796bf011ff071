import pytest
from django.urls import reverse

from accounts.models import Account
from tests.accounts.keeping_battery import assert_post_alone
from tests.clock import TODAY
from tests.factories import AccountFactory
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    people = {"responsible": cast.librarian, "substitute": cast.assistant}
    return AccountFactory(unit=cast.library, active=True, login_kept="I valvet", login_reached_by="Chefen", **people)


@pytest.fixture
def url(account):
    return reverse("accounts:account-login-verify", args=[account.pk])


def test_who_may(url, cast, client_for):
    assert_post_alone(url, cast, client_for)


def test_confirms(url, account, cast, client_for):
    page = Page(client_for(cast.assistant).post(url, follow=True))
    assert page.messages == ["Inloggningen är bekräftad i dag."]
    assert Account.objects.get(pk=account.pk).login_verified_on == TODAY


def test_nothing_written_is_told(cast, client_for):
    account = AccountFactory(unit=cast.library, responsible=cast.librarian, active=True)
    url = reverse("accounts:account-login-verify", args=[account.pk])
    assert Page(client_for(cast.librarian).post(url, follow=True)).messages == ["Skriv först var inloggningen finns."]
