"""/tillsyn/missade/: the accounts with days that nobody looked through."""

import pytest
from django.urls import reverse

from accounts import compliance
from tests.clock import NOW, TODAY
from tests.moderation.factories import library_account
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("moderation:supervision-missed")


@pytest.mark.parametrize("who", ["librarian", "assistant", "manager", "head", "communicator"])
def test_shown_to_those_who_look_after_lead_or_follow_up(client_for, cast, who):
    account = library_account(cast, name="Boktips")
    page = Page(client_for(getattr(cast, who)).get(URL))
    assert page.rows == ["Boktips på Facebook"]
    assert "14 arbetsdagar utan tillsyn" in page.text
    assert page.links["Se månaden för Boktips på Facebook"] == f"/tillsyn/{account.pk}/"


def test_nothing_missed(client_for, cast):
    library_account(cast, in_use_since=TODAY)
    assert "Alla dagar har tillsyn." in Page(client_for(cast.communicator).get(URL)).text


def test_others_accounts_are_not_there(client_for, cast):
    library_account(cast)
    for who in ("outsider", "administrator"):
        assert Page(client_for(getattr(cast, who)).get(URL)).rows == []


def test_register_says_that_the_last_working_day_was_missed(cast):
    account = library_account(cast)
    (found,) = [each for each in compliance.findings([account.pk], now=NOW)[account.pk] if each.requirement == "R09"]
    assert (found.title, found.url_name) == ("Ingen tillsyn senaste arbetsdagen", "moderation:supervision-account")


def test_anonymous_and_wrong_method(client_for, cast):
    assert_asks_for_sign_in(URL)
    assert_only_get(client_for(cast.librarian), URL)


def test_queries(client_for, cast):
    client = client_for(cast.communicator)
    assert_same_query_count(lambda: client.get(URL), add_row=lambda: library_account(cast))
