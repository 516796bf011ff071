import pytest
from django.urls import reverse

from accounts.models import Account
from tests.accounts.keeping_battery import assert_only_keepers
from tests.clock import TODAY
from tests.factories import AccountFactory
from tests.pages import Page

pytestmark = pytest.mark.django_db

TYPED = {"kept": "I bibliotekets valv", "reached_by": "Ansvarig och chefen"}


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def url(account):
    return reverse("accounts:account-login", args=[account.pk])


def test_who_may(url, account, cast, client_for):
    assert_only_keepers(url, account, cast, client_for, read_by_viewers=True)


def test_writes_down_where_it_is(url, account, cast, client_for):
    page = Page(client_for(cast.librarian).post(url, TYPED, follow=True))
    assert page.messages == ["Det är antecknat, och räknas som bekräftat i dag."]
    assert page.facts["Inloggningen finns"].startswith("I bibliotekets valv Nås av: Ansvarig och chefen.")
    assert Account.objects.get(pk=account.pk).login_verified_on == TODAY


def test_password_is_refused_beside_its_field_and_never_kept(url, account, cast, client_for):
    page = Page(client_for(cast.librarian).post(url, {**TYPED, "kept": "Lösenord: Sommar2024!"}))
    assert page.errors == {
        "kept": "Det här ser ut som ett lösenord. Skriv bara var det finns, aldrig själva lösenordet."
    }
    assert page.typed("reached_by") == TYPED["reached_by"]
    assert Account.objects.get(pk=account.pk).login_kept == ""


@pytest.mark.parametrize(("field", "error"), [("kept", "Skriv var"), ("reached_by", "Skriv vilka")])
def test_nothing_left_out(url, cast, client_for, field, error):
    page = Page(client_for(cast.librarian).post(url, {**TYPED, field: " "}))
    assert page.errors[field].startswith(error)


def test_confirming_stands_first_once_something_is_written(url, cast, client_for):
    client = client_for(cast.librarian)
    assert "Stämmer det här?" not in Page(client.get(url)).text
    client.post(url, TYPED)
    page = Page(client.get(url))
    assert page.buttons == ["Ja, jag har kontrollerat det", "Spara"]
    assert page.typed("kept") == TYPED["kept"]


def test_viewer_reads(url, cast, client_for):
    client_for(cast.librarian).post(url, TYPED)
    page = Page(client_for(cast.head).get(url))
    assert page.facts == {
        "Inloggningen finns": TYPED["kept"],
        "Nås av": TYPED["reached_by"],
        "Bekräftad": "Tisdag 24 november",
    }
