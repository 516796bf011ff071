"""Så räknade vi: day by day, by what the deadline was measured by."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from laholm_sociala.common.swedish import STOCKHOLM
from moderation.enums import Lane
from tests.moderation.factories import library_account, log_post
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return library_account(cast, name="Laholms bibliotek")


@pytest.fixture
def explained(cast, client_for):
    return lambda case: Page(client_for(cast.librarian).get(url(case)))


def url(case) -> str:
    return reverse("moderation:case-deadline", args=[case.pk])


def test_day_by_day_over_a_weekend(account, explained, clock):
    clock.now = datetime(2026, 11, 27, 15, 0, tzinfo=STOCKHOLM)
    page = explained(log_post(account, now=clock.now))
    assert page.heading == "Så räknade vi"
    assert "Senast tisdag 1 december kl. 15.00. 48 timmar, helger räknas inte." in page.text
    assert [words_of(day, " ") for day in page.soup.select(".ls-days li")] == [
        "Fredag 27 november, från kl. 15.00 9 timmar",
        "Lördag 28 november räknas inte",
        "Söndag 29 november räknas inte",
        "Måndag 30 november 24 timmar",
        "Tisdag 1 december, till kl. 15.00 15 timmar",
    ]


def test_found_late_counts_from_when_we_knew(account, explained, now):
    page = explained(log_post(account, published_at=now - timedelta(days=30)))
    assert "Upptäckt för sent. Åtgärda senast torsdag 26 november kl. 10.00." in page.text
    assert words_of(page.soup.select_one(".ls-days li"), " ").startswith("Tisdag 24 november, från kl. 10.00")


@pytest.mark.parametrize(
    ("lane", "words"),
    [
        (Lane.CRIMINAL, "tas bort genast (lag 1998:112 § 5)"),
        (Lane.QUESTION, "när kontoret stänger nästa arbetsdag"),
        (Lane.MESSAGE, "när kontoret stänger nästa arbetsdag"),
        (Lane.OWN_POST, "inom 72 timmar från att vi fick veta"),
    ],
)
def test_the_other_lanes_have_their_rule_in_a_sentence(lane, words, account, explained):
    page = explained(log_post(account, lane=lane))
    assert words in page.text
    assert not page.soup.select(".ls-days")


def test_what_may_be_secret_tells_its_time_alone(account, explained):
    page = explained(log_post(account, lane=Lane.SECRECY, text="Min granne vårdas på"))
    assert "Inlägg på Laholms bibliotek" in page.text
    assert "granne" not in str(page.soup)
    assert page.soup.select(".ls-days li")


def test_anonymous_is_sent_to_login(account):
    assert_asks_for_sign_in(url(log_post(account)))


def test_outsiders_find_nothing(account, cast, client_for):
    client = client_for(cast.outsider)
    assert client.get(url(log_post(account))).status_code == 404
    assert client.get(reverse("moderation:case-deadline", args=[uuid4()])).status_code == 404


def test_nothing_can_be_sent(account, cast, client_for):
    assert_only_get(client_for(cast.librarian), url(log_post(account)))
