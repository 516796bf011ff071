import pytest
from django.test import Client
from django.urls import reverse

from tests.pages import Page

pytestmark = pytest.mark.django_db
PAGES = {"accessibility": "Tillgänglighet", "privacy": "Personuppgifter"}


@pytest.mark.parametrize(("name", "title"), PAGES.items())
def test_open_to_everyone(name, title, settings):
    response = Client().get(reverse(name))
    page = Page(response)
    assert response.status_code == 200
    assert page.title == page.heading == title
    assert page.links[settings.COMMUNICATIONS_EMAIL] == f"mailto:{settings.COMMUNICATIONS_EMAIL}"


@pytest.mark.parametrize("name", PAGES)
def test_holds_for_everyone_and_sets_no_cookie(name, client_for, cast):
    answers = [Client().get(reverse(name)), client_for(cast.librarian).get(reverse(name))]
    assert answers[0].content == answers[1].content
    for response in answers:
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")
        assert sorted(response.headers["Cache-Control"].split(", ")) == ["max-age=3600", "public"]


@pytest.mark.parametrize("name", PAGES)
def test_asks_the_database_nothing(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get(reverse(name))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_can_be_sent(name):
    response = Client().post(reverse(name))
    assert (response.status_code, response.headers["Allow"]) == (405, "GET")


def test_every_public_page_leads_to_them():
    page = Page(Client().get(reverse("accounts:public-list")))
    leads = {link["href"] for link in page.soup.select("footer a")}
    assert {reverse(name) for name in PAGES} <= leads
