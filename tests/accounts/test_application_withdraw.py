from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import ApplicationStatus
from accounts.models import Draft
from tests.factories import approve, make_draft, reject, send_back
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db


def address(application):
    return reverse("accounts:application-withdraw", args=[getattr(application, "pk", application)])


def status_of(application):
    application.refresh_from_db()
    return application.status


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.librarian)


def test_asks_first(client, submitted):
    page = Page(client.get(address(submitted)))
    assert page.heading == "Återta uppstarten av Laholms bibliotek på Instagram?"
    assert page.buttons == ["Återta uppstarten"]
    assert page.links["Avbryt"] == reverse("accounts:application-detail", args=[submitted.pk])
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


def test_takes_it_back(client, submitted, cast):
    page = Page(client.post(address(submitted), follow=True))
    assert page.messages == ["Uppstarten är återtagen. Chefen behöver inte göra något."]
    assert "Återtagen" in page.text
    assert status_of(submitted) == ApplicationStatus.WITHDRAWN
    assert submitted.history.latest("history_date", "history_id").history_user == cast.librarian


def test_one_that_was_sent_back_goes_with_its_draft(client, submitted, cast):
    make_draft(cast.librarian, application=send_back(submitted))
    client.post(address(submitted))
    assert status_of(submitted) == ApplicationStatus.WITHDRAWN
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("decide", "said"), [(approve, "Uppstarten är redan godkänd."), (reject, "Uppstarten är avslagen.")]
)
def test_what_is_decided_stays(client, submitted, decide, said):
    after = decide(submitted).status
    page = Page(client.post(address(submitted), follow=True))
    assert page.messages == [said]
    assert status_of(submitted) == after


def test_a_second_press_says_that_it_is_done(client, submitted):
    client.post(address(submitted))
    Page(client.get(reverse("accounts:application-detail", args=[submitted.pk])))
    page = Page(client.post(address(submitted), follow=True))
    assert page.messages == ["Uppstarten är återtagen av den som fyllde i den."]
    assert submitted.history.count() == 2


@pytest.mark.parametrize("person", ["manager", "assistant", "communicator"])
def test_those_who_see_it_may_not(client_for, cast, submitted, person):
    client = client_for(getattr(cast, person))
    assert client.get(address(submitted)).status_code == 403
    assert client.post(address(submitted)).status_code == 403
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


@pytest.mark.parametrize("person", ["outsider", "administrator"])
def test_others_get_404(client_for, cast, submitted, person):
    client = client_for(getattr(cast, person))
    assert client.get(address(submitted)).status_code == 404
    assert client.post(address(submitted)).status_code == 404
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


def test_unknown_application_is_404(client):
    assert client.get(address(uuid4())).status_code == 404
    assert client.post(address(uuid4())).status_code == 404


def test_anonymous_is_sent_to_sign_in(submitted):
    assert_asks_for_sign_in(address(submitted))
    assert status_of(submitted) == ApplicationStatus.SUBMITTED
