from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import AccountStatus, Duty
from accounts.models import Assignment
from tests.accounts.keeping_battery import assert_only_keepers, assert_unknown_account
from tests.clock import TODAY
from tests.factories import AccountFactory, AssignmentFactory, UserFactory
from tests.pages import Page
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def url(account):
    return reverse("accounts:account-people", args=[account.pk])


@pytest.fixture
def newcomer(cast):
    return UserFactory(name="Ny Nilsson", title="bibliotekarie", unit=cast.library)


@pytest.fixture
def typed(newcomer):
    return {"duty": "responsible", "user": str(newcomer.pk), "from_date": "2026-12-01"}


def test_who_may(url, account, cast, client_for):
    assert_only_keepers(url, account, cast, client_for, read_by_viewers=True)
    assert_unknown_account("accounts:account-people", client_for(cast.communicator))


def test_lists_everyone_who_had_a_duty_the_newest_first(url, account, cast, client_for, newcomer):
    AssignmentFactory(account=account, user=newcomer, from_date="2024-01-10", to_date="2025-06-30")
    page = Page(client_for(cast.librarian).get(url))
    assert page.heading == "Vem sköter kontot?"
    headings = [heading.get_text() for heading in page.soup.select(".ls-rows h2")]
    assert headings == [cast.librarian.presented_as, cast.assistant.presented_as, newcomer.presented_as]
    assert "Ansvarig, tidigare" in page.text
    assert "Från onsdag 10 januari 2024 till måndag 30 juni 2025" in page.text
    assert page.text.count("Avsluta") == 2, "what has ended is not ended again"


def test_names_a_new_responsible_person(url, account, cast, client_for, typed):
    page = Page(client_for(cast.manager).post(url, typed, follow=True))
    assert page.messages == ["Ny Nilsson, bibliotekarie, biblioteket är ansvarig från och med tisdag 1 december."]
    assert "Ansvarig, inte än" in page.text
    assert account.assignments.get(user=cast.librarian).to_date == TODAY + timedelta(days=6)


def test_get_changes_nothing(url, cast, client_for, typed):
    client_for(cast.manager).get(url, typed)
    assert Assignment.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("duty", "", "Välj ansvarig eller ersättare"),
        ("user", "", "Välj en person"),
        ("from_date", "i morgon", "Skriv datumet som 2026-11-24"),
        ("from_date", "2026-11-23", "Ett uppdrag kan börja tidigast i dag."),
    ],
)
def test_bad_input_is_said_beside_its_field_and_kept(url, cast, client_for, typed, field, value, error):
    page = Page(client_for(cast.manager).post(url, {**typed, field: value}))
    assert page.errors == {field: error}
    assert page.summary == [error]
    kept = {**typed, field: value}
    assert page.typed("from_date") == kept["from_date"]
    assert page.typed("user") == kept["user"]
    assert Assignment.objects.count() == 2


def test_same_person_in_both_duties_is_refused(url, cast, client_for, typed):
    page = Page(client_for(cast.manager).post(url, {**typed, "user": str(cast.assistant.pk)}))
    assert page.errors["user"].startswith("Assistent Asp är ersättare den tiden")


def test_closed_account_has_no_form(cast, client_for, typed):
    account = AccountFactory(unit=cast.library, status=AccountStatus.CLOSED, in_use_since=TODAY)
    url = reverse("accounts:account-people", args=[account.pk])
    client = client_for(cast.communicator)
    assert Page(client.get(url)).buttons == ["Visa"]
    assert "avslutat" in Page(client.post(url, typed)).summary[0]


class TestOnADay:
    def test_says_who_was_responsible(self, url, account, cast, client_for, newcomer):
        AssignmentFactory(account=account, user=newcomer, from_date="2024-01-10", to_date="2025-06-30")
        page = Page(client_for(cast.librarian).get(url, {"datum": "2025-06-30"}))
        assert page.facts == {"Ansvarig": newcomer.presented_as}
        assert "Måndag 30 juni 2025" in page.text

    def test_says_today(self, url, cast, client_for):
        page = Page(client_for(cast.head).get(url, {"datum": "2026-11-24"}))
        assert page.facts == {"Ansvarig": cast.librarian.presented_as, "Ersättare": cast.assistant.presented_as}

    def test_says_that_nobody_was(self, url, cast, client_for):
        assert "Ingen var utsedd den dagen." in Page(client_for(cast.librarian).get(url, {"datum": "2020-01-01"})).text

    @pytest.mark.parametrize(
        ("day", "error"), [("igår", "Skriv datumet som 2026-11-24"), ("", "Skriv en dag, till exempel 2026-11-24")]
    )
    def test_a_day_that_is_none(self, url, cast, client_for, day, error):
        page = Page(client_for(cast.librarian).get(url, {"datum": day}))
        assert page.errors == {"datum": error}
        assert page.typed("datum") == day


def test_queries(url, account, cast, client_for):
    client, days = client_for(cast.librarian), iter(range(2000, 2020))

    def add_row():
        year = next(days)
        AssignmentFactory(
            account=account,
            user=UserFactory(unit=cast.library),
            duty=Duty.SUBSTITUTE,
            from_date=f"{year}-01-01",
            to_date=f"{year}-12-31",
        )

    assert_same_query_count(lambda: client.get(url, {"datum": "2001-05-05"}), add_row=add_row)
