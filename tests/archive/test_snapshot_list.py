"""The calendar: what is overdue, due this month, and done (R19)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts import compliance
from archive.snapshot_calendar import end_of_month, year_before
from tests.archive.snapshots import uploaded
from tests.clock import NOW, TODAY
from tests.factories import AccountFactory
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("archive:snapshot-list")


@pytest.fixture
def used_since(cast):
    """Make an account that the librarian looks after, in use since the day."""

    def make(day, name="Laholms bibliotek"):
        made = AccountFactory(active=True, name=name, unit=cast.library, responsible=cast.librarian)
        made.in_use_since = day
        made.record(by=cast.librarian, now=NOW, reason="Prov")
        return made

    return make


@pytest.fixture
def client(cast, client_for):
    return client_for(cast.librarian)


def lacks(account):
    return [found.code for found in compliance.findings([account.pk], now=NOW).get(account.pk, [])]


def test_overdue_and_this_month_stand_there_the_oldest_first(used_since, client):
    used_since(date(2025, 11, 30), "Ut den här månaden")
    used_since(date(2025, 12, 1), "Nästa månad")
    used_since(date(2020, 3, 3), "Försenat")
    page = Page(client.get(URL))
    assert [row.partition(" på ")[0] for row in page.rows] == ["Försenat", "Ut den här månaden"]
    assert "Senast måndag 30 november" in page.text


def test_the_portal_offers_to_take_it_where_the_page_is_open(used_since, open_account, cast, client):
    used_since(date(2020, 3, 3))
    open_account.in_use_since = date(2020, 3, 3)
    open_account.record(by=cast.librarian, now=NOW, reason="Prov")
    assert [words.partition(" av ")[0] for words in Page(client.get(URL)).links if " av " in words] == [
        "Skicka skärmbilder",
        "Ta ögonblicksbild",
    ]


def test_what_is_kept_this_year_is_done(used_since, cast, client):
    account = used_since(date(2020, 3, 3))
    uploaded(account, by=cast.librarian)
    assert Page(client.get(URL)).rows == []
    assert Page(client.get(URL, {"visa": "klara"})).rows == [str(account)]


def test_account_lacks_it_the_day_after_a_year(used_since, cast):
    assert "snapshot_missing" not in lacks(used_since(year_before(TODAY)))
    account = used_since(year_before(TODAY) - timedelta(days=1))
    assert "snapshot_missing" in lacks(account)
    uploaded(account, by=cast.librarian, taken_at=NOW - timedelta(days=300))
    assert "snapshot_missing" not in lacks(account)


def test_one_that_is_older_than_a_year_is_not_enough(used_since, cast):
    account = used_since(date(2020, 3, 3))
    uploaded(account, by=cast.librarian, taken_at=NOW - timedelta(days=400))
    assert "snapshot_missing" in lacks(account)


def test_others_accounts_are_not_listed(used_since, cast, client_for):
    used_since(date(2020, 3, 3))
    assert Page(client_for(cast.outsider).get(URL)).rows == []


def test_costs_the_same_however_many(used_since, client):
    assert_same_query_count(lambda: client.get(URL), add_row=lambda: used_since(date(2020, 3, 3)))


def test_anonymous_signs_in_and_nothing_is_sent_here(client):
    assert_asks_for_sign_in(URL)
    assert_only_get(client, URL)


@pytest.mark.parametrize(
    ("day", "before", "end"),
    [
        (date(2028, 2, 29), date(2027, 2, 28), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2025, 12, 31), date(2026, 12, 31)),
    ],
)
def test_years_and_months(day, before, end):
    assert (year_before(day), end_of_month(day)) == (before, end)
