import pytest
from django.urls import reverse

from accounts.models import LogoExemption
from tests.accounts.keeping_battery import assert_only_keepers
from tests.factories import AccountFactory, LogoExemptionFactory
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def url(account):
    return reverse("accounts:logo-exemption-request", args=[account.pk])


def test_who_may(url, account, cast, client_for):
    assert_only_keepers(url, account, cast, client_for)


def test_asks(url, cast, client_for):
    page = Page(client_for(cast.librarian).post(url, {"reason": "Vi delar kontot."}, follow=True))
    assert page.messages == [
        "Önskemålet är skickat till kommunikationsenheten. Du får mejl när de beslutat.",
    ]
    assert LogoExemption.objects.get().reason == "Vi delar kontot."
    assert "väntar på kommunikationsenheten" in page.facts["Avsändare och logotyp"]


def test_get_changes_nothing(url, cast, client_for):
    client_for(cast.librarian).get(url, {"reason": "Vi delar kontot."})
    assert not LogoExemption.objects.exists()


def test_no_reason(url, cast, client_for):
    page = Page(client_for(cast.librarian).post(url, {"reason": " "}))
    assert page.errors == {"reason": "Skriv varför kontot ska vara utan logotypen"}


def test_one_at_a_time_and_what_was_typed_stays(url, account, cast, client_for):
    LogoExemptionFactory(account=account, requested_by=cast.assistant)
    page = Page(client_for(cast.librarian).post(url, {"reason": "Vi delar kontot."}))
    assert page.summary == ["Ett önskemål väntar redan på kommunikationsenheten."]
    assert page.typed("reason") == "Vi delar kontot."
    assert LogoExemption.objects.count() == 1
