import pytest
from django.urls import reverse

from accounts.enums import AccountStatus
from accounts.models import Account, Closing
from tests.accounts.closings import REASON
from tests.accounts.keeping_battery import assert_only_keepers, assert_unknown_account
from tests.factories import AccountFactory
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def url(account):
    return reverse("accounts:account-close", args=[account.pk])


def test_who_may(url, account, cast, client_for):
    assert_only_keepers(url, account, cast, client_for)
    assert_unknown_account("accounts:account-close", client_for(cast.librarian))


def test_begins_and_leads_to_what_must_be_ready(url, account, cast, client_for):
    successor = AccountFactory(unit=cast.library, active=True)
    typed = {"reason": REASON, "successor": str(successor.pk)}
    page = Page(client_for(cast.librarian).post(url, typed, follow=True))
    assert page.messages == ["Kontot är under avveckling. Chefen får mejl, och bekräftar när allt är klart."]
    assert page.heading == f"Avslut av {account}"
    assert page.facts["Konto i stället"] == str(successor)
    assert Closing.objects.get().successor == successor


def test_get_changes_nothing(url, account, cast, client_for):
    client_for(cast.librarian).get(url, {"reason": REASON})
    assert Account.objects.get(pk=account.pk).status == AccountStatus.ACTIVE


def test_no_reason_and_a_successor_that_is_none(url, account, cast, client_for):
    page = Page(client_for(cast.librarian).post(url, {"reason": " ", "successor": str(account.pk)}))
    assert page.errors == {
        "reason": "Skriv varför kontot avslutas",
        "successor": "Välj ett konto i listan, eller ”Nej, inget”",
    }


def test_wrong_state_keeps_what_was_typed(cast, client_for):
    account = AccountFactory(unit=cast.library, responsible=cast.librarian)
    page = Page(
        client_for(cast.librarian).post(reverse("accounts:account-close", args=[account.pk]), {"reason": REASON})
    )
    assert page.summary == ["Kontot kan inte bli under avveckling: det är planerat."]
    assert page.typed("reason") == REASON
