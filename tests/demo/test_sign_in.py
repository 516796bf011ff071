"""One click signs in, on one's own computer and in the demo alone."""

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from accounts.models import User
from accounts.sign_in import METHODS_IN_SESSION, sign_in_method


def sign_in(client, person, **extra):
    return client.post(reverse("demo:sign-in", args=[person.pk]), **extra)


@pytest.fixture
def librarian(demo, cast):
    return cast.librarian


def test_signs_in_and_records_how(client, librarian, rf):
    response = sign_in(client, librarian)
    assert (response.status_code, response.url) == (302, reverse("to-do"))
    request = rf.get("/")
    request.session = client.session
    assert get_user(request) == librarian
    assert [entry["method"] for entry in client.session[METHODS_IN_SESSION]] == ["demo"]
    assert sign_in_method(request) == "demo"


def test_leads_on_to_the_page_that_was_asked_for(client, librarian):
    response = sign_in(client, librarian, data={"next": "/uppstarter/"})
    assert response.url == "/uppstarter/"


def test_does_not_lead_to_another_site(client, librarian):
    response = sign_in(client, librarian, data={"next": "https://elak.example/"})
    assert response.url == reverse("to-do")


def test_changes_who_is_signed_in(client, librarian, cast):
    sign_in(client, librarian)
    sign_in(client, cast.manager)
    assert client.session["_auth_user_id"] == str(cast.manager.pk)
    assert len(client.session[METHODS_IN_SESSION]) == 1


def test_get_is_refused(client, librarian):
    assert client.get(reverse("demo:sign-in", args=[librarian.pk])).status_code == 405


@pytest.mark.parametrize(
    "place",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_FORWARDED": "for=x"},
    ],
)
def test_another_computer_is_403(client, librarian, place):
    assert sign_in(client, librarian, **place).status_code == 403
    assert "_auth_user_id" not in client.session


def test_without_demo_is_403(client, librarian, settings):
    settings.DEMO = False
    assert sign_in(client, librarian).status_code == 403


def test_without_demo_the_address_is_404(client, cast):
    assert client.post(f"/demo/logga-in/{cast.librarian.pk}/").status_code == 404


def test_nobody_signs_in_as_the_system(client, librarian):
    assert sign_in(client, User.objects.system()).status_code == 404


def test_one_who_has_left_is_404(client, librarian, now):
    librarian.is_active = False
    librarian.record(by=librarian, now=now, reason="Slutat")
    assert sign_in(client, librarian).status_code == 404
