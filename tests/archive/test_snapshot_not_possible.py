import pytest
from django.urls import reverse

from archive.enums import SnapshotStatus
from archive.models import Snapshot
from tests.accounts.closings import asked_for
from tests.factories import AccountFactory
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def url(account):
    return reverse("archive:snapshot-not-possible", args=[account.pk])


def test_the_managers_word_and_nobody_elses(url, cast, client_for):
    assert_asks_for_sign_in(url)
    for person, status in ((cast.outsider, 404), (cast.librarian, 403), (cast.communicator, 403), (cast.manager, 200)):
        assert client_for(person).get(url).status_code == status
    assert client_for(cast.librarian).post(url, {"reason": "Kapat."}).status_code == 403
    assert not Snapshot.objects.exists()


def test_is_written_down_and_lets_the_account_be_closed(url, account, cast, client_for):
    asked_for(account, by=cast.librarian)
    client = client_for(cast.manager)
    closing = reverse("accounts:account-closing", args=[account.pk])
    assert url in client.get(closing).text
    assert url not in client_for(cast.librarian).get(closing).text
    page = Page(client.post(url, {"reason": "Kontot blev kapat."}, follow=True))
    assert page.messages == ["Det är antecknat att ögonblicksbilden inte kan tas."]
    assert Snapshot.objects.get().status == SnapshotStatus.NOT_POSSIBLE
    assert "Bekräfta och avsluta kontot" in client.get(closing).text


def test_no_reason(url, cast, client_for):
    page = Page(client_for(cast.manager).post(url, {"reason": " "}))
    assert page.errors == {"reason": "Skriv varför ögonblicksbilden inte kan tas"}
