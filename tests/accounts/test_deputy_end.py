import pytest
from django.urls import reverse

from accounts.models import Deputy
from tests.accounts.battery import assert_only_administrators, assert_unknown_is_404, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy(cast):
    return Deputy.objects.get(user=cast.deputy)


@pytest.fixture
def url(deputy):
    return reverse("accounts:deputy-end", args=[deputy.pk])


def test_asks(administrator, deputy, url):
    page = administrator.get(url).text
    assert "Avsluta Ställföreträdare Sten som ställföreträdande chef?" in page
    assert "Sista dagen blir i dag." in page
    assert Deputy.objects.get(pk=deputy.pk).to_date is None


def test_ends_today(administrator, deputy, url, today):
    assert said(administrator.post(url, follow=True)) == ["Ställföreträdarskapet är avslutat."]
    assert Deputy.objects.get(pk=deputy.pk).to_date == today


def test_twice_says_so(administrator, url):
    administrator.post(url)
    assert said(administrator.post(url, follow=True))[-1] == "Ställföreträdarskapet är redan avslutat."


def test_unknown_is_404(administrator):
    assert_unknown_is_404("accounts:deputy-end", administrator)


def test_only_administrators(cast, client_for, url):
    assert_only_administrators(url, cast, client_for)
    assert_only_administrators(url, cast, client_for, method="post")
