"""/franvaro/<frånvaro>/, its end and its history."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Absence
from tests.clock import TODAY
from tests.factories import AbsenceFactory
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get, assert_only_post

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def absence(cast):
    return AbsenceFactory(user=cast.librarian, from_date=TOMORROW, to_date=TODAY + timedelta(days=3))


@pytest.fixture
def url(absence):
    return reverse("accounts:absence-edit", args=[absence.pk])


@pytest.fixture
def end_url(absence):
    return reverse("accounts:absence-end", args=[absence.pk])


@pytest.fixture
def history_url(absence):
    return reverse("accounts:absence-history", args=[absence.pk])


def test_moves_the_days(client_for, cast, url, absence):
    client = client_for(cast.manager)
    page = Page(client.get(url))
    assert (page.heading, page.typed("from_date")) == ("Frånvaro: Bibliotekarie Björk", "2026-11-25")
    sent = {"from_date": "2026-11-25", "to_date": "2026-11-30"}
    page = Page(client.post(url, sent, follow=True))
    assert page.messages == ["Ändrat: Bibliotekarie Björk är borta från onsdag 25 november till måndag 30 november."]


def test_refusal_stands_beside_the_field(client_for, cast, url):
    sent = {"from_date": "2026-11-25", "to_date": "2026-11-23"}
    page = Page(client_for(cast.librarian).post(url, sent))
    assert page.errors == {"to_date": "Sista dagen kan vara tidigast i dag."}
    assert page.typed("to_date") == "2026-11-23"


def test_takes_away_what_has_not_begun(client_for, cast, end_url, url):
    client = client_for(cast.librarian)
    assert "Ta bort frånvaron" in Page(client.get(url)).buttons
    assert Page(client.post(end_url, follow=True)).messages == ["Frånvaron är borttagen."]
    assert not Absence.objects.exists()


def test_back_today(client_for, cast, absence, end_url, url, clock):
    clock.move(days=2)
    client = client_for(cast.librarian)
    assert "Tillbaka i dag" in Page(client.get(url)).buttons
    assert Page(client.post(end_url, follow=True)).messages == ["Bibliotekarie Björk är tillbaka i dag."]
    absence.refresh_from_db()
    assert absence.to_date == TOMORROW
    assert Page(client.post(end_url, follow=True)).messages == ["Frånvaron är redan över."]


def test_history(client_for, cast, history_url, end_url):
    assert "Upplagt för prov" in Page(client_for(cast.librarian).get(history_url)).text


def test_it_is_the_persons_own_and_the_managers(client_for, cast, url, end_url, history_url):
    for who in ("assistant", "outsider", "outsider_manager", "communicator", "administrator"):
        client = client_for(getattr(cast, who))
        assert {client.get(url).status_code, client.post(end_url).status_code} == {404}
        assert client.get(history_url).status_code == 404
    for who in ("librarian", "manager", "deputy", "head"):
        assert client_for(getattr(cast, who)).get(url).status_code == 200


def test_anonymous_is_sent_to_login(url, end_url, history_url):
    for address in (url, end_url, history_url):
        assert_asks_for_sign_in(address)


def test_wrong_method(client_for, cast, end_url, history_url):
    client = client_for(cast.librarian)
    assert_only_post(client, end_url)
    assert_only_get(client, history_url)


def test_unknown_is_404(client_for, cast):
    assert client_for(cast.librarian).get(reverse("accounts:absence-edit", args=[uuid4()])).status_code == 404
