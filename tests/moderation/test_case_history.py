"""Historik for a post: who, when, and what changed; never what it says."""

from uuid import uuid4

import pytest
from django.urls import reverse

from moderation.enums import Lane
from moderation.services import taking
from tests.factories import AccountFactory, AssignmentFactory
from tests.moderation.factories import library_account, log_post
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get

pytestmark = pytest.mark.django_db

SECRET = {"text": "Min granne vårdas på", "author": "Granne Gran", "link": "https://www.facebook.com/x/posts/7"}


@pytest.fixture
def account(cast):
    return library_account(cast, name="Laholms bibliotek")


def url(case) -> str:
    return reverse("moderation:case-history", args=[case.pk])


def test_tells_who_when_and_what(account, cast, client_for, now):
    case = log_post(account)
    taking.take(case.pk, by=cast.assistant, now=now)
    page = Page(client_for(cast.librarian).get(url(case)))
    assert page.title == "Historik för Personangrepp på Laholms bibliotek på Facebook"
    assert "Assistent Asp, biblioteksassistent, biblioteket: Tog inlägget" in page.text
    assert "Tas av: från ingen till Assistent Asp, biblioteksassistent, biblioteket" in page.text


@pytest.mark.parametrize("lane", [Lane.INAPPROPRIATE, Lane.SECRECY])
def test_what_the_post_says_is_not_there(lane, account, cast, client_for):
    page = Page(client_for(cast.librarian).get(url(log_post(account, lane=lane, **SECRET))))
    for word in ("granne", "Gran", "posts/7"):
        assert word not in str(page.soup)


def test_title_of_what_may_be_secret_names_the_account_alone(account, cast, client_for):
    case = log_post(account, lane=Lane.CRIMINAL, may_be_secret=True, **SECRET)
    page = Page(client_for(cast.librarian).get(url(case)))
    assert page.title == page.heading == "Historik för inlägg på Laholms bibliotek på Facebook"


def test_what_may_be_secret_is_not_there_for_a_colleague(account, cast, client_for):
    case = log_post(account, lane=Lane.SECRECY, **SECRET)
    colleague = AssignmentFactory(account=AccountFactory(unit=cast.culture_department, active=True)).user
    for person in (colleague, cast.communicator, cast.outsider):
        assert client_for(person).get(url(case)).status_code == 404


def test_anonymous_is_sent_to_login(account):
    assert_asks_for_sign_in(url(log_post(account)))


def test_outsiders_find_nothing(account, cast, client_for):
    client = client_for(cast.outsider)
    assert client.get(url(log_post(account))).status_code == 404
    assert client.get(reverse("moderation:case-history", args=[uuid4()])).status_code == 404


def test_nothing_can_be_sent(account, cast, client_for):
    assert_only_get(client_for(cast.librarian), url(log_post(account)))
