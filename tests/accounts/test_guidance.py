"""Råd och regler: open to everyone signed in, with a question to kommunikationsenheten (R04)."""

import pytest
from django.test import Client
from django.urls import reverse

from laholm_sociala.common.models import Mail

pytestmark = pytest.mark.django_db
ADDRESS = reverse("accounts:guidance")


def test_everyone_signed_in_reads_it(client_for, cast):
    for person in (cast.librarian, cast.outsider, cast.administrator):
        assert client_for(person).get(ADDRESS).status_code == 200


def test_question_reaches_kommunikationsenheten(client_for, cast, settings):
    response = client_for(cast.outsider).post(ADDRESS, {"question": "Får vi svara på kommentarer <i>privat</i>?"})
    assert response.url == ADDRESS
    mail = Mail.objects.get()
    assert mail.to == [settings.COMMUNICATIONS_EMAIL]
    assert "Får vi svara på kommentarer <i>privat</i>?" in mail.text
    assert "&lt;i&gt;privat&lt;/i&gt;" in mail.html
    assert cast.outsider.email in mail.text


def test_nothing_written_is_said_beside_the_field(client_for, cast):
    response = client_for(cast.librarian).post(ADDRESS, {"question": "  "})
    assert response.context["form"].errors == {"question": ["Skriv vad du undrar"]}
    assert Mail.objects.count() == 0


def test_anonymous_is_sent_to_sign_in():
    assert Client().get(ADDRESS).url == f"{reverse('account_login')}?next={ADDRESS}"
