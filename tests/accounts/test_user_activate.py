import pytest
from django.urls import reverse

from accounts.models import User
from tests.accounts.battery import assert_only_administrators, assert_unknown_is_404, said
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory(name="Åter Igen", title="vikarie", is_active=False)


@pytest.fixture
def url(person):
    return reverse("accounts:user-activate", args=[person.pk])


def test_asks(administrator, person, url):
    assert "Aktivera Åter Igen?" in administrator.get(url).text
    assert not User.objects.get(pk=person.pk).is_active


def test_activates(administrator, person, url):
    assert said(administrator.post(url, follow=True)) == ["Åter Igen, vikarie är aktiv och kan logga in."]
    assert User.objects.get(pk=person.pk).is_active


def test_active_person_is_refused(administrator, cast):
    url = reverse("accounts:user-activate", args=[cast.manager.pk])
    assert said(administrator.post(url, follow=True)) == ["Personen är redan aktiv."]


def test_unknown_is_404(administrator):
    assert_unknown_is_404("accounts:user-activate", administrator)


def test_only_administrators(cast, client_for, url):
    assert_only_administrators(url, cast, client_for)
    assert_only_administrators(url, cast, client_for, method="post")
