from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Draft
from tests.factories import approve, reject, send_back
from tests.pages import Page, assert_asks_for_sign_in, assert_only_post

pytestmark = pytest.mark.django_db
NOT_NOW = "Uppstarten kan inte ändras nu. Återta den först, eller vänta på chefen."


def address(application):
    return reverse("accounts:application-revise", args=[getattr(application, "pk", application)])


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.librarian)


def test_opens_what_was_sent_for_change(client, submitted):
    send_back(submitted)
    page = Page(client.post(address(submitted), follow=True))
    assert page.heading == "Starta nytt konto"
    assert page.errors == {}
    assert page.typed("account_name") == "Laholms bibliotek"
    assert page.typed("topics") == submitted.topics
    assert page.typed("checklist") == ["0", "1", "2", "3", "4", "5"]
    assert page.typed("uses") == ["insight", "service"]
    assert page.typed("consulted_on") == "2026-11-20"
    assert Draft.objects.get().application == submitted


def test_opens_the_same_draft_each_time(client, submitted):
    send_back(submitted)
    first = client.post(address(submitted)).headers["Location"]
    client.post(first, {"account_name": "Nytt namn", "spara": "1"})
    second = client.post(address(submitted), follow=True)
    assert second.redirect_chain == [(first, 302)]
    assert Page(second).typed("account_name") == "Nytt namn"


@pytest.mark.parametrize("decide", [None, approve, reject])
def test_what_is_not_with_the_applicant_cannot_be_changed(client, submitted, decide):
    if decide:
        decide(submitted)
    page = Page(client.post(address(submitted), follow=True))
    assert page.messages == [NOT_NOW]
    assert page.heading == "Laholms bibliotek på Instagram"
    assert not Draft.objects.exists()


@pytest.mark.parametrize("person", ["manager", "assistant", "communicator"])
def test_those_who_see_it_may_not(client_for, cast, submitted, person):
    send_back(submitted)
    assert client_for(getattr(cast, person)).post(address(submitted)).status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize("person", ["outsider", "administrator"])
def test_others_get_404(client_for, cast, submitted, person):
    send_back(submitted)
    assert client_for(getattr(cast, person)).post(address(submitted)).status_code == 404
    assert not Draft.objects.exists()


def test_unknown_application_is_404(client):
    assert client.post(address(uuid4())).status_code == 404


def test_reading_changes_nothing(client, submitted):
    send_back(submitted)
    assert_only_post(client, address(submitted))
    assert not Draft.objects.exists()


def test_anonymous_is_sent_to_sign_in(submitted):
    assert_asks_for_sign_in(address(submitted))
