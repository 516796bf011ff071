import pytest
from django.urls import reverse

from accounts.models import PlatformAdministrator
from tests.accounts.keeping_battery import assert_only_keepers, assert_post_alone
from tests.factories import AccountFactory, PlatformAdministratorFactory, UserFactory
from tests.pages import Page
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def url(account):
    return reverse("accounts:account-administrators", args=[account.pk])


@pytest.fixture
def administrator(account, cast):
    return PlatformAdministratorFactory(account=account, user=cast.assistant)


@pytest.fixture
def remove_url(account, administrator):
    return reverse("accounts:account-administrator-remove", args=[account.pk, administrator.pk])


def test_who_may(url, account, cast, client_for):
    assert_only_keepers(url, account, cast, client_for, read_by_viewers=True)


def test_adds(url, cast, client_for):
    page = Page(client_for(cast.librarian).post(url, {"user": str(cast.assistant.pk)}, follow=True))
    assert page.messages == [f"{cast.assistant} står nu som administratör på Facebook."]
    assert [heading.get_text() for heading in page.soup.select(".ls-rows h2")] == [cast.assistant.presented_as]


def test_get_changes_nothing(url, cast, client_for):
    client_for(cast.librarian).get(url, {"user": str(cast.assistant.pk)})
    assert not PlatformAdministrator.objects.exists()


def test_same_person_twice_is_refused(url, administrator, cast, client_for):
    page = Page(client_for(cast.librarian).post(url, {"user": str(cast.assistant.pk)}))
    assert page.errors == {"user": "Assistent Asp står redan som administratör."}
    assert page.typed("user") == str(cast.assistant.pk)


def test_nobody_chosen(url, cast, client_for):
    assert Page(client_for(cast.librarian).post(url, {"user": ""})).errors == {"user": "Välj en person"}


def test_queries(url, account, cast, client_for):
    client = client_for(cast.librarian)
    assert_same_query_count(
        lambda: client.get(url), add_row=lambda: PlatformAdministratorFactory(account=account, user=UserFactory())
    )


class TestRemove:
    def test_who_may(self, remove_url, cast, client_for):
        assert_post_alone(remove_url, cast, client_for)

    def test_removes(self, remove_url, account, cast, client_for):
        page = Page(client_for(cast.librarian).post(remove_url, follow=True))
        assert page.messages == [f"{cast.assistant} står inte längre som administratör."]
        assert not account.platform_administrators.exists()

    def test_removed_already_is_404(self, remove_url, cast, client_for):
        client = client_for(cast.librarian)
        client.post(remove_url)
        assert client.post(remove_url).status_code == 404

    def test_of_another_account_is_404(self, account, cast, client_for):
        other = PlatformAdministratorFactory(account=AccountFactory(), user=cast.assistant)
        url = reverse("accounts:account-administrator-remove", args=[account.pk, other.pk])
        assert client_for(cast.communicator).post(url).status_code == 404
        assert PlatformAdministrator.objects.filter(pk=other.pk).exists()
