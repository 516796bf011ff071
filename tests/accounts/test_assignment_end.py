from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Duty
from accounts.models import Assignment
from tests.accounts.keeping_battery import assert_only_keepers
from tests.clock import TODAY
from tests.factories import AccountFactory, AssignmentFactory, UserFactory
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant)


@pytest.fixture
def url_of():
    return lambda assignment: reverse("accounts:assignment-end", args=[assignment.account_id, assignment.pk])


@pytest.fixture
def substitute(account):
    return account.assignments.get(duty=Duty.SUBSTITUTE)


def test_who_may(account, substitute, url_of, cast, client_for):
    assert_only_keepers(url_of(substitute), account, cast, client_for)


def test_assignment_of_another_account_is_404(account, cast, client_for):
    other = AssignmentFactory()
    url = reverse("accounts:assignment-end", args=[account.pk, other.pk])
    assert client_for(cast.communicator).get(url).status_code == 404


def test_ends(substitute, url_of, cast, client_for):
    client = client_for(cast.manager)
    page = Page(client.get(url_of(substitute)))
    assert page.heading == f"När slutar {cast.assistant.presented_as} som ersättare?"
    assert page.typed("last_day") == "2026-11-24"
    page = Page(client.post(url_of(substitute), {"last_day": "2026-11-30"}, follow=True))
    assert page.messages == [f"{cast.assistant} är ersättare till och med måndag 30 november."]
    assert Assignment.objects.get(pk=substitute.pk).to_date == TODAY + timedelta(days=6)


def test_get_changes_nothing(substitute, url_of, cast, client_for):
    client_for(cast.manager).get(url_of(substitute), {"last_day": "2026-11-30"})
    assert Assignment.objects.get(pk=substitute.pk).to_date is None


@pytest.mark.parametrize(
    ("day", "error"),
    [("snart", "Skriv datumet som 2026-11-24"), ("2026-11-23", "Sista dagen kan vara tidigast i dag.")],
)
def test_bad_day_is_said_and_kept(substitute, url_of, cast, client_for, day, error):
    page = Page(client_for(cast.manager).post(url_of(substitute), {"last_day": day}))
    assert page.errors == {"last_day": error}
    assert page.typed("last_day") == day


def test_only_responsible_cannot_end(account, url_of, cast, client_for):
    responsible = account.assignments.get(duty=Duty.RESPONSIBLE)
    page = Page(client_for(cast.librarian).post(url_of(responsible), {"last_day": "2026-11-30"}))
    assert page.summary[0].startswith("Kontot måste ha en ansvarig.")
    assert page.typed("last_day") == "2026-11-30"


def test_ended_stays_ended(account, url_of, cast, client_for):
    ended = AssignmentFactory(account=account, user=UserFactory(), from_date="2024-01-01", to_date="2024-12-31")
    page = Page(client_for(cast.librarian).post(url_of(ended), {"last_day": "2026-11-30"}))
    assert page.summary == ["Uppdraget är redan avslutat."]


def test_one_that_has_not_begun_is_taken_away(cast, url_of, client_for):
    account = AccountFactory(unit=cast.library, responsible=cast.librarian)
    planned = AssignmentFactory(
        account=account, user=cast.assistant, duty=Duty.SUBSTITUTE, from_date=TODAY + timedelta(days=7)
    )
    client = client_for(cast.librarian)
    page = Page(client.get(url_of(planned)))
    assert page.buttons == ["Ta bort uppdraget"]
    assert page.soup.select("main input[name=last_day]") == []
    page = Page(client.post(url_of(planned), follow=True))
    assert page.messages == [f"{cast.assistant} blir inte ersättare."]
    assert not Assignment.objects.filter(pk=planned.pk).exists()
