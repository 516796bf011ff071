import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts.models import User
from accounts.services import people
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.models import Mail
from tests.accounts.battery import assert_only_administrators, assert_unknown_is_404, said
from tests.clock import NOW
from tests.race import losers, meet_at, race, winners

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cast):
    return reverse("accounts:user-reset-second-step", args=[cast.manager.pk])


@pytest.fixture
def second_step(cast):
    """The manager's app and recovery codes, on a phone that is lost."""
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=cast.manager, type=kind, data={})


def test_asks_first(administrator, second_step, url):
    assert "Ta bort tvåstegsinloggningen för Enhetschef Ek?" in administrator.get(url).text
    assert Authenticator.objects.count() == 2


@pytest.mark.usefixtures("second_step")
def test_takes_it_away_and_tells_the_person(administrator, cast, url):
    response = administrator.post(url, follow=True)
    assert said(response) == ["Tvåstegsinloggningen för Enhetschef Ek, enhetschef, biblioteket är borttagen."]
    assert not Authenticator.objects.exists()
    row = User.objects.get(pk=cast.manager.pk).history.first()
    assert (row.history_user, row.history_change_reason) == (cast.administrator, "Tvåstegsinloggningen togs bort")
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ([cast.manager.email], "Din tvåstegsinloggning är borttagen")
    assert "Administratör Alm" in mail.text


@pytest.mark.usefixtures("second_step")
def test_the_link_stands_where_there_is_one(administrator, cast, url):
    page = reverse("accounts:user-edit", args=[cast.manager.pk])
    assert url in administrator.get(page).text
    administrator.post(url)
    assert url not in administrator.get(page).text


def test_without_one_it_says_so(administrator, url):
    assert said(administrator.post(url, follow=True)) == ["Personen har ingen tvåstegsinloggning."]


def test_ones_own_is_refused(administrator, cast):
    Authenticator.objects.create(user=cast.administrator, type=Authenticator.Type.TOTP, data={})
    url = reverse("accounts:user-reset-second-step", args=[cast.administrator.pk])
    assert said(administrator.post(url, follow=True)) == [
        "Du kan inte ta bort din egen här. Be en annan administratör."
    ]
    assert Authenticator.objects.exists()


def test_unknown_is_404(administrator):
    assert_unknown_is_404("accounts:user-reset-second-step", administrator)
    assert_unknown_is_404("accounts:user-reset-second-step", administrator, method="post")


def test_only_administrators(cast, client_for, url):
    assert_only_administrators(url, cast, client_for)
    assert_only_administrators(url, cast, client_for, method="post")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("second_step")
class TestRaces:
    def test_two_administrators_at_once_send_one_mail(self, cast, monkeypatch):
        meet_at(monkeypatch, people, "lock_person")
        reset = lambda: people.reset_second_step(cast.manager.pk, by=cast.administrator, now=NOW)  # noqa: E731
        outcomes = race(reset, reset)
        assert len(winners(outcomes)) == 1
        assert isinstance(losers(outcomes)[0], RefusedError)
        assert Mail.objects.count() == 1
