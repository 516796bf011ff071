import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.models import Invitation, User
from accounts.services import invitations
from accounts.services.administration import PersonDetails
from laholm_sociala.common.models import Mail
from tests.accounts.battery import errors, said

pytestmark = pytest.mark.django_db
TYPED = {"password": "höstlöv över Lagan", "again": "höstlöv över Lagan"}


@pytest.fixture
def person(cast, now):
    details = PersonDetails("ny@laholm.example", "Nya Nilsson", "bibliotekarie", cast.library)
    return invitations.invite(details, roles=frozenset(), by=cast.administrator, now=now)


@pytest.fixture
def url(person):
    """The address in the mail, from both of its forms."""
    mail = Mail.objects.get(to=[person.email])
    [in_text] = re.findall(r"http://testserver(/inbjudan/[\w-]+/)", mail.text)
    assert set(re.findall(r"http://testserver(/inbjudan/[\w-]+/)", mail.html)) == {in_text}
    return in_text


def test_asks_for_a_password(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert "ny@laholm.example" in response.text


def test_keeps_the_link_to_itself(client, url):
    headers = client.get(url).headers
    assert (headers["Referrer-Policy"], "no-store" in headers["Cache-Control"]) == ("same-origin", True)


def test_password_is_saved_and_signs_in(client, url, person):
    response = client.post(url, TYPED, follow=True)
    assert response.redirect_chain == [(reverse("account_login"), 302)]
    assert said(response) == ["Lösenordet är sparat. Logga in med det."]
    assert User.objects.get(pk=person.pk).check_password(TYPED["password"])
    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (person.pk, "ny@laholm.example", True, True)
    ]
    signed_in = client.post(reverse("account_login"), {"login": person.email, "password": TYPED["password"]})
    assert (signed_in.status_code, signed_in.url) == (302, "/")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"password": "", "again": ""}, ["Välj ett lösenord", "Skriv lösenordet en gång till"]),
        ({**TYPED, "again": "något annat"}, ["Lösenorden är inte lika. Skriv samma en gång till"]),
        (
            {"password": "kort", "again": "kort"},
            ["Det här lösenordet är för kort. Det måste innehålla minst 12 tecken."],
        ),
    ],
)
def test_password_that_will_not_do_is_explained(client, url, person, typed, expected):
    assert errors(client.post(url, typed)) == expected
    assert not User.objects.get(pk=person.pk).has_usable_password()


def test_used_link_is_gone(client, url):
    client.post(url, TYPED)
    for response in (client.get(url), client.post(url, {"password": "någon annans ord", "again": "någon annans ord"})):
        assert response.status_code == 410
        assert "Länken är redan använd." in response.text


def test_week_old_link_is_gone(client, url, clock, person):
    clock.move(days=7, seconds=-1)
    assert client.get(url).status_code == 200
    clock.move(seconds=1)
    assert client.get(url).status_code == 410
    assert client.post(url, TYPED).status_code == 410
    assert not User.objects.get(pk=person.pk).has_usable_password()


def test_later_invitation_ends_the_earlier(client, url, cast, person, now):
    invitations.invite_again(person.pk, by=cast.administrator, now=now)
    assert client.get(url).status_code == 410


def test_unknown_link_is_404(client, db):
    response = client.get("/inbjudan/finns-inte/")
    assert response.status_code == 404
    assert "Länken stämmer inte" in response.text


def test_only_the_fingerprint_is_kept(url, person):
    token = url.split("/")[2]
    kept = Invitation.objects.get(user=person)
    assert len(token) == 43
    assert (len(kept.token_sha256), token in kept.token_sha256) == (64, False)
