"""The queue is fresh while it is open: a cheap no where nothing is new, the rows again where something is."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moderation.services import taking
from tests.moderation.factories import library_account, log_post
from tests.pages import Page, assert_only_get, words_of

pytestmark = pytest.mark.django_db

URL = "/granska/nytt/"


@pytest.fixture
def account(cast):
    return library_account(cast, name="Laholms bibliotek")


@pytest.fixture
def client(cast, client_for):
    return client_for(cast.librarian)


def asks(client, query: str = "") -> str:
    """Where the open page asks for news."""
    return Page(client.get(f"/granska/{query}")).soup.select_one("#kon")["hx-get"]


class TestNothingNew:
    def test_is_answered_by_nothing(self, account, client):
        log_post(account)
        response = client.get(asks(client))
        assert (response.status_code, response.content) == (204, b"")

    def test_reads_no_text_and_draws_nothing(self, account, client):
        log_post(account)
        url = asks(client)
        with CaptureQueriesContext(connection) as asked:
            response = client.get(url)
        assert not response.templates
        assert not [query for query in asked.captured_queries if "moderation_casecontent" in query["sql"]]

    def test_holds_on_a_page_of_its_own_and_with_filters(self, account, client):
        log_post(account, text="Lån")
        url = asks(client, "?q=l%C3%A5n&vem=mina&page=1")
        assert client.get(url).status_code == 204
        assert parse_qs(urlsplit(url).query)["q"] == ["lån"]


class TestNews:
    def test_another_post(self, account, client):
        url = asks(client)
        log_post(account)
        page = Page(client.get(url))
        assert [words_of(heading) for heading in page.soup.select("h3")] == ["Personangrepp"]
        assert words_of(page.soup.select_one("#nytt-i-kon[hx-swap-oob]")) == "Listan är uppdaterad. Ett på dina konton."
        assert page.soup.select_one("#antal-i-kon[hx-swap-oob]")
        assert page.soup.select_one("html") is None

    def test_somebody_took_one(self, account, client, cast, now):
        case = log_post(account)
        url = asks(client)
        taking.take(case.pk, by=cast.assistant, now=now)
        assert "Assistent Asp har den." in client.get(url).content.decode()

    def test_time_ran_out(self, account, cast, client_for, clock):
        case = log_post(account)
        clock.now = case.handle_by - timedelta(minutes=1)
        client = client_for(cast.librarian)
        url = asks(client)
        clock.move(minutes=1)
        assert "För sent sedan i dag kl. 10.00" in client.get(url).content.decode()

    def test_a_new_day_says_the_moments_anew(self, account, cast, client_for, clock):
        log_post(account)
        clock.move(hours=13)
        client = client_for(cast.librarian)
        url = asks(client)
        clock.move(hours=2)
        assert client.get(url).status_code == 200
        assert "Senast torsdag 26 november" in client.get(url).content.decode()

    def test_the_rows_ask_on_with_what_is_seen_now(self, account, client):
        log_post(account)
        news = Page(client.get(f"{URL}?vem=mina&sedan=gammalt"))
        assert client.get(news.soup.select_one("#kon")["hx-get"]).status_code == 204

    def test_buttons_can_be_pressed(self, account, client):
        log_post(account)
        token = Page(client.get(URL)).soup.select_one("[name=csrfmiddlewaretoken]")["value"]
        assert len(token) == 64


def test_where_the_session_ended_it_says_so_and_asks_no_more(account):
    log_post(account)
    response = Client().get(URL)
    assert response.status_code == 286
    assert response.headers["HX-Reswap"] == "none"
    assert "Du är inte längre inloggad" in response.content.decode()
    assert account.name not in response.content.decode()


def test_nothing_can_be_sent(client):
    assert_only_get(client, URL)
