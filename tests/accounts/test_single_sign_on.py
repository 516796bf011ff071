"""Signing in where the whole municipality does: those who are invited, by the e-mail it vouches for (R41)."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings as portal
from django.urls import reverse

from accounts.enums import SignInMethod
from accounts.models import Decision, User
from accounts.services.people import deactivate
from accounts.sign_in import METHODS_IN_SESSION
from accounts.single_sign_on import NO_ANSWER, NOT_COMPLETED, PROVIDER
from tests.identity_server import CLIENT, SECRET, IdentityServer

pytestmark = pytest.mark.django_db

START, DONE = "/logga-in/kommunen/", "/logga-in/kommunen/klart/"


def connect(settings, url: str) -> None:
    app = {"provider_id": PROVIDER, "name": "", "client_id": CLIENT, "secret": SECRET, "settings": {"server_url": url}}
    providers = portal.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SSO_SERVER = url
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**providers, "APPS": [app]}}


@pytest.fixture
def server(settings, cast):
    with IdentityServer() as server:
        connect(settings, server.url)
        server.claims = {"sub": "1", "email": cast.manager.email, "name": "Något Annat"}
        yield server


def return_from(client, server, *, to: str = ""):
    """Press the button, sign in at the municipality's, and come back."""
    gone = client.post(START, {"next": to})
    assert gone.status_code == 302
    assert gone.url.startswith(f"{server.url}/authorize?")
    asked = parse_qs(urlsplit(gone.url).query)
    assert asked["redirect_uri"] == [f"http://testserver{DONE}"]
    assert asked["code_challenge_method"] == ["S256"]
    return client.get(DONE, {"code": "engång", "state": asked["state"][0]})


def test_who_is_invited_comes_in(client, server, cast):
    response = return_from(client, server)
    assert (response.status_code, response.url) == (302, reverse("to-do"))
    assert client.session["_auth_user_id"] == str(cast.manager.pk)
    assert [entry["method"] for entry in client.session[METHODS_IN_SESSION]] == ["socialaccount"]
    [asked] = server.asked
    assert asked["code"] == ["engång"]
    assert "code_verifier" in asked


def test_nothing_of_what_the_server_tells_is_kept(client, server, cast):
    name = cast.manager.name
    return_from(client, server)
    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()
    assert User.objects.get(pk=cast.manager.pk).name == name
    assert "Något Annat" not in str(dict(client.session))


def test_capitals_in_the_address_make_no_difference(client, server, cast):
    server.claims["email"] = cast.manager.email.upper()
    assert return_from(client, server).url == reverse("to-do")


def test_it_is_good_enough_for_a_decision(client, server, submitted, read):
    page = reverse("accounts:application-approve", args=[submitted.pk])
    assert return_from(client, server, to=page).url == page
    seen = read(submitted)["seen_sha256"]
    decided = client.post(page, {"seen": seen, "assurances": ["resurser", "kunskap", "rutiner"]})
    assert decided.status_code == 302
    assert Decision.objects.get().sign_in_method == SignInMethod.SSO


def test_who_came_by_password_is_led_there_and_back(client_for, server, submitted, cast):
    client = client_for(cast.manager, method="password")
    page = reverse("accounts:application-approve", args=[submitted.pk])
    assert f'formaction="{START}"' in client.get(page).text
    assert return_from(client, server, to=page).url == page
    assert "Godkänn" in client.get(page).text


def test_who_is_not_invited_stays_outside(client, server):
    people = User.objects.count()
    server.claims["email"] = "okand@laholm.example"
    response = return_from(client, server)
    assert "Du kan inte skapa ett konto själv" in response.text
    assert User.objects.count() == people
    assert "_auth_user_id" not in client.session


def test_without_an_e_mail_nobody_is_found(client, server):
    del server.claims["email"]
    assert "Du kan inte skapa ett konto själv" in return_from(client, server).text


@pytest.mark.parametrize("said", [False, "false"])
def test_an_e_mail_that_the_server_says_is_not_verified_opens_nothing(client, server, said):
    server.claims["email_verified"] = said
    assert "Du kan inte skapa ett konto själv" in return_from(client, server).text
    assert "_auth_user_id" not in client.session


def test_one_that_it_says_is_verified_does(client, server, cast):
    server.claims["email_verified"] = True
    assert return_from(client, server).url == reverse("to-do")


def test_who_has_left_stays_outside(client, server, cast, now):
    deactivate(cast.manager.pk, by=cast.administrator, now=now)
    assert return_from(client, server).url == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("query", [{}, {"code": "engång"}, {"code": "engång", "state": "påhittat"}])
def test_an_answer_that_nobody_asked_for_is_refused(client, server, query):
    response = client.get(DONE, query, follow=True)
    assert response.redirect_chain == [(reverse("account_login"), 302)]
    assert NOT_COMPLETED in response.text
    assert server.asked == []


def test_who_changed_their_mind_is_back_at_the_door(client, server):
    state = parse_qs(urlsplit(client.post(START).url).query)["state"][0]
    response = client.get(DONE, {"error": "access_denied", "state": state}, follow=True)
    assert NOT_COMPLETED in response.text


def test_a_server_that_does_not_answer_is_said(client, settings, cast):
    connect(settings, "http://127.0.0.1:9")
    assert NO_ANSWER in client.post(START, follow=True).text


def test_leads_nowhere_else(client, server):
    assert return_from(client, server, to="https://ont.example/").url == reverse("to-do")


def test_the_door_offers_it_and_keeps_where_one_was_going(client, server):
    page = client.get(reverse("account_login"), {"next": "/uppstarter/"}).text
    assert f'action="{START}"' in page
    assert page.count('value="/uppstarter/"') == 2


def test_get_is_refused(client, server):
    assert client.get(START).status_code == 405


def test_not_connected_there_is_no_such_way(client, cast):
    assert START not in client.get(reverse("account_login")).text
    assert client.post(START).status_code == client.get(DONE).status_code == 404
