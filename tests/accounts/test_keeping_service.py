"""The login, the administrators, the profile and the visitor information."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.enums import AccountStatus
from accounts.models import Account, PlatformAdministrator
from accounts.services import keeping
from laholm_sociala.common.errors import RefusedError
from tests.accounts.in_order import account_in_order
from tests.clock import NOW, TODAY
from tests.factories import AccountFactory, PlatformAdministratorFactory, UserFactory
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db

DOORS = {
    "record_login": {"kept": "I valvet", "reached_by": "Chefen"},
    "verify_login": {},
    "confirm_profile": {"sender": True, "logo": True},
    "confirm_visitors_told": {},
}


@pytest.fixture
def account(cast) -> Account:
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def do(account, cast):
    """Go through a door as the librarian, and return the account as it became."""

    def do(door, *, by=None, now=NOW, **content):
        getattr(keeping, door)(account.pk, **{**DOORS.get(door, {}), **content}, by=by or cast.librarian, now=now)
        return Account.objects.get(pk=account.pk)

    return do


def test_writes_down_where_the_login_is(do):
    after = do("record_login", kept=" I valvet ", reached_by="Ansvarig och chefen")
    assert (after.login_kept, after.login_reached_by) == ("I valvet", "Ansvarig och chefen")
    assert after.login_verified_on == TODAY
    assert after.history.first().history_change_reason == "Antecknade var inloggningen finns"


@pytest.mark.parametrize("field", ["kept", "reached_by"])
def test_password_is_refused_and_never_written(do, account, field):
    with pytest.raises(RefusedError, match="ser ut som ett lösenord") as refusal:
        do("record_login", **{field: "lösenord: Sommar2024!"})
    assert refusal.value.field == field
    assert account.history.count() == 1


@pytest.mark.parametrize("field", ["kept", "reached_by"])
def test_half_a_note_is_refused(do, field):
    with pytest.raises(RefusedError, match="Fyll i både"):
        do("record_login", **{field: "  "})


def test_verifies_on_another_day(do):
    do("record_login")
    assert do("verify_login", now=NOW + timedelta(days=300)).login_verified_on == TODAY + timedelta(days=300)


def test_verified_twice_in_a_day_writes_one_row(do, account):
    do("record_login")
    do("verify_login")
    assert account.history.count() == 2


def test_nothing_written_cannot_be_verified(do):
    with pytest.raises(RefusedError, match="Skriv först"):
        do("verify_login")


@pytest.mark.parametrize(("sender", "logo"), [(True, True), (True, False), (False, True)])
def test_confirms_what_the_profile_shows(do, sender, logo):
    after = do("confirm_profile", sender=sender, logo=logo)
    assert (after.sender_confirmed_on, after.logo_confirmed_on) == (TODAY if sender else None, TODAY if logo else None)


def test_what_is_no_longer_so_is_taken_back(do):
    do("confirm_profile")
    assert do("confirm_profile", logo=False).logo_confirmed_on is None


def test_confirms_that_visitors_are_told(do):
    assert do("confirm_visitors_told").visitors_told_on == TODAY


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("person", ["assistant", "manager", "deputy", "communicator"])
def test_those_who_keep_the_account_may(do, cast, door, person):
    do("record_login")
    do(door, by=getattr(cast, person))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("person", ["head", "outsider", "administrator"])
def test_others_may_not(do, account, cast, door, person):
    with pytest.raises(PermissionDenied):
        do(door, by=getattr(cast, person))
    assert account.history.count() == 1


@pytest.mark.parametrize("door", DOORS)
def test_closed_account_stays_as_it_is(cast, door):
    closed = AccountFactory(unit=cast.library, status=AccountStatus.CLOSED, in_use_since=TODAY)
    with pytest.raises(RefusedError, match="avslutat"):
        getattr(keeping, door)(closed.pk, **DOORS[door], by=cast.communicator, now=NOW)


class TestAdministrators:
    def test_adds(self, account, cast):
        keeping.add_platform_administrator(account.pk, user=cast.assistant, by=cast.librarian, now=NOW)
        assert [row.user for row in account.platform_administrators.all()] == [cast.assistant]

    def test_refuses_one_who_has_left_and_one_who_is_there(self, account, cast):
        with pytest.raises(RefusedError, match="inte aktiv"):
            keeping.add_platform_administrator(
                account.pk, user=UserFactory(is_active=False), by=cast.librarian, now=NOW
            )
        PlatformAdministratorFactory(account=account, user=cast.assistant)
        with pytest.raises(RefusedError, match="Assistent Asp står redan"):
            keeping.add_platform_administrator(account.pk, user=cast.assistant, by=cast.librarian, now=NOW)

    def test_removes_and_keeps_the_story(self, account, cast):
        administrator = PlatformAdministratorFactory(account=account, user=cast.assistant)
        keeping.remove_platform_administrator(administrator.pk, by=cast.librarian, now=NOW)
        assert not account.platform_administrators.exists()
        assert PlatformAdministrator.history.filter(account=account).first().history_type == "-"

    def test_removed_is_removed(self, account, cast):
        administrator = PlatformAdministratorFactory(account=account, user=cast.assistant)
        keeping.remove_platform_administrator(administrator.pk, by=cast.librarian, now=NOW)
        with pytest.raises(RefusedError, match="redan borttagen"):
            keeping.remove_platform_administrator(administrator.pk, by=cast.librarian, now=NOW)

    @pytest.mark.parametrize("person", ["head", "outsider", "administrator"])
    def test_others_may_not(self, account, cast, person):
        administrator = PlatformAdministratorFactory(account=account, user=cast.assistant)
        by = getattr(cast, person)
        with pytest.raises(PermissionDenied):
            keeping.add_platform_administrator(account.pk, user=cast.librarian, by=by, now=NOW)
        with pytest.raises(PermissionDenied):
            keeping.remove_platform_administrator(administrator.pk, by=by, now=NOW)
        assert account.platform_administrators.count() == 1


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def add(self, account, cast, by):
        return keeping.add_platform_administrator(account.pk, user=cast.assistant, by=by, now=NOW)

    def test_one_person_is_added_once(self, account, cast, monkeypatch):
        meet_at(monkeypatch, keeping, "PlatformAdministrator")
        outcomes = race(lambda: self.add(account, cast, cast.librarian), lambda: self.add(account, cast, cast.manager))
        assert len(winners(outcomes)) == account.platform_administrators.count() == 1
        assert isinstance(losers(outcomes)[0], RefusedError)

    def test_without_the_lock_the_database_stops_the_second(self, account, cast, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, keeping, "PlatformAdministrator")
        outcomes = race(lambda: self.add(account, cast, cast.librarian), lambda: self.add(account, cast, cast.manager))
        assert isinstance(losers(outcomes)[0], IntegrityError)

    def test_one_is_removed_once(self, cast):
        administrator = account_in_order(cast).platform_administrators.first()
        calls = [
            lambda by=by: keeping.remove_platform_administrator(administrator.pk, by=by, now=NOW)
            for by in (cast.librarian, cast.manager)
        ]
        outcomes = race(*calls)
        assert len(winners(outcomes)) == 1
        assert isinstance(losers(outcomes)[0], RefusedError)
        assert PlatformAdministrator.history.filter(id=administrator.pk, history_type="-").count() == 1
