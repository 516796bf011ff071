"""/tillsyn/<konto>/<år-månad>/: looked through, missed, closed and coming days, in words."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from moderation.models import SupervisionCheck
from tests.clock import NOW, TODAY
from tests.factories import AbsenceFactory
from tests.moderation.factories import library_account
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get, words_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    account = library_account(cast, name="Boktips", in_use_since=date(2026, 11, 17))
    for days in (1, 4, 6):
        looked_through(account, cast.librarian, days)
    return account


@pytest.fixture
def url(account):
    return reverse("moderation:supervision-month", args=[account.pk, date(2026, 11, 1)])


def looked_through(account, by, days_ago):
    at = NOW - timedelta(days=days_ago)
    SupervisionCheck.objects.create(account=account, day=at.date(), by=by, at=at)


def rows(page):
    return {words_of(row.th): words_of(row.td, " ") for row in page.soup.select("main tbody tr")}


def test_each_day_in_words(client_for, cast, url):
    AbsenceFactory(user=cast.librarian, from_date=date(2026, 11, 26))
    AbsenceFactory(user=cast.assistant, from_date=date(2026, 11, 27))
    page = Page(client_for(cast.librarian).get(url))
    assert page.heading == "November 2026"
    assert page.lead == "Tre arbetsdagar kontrollerade. Två arbetsdagar utan tillsyn."
    days = rows(page)
    assert days["Måndag 16"] == "Före kontots första dag här"
    assert days["Tisdag 17"] == "Ingen tillsyn"
    assert days["Onsdag 18"] == "Kontrollerat kl. 10.00, Bibliotekarie Björk"
    assert days["Torsdag 19"] == "Ingen tillsyn"
    assert days["Lördag 21–söndag 22"] == "Stängt"
    assert days["Måndag 23"] == "Kontrollerat kl. 10.00, Bibliotekarie Björk"
    assert days["Tisdag 24 i dag"] == "Inte kontrollerat än"
    assert days["Onsdag 25"] == "Kommer Bibliotekarie Björk har tillsynen"
    assert days["Torsdag 26"] == "Kommer Assistent Asp har tillsynen"
    assert days["Fredag 27"] == "Ingen sköter kontot"


def test_days_off_bear_their_names(client_for, cast, account):
    url = reverse("moderation:supervision-month", args=[account.pk, date(2026, 12, 1)])
    assert rows(Page(client_for(cast.librarian).get(url)))["Torsdag 24–söndag 27"] == "Stängt julafton, juldagen"


def test_today_can_be_done_from_here(client_for, cast, url, account):
    client = client_for(cast.assistant)
    page = Page(client.get(url))
    assert page.buttons == ["Kontrollerat, inget att åtgärda"]
    client.post(reverse("moderation:supervision"), {"konto": account.pk})
    page = Page(client.get(url))
    assert page.buttons == []
    assert rows(page)["Tisdag 24 i dag"] == "Kontrollerat kl. 10.00, Assistent Asp"


def test_those_who_only_see_the_account_read(client_for, cast, url):
    page = Page(client_for(cast.head).get(url))
    assert page.buttons == []


def test_this_month_without_saying_so(client_for, cast, account):
    page = Page(client_for(cast.librarian).get(reverse("moderation:supervision-account", args=[account.pk])))
    assert page.heading == "November 2026"
    assert page.links["Månaden före"] == f"/tillsyn/{account.pk}/2026-10/"
    assert page.links["Månaden efter"] == f"/tillsyn/{account.pk}/2026-12/"


@pytest.mark.parametrize("month", ["2026-09", "2027-01", "2099-12", "2026-13"])
def test_months_before_the_account_and_far_ahead_are_not_there(client_for, cast, account, month):
    assert client_for(cast.librarian).get(f"/tillsyn/{account.pk}/{month}/").status_code == 404


def test_outsiders_find_nothing(client_for, cast, url):
    assert client_for(cast.outsider).get(url).status_code == 404
    unknown = reverse("moderation:supervision-account", args=[uuid4()])
    assert client_for(cast.librarian).get(unknown).status_code == 404


def test_anonymous_and_wrong_method(client_for, cast, url):
    assert_asks_for_sign_in(url)
    assert_only_get(client_for(cast.librarian), url)


def test_queries(client_for, cast, url, account):
    client = client_for(cast.librarian)
    left = iter([7, 8, 11, 12])
    assert TODAY.month == 11
    assert_same_query_count(
        lambda: client.get(url), add_row=lambda: looked_through(account, cast.librarian, next(left))
    )
