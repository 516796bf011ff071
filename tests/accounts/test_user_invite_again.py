import pytest
from django.urls import reverse

from accounts.models import Invitation
from tests.accounts.battery import assert_only_administrators, assert_unknown_is_404, said
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory(name="Nya Nilsson", title="vikarie", password="!")


@pytest.fixture
def url(person):
    return reverse("accounts:user-invite-again", args=[person.pk])


def test_sends_a_new_link(administrator, person, url):
    assert said(administrator.post(url, follow=True)) == [
        "Nya Nilsson, vikarie får ett nytt mejl. Den tidigare länken fungerar inte längre."
    ]
    assert Invitation.objects.filter(user=person).count() == 1


def test_person_with_a_password_is_refused(administrator, cast):
    url = reverse("accounts:user-invite-again", args=[cast.manager.pk])
    assert said(administrator.post(url, follow=True)) == [
        "Personen har redan valt ett lösenord. Ett nytt fås med Glömt lösenordet på inloggningssidan."
    ]


def test_get_is_refused(administrator, url):
    assert administrator.get(url).status_code == 405


def test_unknown_is_404(administrator):
    assert_unknown_is_404("accounts:user-invite-again", administrator, method="post")


def test_only_administrators(cast, client_for, url):
    assert_only_administrators(url, cast, client_for, method="post")
