"""What is done, the latest first."""

from datetime import timedelta

import pytest

from moderation import queue
from moderation.enums import Category, Lane
from tests.moderation import battery
from tests.moderation.factories import library_account, log_post
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db

URL = "/granska/klara/"


@pytest.fixture
def account(cast):
    return library_account(cast, name="Laholms bibliotek")


@pytest.fixture
def close(account, cast, now):
    """Log a post and close it, so many days ago."""

    def make(days: float = 1, **attributes):
        return battery.close(log_post(account, **attributes), by=cast.librarian, now=now - timedelta(days=days))

    return make


def test_the_latest_first(close, cast, client_for):
    close(days=3, category=Category.VIOLENCE)
    close(days=1, category=Category.OBSCENITY)
    page = Page(client_for(cast.librarian).get(URL))
    assert page.heading == "Klara inlägg"
    assert page.rows == ["Obscena ord", "Våldsskildringar"]
    assert "Klart i går kl. 10.00" in page.text
    assert page.lead == "Två inlägg, de senaste överst."


def test_what_waits_is_not_among_them(account, cast, client_for):
    log_post(account)
    page = Page(client_for(cast.librarian).get(URL))
    assert page.rows == []
    assert page.lead == "Inga inlägg, de senaste överst."


def test_is_searched_and_filtered_as_the_queue(close, cast, client_for):
    close(category=Category.VIOLENCE, text="Slag i ansiktet")
    close(category=Category.OBSCENITY, author="Slag Slagsson")
    assert Page(client_for(cast.librarian).get(URL, {"q": "slag"})).rows == ["Våldsskildringar"]
    assert Page(client_for(cast.librarian).get(URL, {"galler": "obscenity"})).rows == ["Obscena ord"]


def test_what_may_be_secret_is_not_told(close, cast, client_for):
    close(lane=Lane.SECRECY, text="Min granne vårdas på")
    page = Page(client_for(cast.librarian).get(URL))
    assert page.rows == ["Inlägg på Laholms bibliotek"]
    assert "granne" not in str(page.soup.main)
    assert Page(client_for(cast.communicator).get(URL)).rows == []


def test_pages(close, cast, client_for, monkeypatch):
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    for text in "abc":
        close(text=text)
    client = client_for(cast.librarian)
    assert [len(Page(client.get(URL, {"page": number})).rows) for number in (1, 2)] == [2, 1]


def test_as_many_queries_however_many(close, cast, client_for):
    client = client_for(cast.librarian)
    texts = iter("abc")
    assert_same_query_count(lambda: client.get(URL), add_row=lambda: close(text=next(texts)))


def test_leads_those_who_may_to_uppfoljning(cast, client_for):
    link = "Uppföljning: hur väl tiden hålls"
    assert Page(client_for(cast.manager).get(URL)).links[link] == "/uppfoljning/"
    assert link not in Page(client_for(cast.librarian).get(URL)).links


def test_outsiders_see_none(close, cast, client_for):
    close()
    assert Page(client_for(cast.outsider).get(URL)).rows == []


def test_anonymous_is_sent_to_login():
    assert_asks_for_sign_in(URL)


def test_nothing_can_be_sent(cast, client_for):
    assert_only_get(client_for(cast.librarian), URL)
