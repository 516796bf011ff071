"""A link works once, for a week, and only the newest."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied

from accounts.models import Invitation, User
from accounts.services import invitations, people
from accounts.services.administration import Grant, PersonDetails
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.models import Mail
from tests.jobs import waiting_jobs
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db
DETAILS = PersonDetails("ny@laholm.example", "Nya Nilsson", "bibliotekarie")
PASSWORD = "höstlöv över Lagan"


@pytest.fixture
def person(cast, now) -> User:
    return invitations.invite(DETAILS, roles=frozenset(), by=cast.administrator, now=now)


def tokens() -> list[str]:
    """Return the tokens that were mailed, the oldest first."""
    texts = Mail.objects.order_by("created_at").values_list("text", flat=True)
    return [re.search(r"/inbjudan/([\w-]+)/", text)[1] for text in texts]


def test_invites(cast, person, now):
    assert (person.email, person.is_active, person.has_usable_password()) == ("ny@laholm.example", True, False)
    assert person.history.get().history_change_reason == "Bjöds in"
    kept = Invitation.objects.get(user=person)
    assert (kept.sent_at, kept.expires_at, kept.used_at) == (now, now + timedelta(days=7), None)
    assert len(waiting_jobs("send_mail")) == 1


def test_mail_says_who_invites_and_until_when(cast, person):
    mail = Mail.objects.get()
    assert mail.to == ["ny@laholm.example"]
    for text in (mail.text, mail.html):
        assert "Administratör Alm, systemförvaltare, kommunikationsenheten, har bjudit in dig" in text
        assert "gäller till tisdag 1 december" in text


def test_only_administrators_invite(cast, now, person):
    with pytest.raises(PermissionDenied):
        invitations.invite(DETAILS, roles=frozenset(), by=cast.manager, now=now)
    with pytest.raises(PermissionDenied):
        invitations.invite_again(person.pk, by=cast.manager, now=now)


def test_somebody_elses_email_sends_nothing(cast, now):
    taken = PersonDetails(cast.manager.email.upper(), "Nya Nilsson", "bibliotekarie")
    with pytest.raises(RefusedError) as refused:
        invitations.invite(taken, roles=frozenset({Grant("administrator")}), by=cast.administrator, now=now)
    assert refused.value.field == "email"
    assert not Mail.objects.exists()


def test_accepting_saves_the_password_and_proves_the_email(person, clock):
    clock.move(days=2)
    invitations.accept(tokens()[0], password=PASSWORD, now=clock.now)
    accepted = User.objects.get(pk=person.pk)
    assert accepted.check_password(PASSWORD)
    assert Invitation.objects.get(user=person).used_at == clock.now
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.primary, address.verified) == ("ny@laholm.example", True, True)
    row = accepted.history.first()
    assert (row.history_user, row.history_change_reason) == (accepted, "Tog emot inbjudan och valde lösenord")


def test_unknown_token(db, now):
    with pytest.raises(Invitation.DoesNotExist):
        invitations.accept("finns-inte", password=PASSWORD, now=now)


def test_used_once(person, now):
    invitations.accept(tokens()[0], password=PASSWORD, now=now)
    with pytest.raises(invitations.LinkSpentError, match="redan använd"):
        invitations.accept(tokens()[0], password="ett annat långt ord", now=now)
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_a_week_and_no_longer(person, now):
    with pytest.raises(invitations.LinkSpentError, match="gäller inte längre"):
        invitations.accept(tokens()[0], password=PASSWORD, now=now + timedelta(days=7))


def test_newest_link_alone_works(cast, person, clock):
    invitations.invite_again(person.pk, by=cast.administrator, now=clock.move(hours=1))
    first, second = tokens()
    with pytest.raises(invitations.LinkSpentError):
        invitations.find(first, now=clock.now)
    assert invitations.find(second, now=clock.now).user == person


def test_link_of_a_deactivated_person_does_not_work_again(cast, person, clock):
    people.deactivate(person.pk, by=cast.administrator, now=clock.move(hours=1))
    with pytest.raises(invitations.LinkSpentError):
        invitations.find(tokens()[0], now=clock.now)
    people.activate(person.pk, by=cast.administrator, now=clock.move(hours=1))
    with pytest.raises(invitations.LinkSpentError):
        invitations.find(tokens()[0], now=clock.now)


def test_not_again_to_the_inactive_or_to_whoever_has_a_password(cast, person, now):
    with pytest.raises(RefusedError, match="redan valt ett lösenord"):
        invitations.invite_again(cast.librarian.pk, by=cast.administrator, now=now)
    people.deactivate(person.pk, by=cast.administrator, now=now)
    with pytest.raises(RefusedError, match="Aktivera personen först"):
        invitations.invite_again(person.pk, by=cast.administrator, now=now)


@pytest.mark.django_db(transaction=True)
class TestRace:
    """One link, opened on two machines, sent at the same moment."""

    def accept_twice(self, now):
        token = tokens()[0]
        return race(
            lambda: invitations.accept(token, password="den enas långa ord", now=now),
            lambda: invitations.accept(token, password="den andras långa ord", now=now),
        )

    def test_one_password_is_saved(self, person, now, monkeypatch):
        meet_at(monkeypatch, User, "set_password")
        outcomes = self.accept_twice(now)
        assert len(winners(outcomes)) == 1
        assert [type(error) for error in losers(outcomes)] == [invitations.LinkSpentError]

    def test_without_the_lock_both_would_be(self, person, now, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, Invitation, "save")  # both have found the link unused
        outcomes = self.accept_twice(now)
        assert invitations.LinkSpentError not in [type(error) for error in losers(outcomes)]
