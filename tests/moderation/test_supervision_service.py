"""Looking through accounts: by those who keep them, today, on working days, and written down once (R09)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import AccountStatus
from accounts.models import Account
from laholm_sociala.common.errors import RefusedError
from moderation.models import SupervisionCheck
from moderation.services import supervision
from moderation.supervision import missed_lately, to_check, with_missed
from tests.clock import NOW, TODAY
from tests.factories import AbsenceFactory, AccountFactory
from tests.moderation.factories import library_account
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db
SATURDAY = NOW + timedelta(days=4)


def check(*accounts, by, now=NOW):
    return supervision.check([account.pk for account in accounts], by=by, now=now)


def checked() -> list[tuple]:
    return list(SupervisionCheck.objects.order_by("account__name").values_list("account__name", "day", "by__name"))


def waiting(person, now=NOW) -> list[str]:
    return [account.name for account in to_check(person, now)]


def test_writes_down_account_day_and_person(cast):
    account = library_account(cast, name="Boktips")
    assert check(account, by=cast.librarian) == [account]
    assert checked() == [("Boktips", TODAY, "Bibliotekarie Björk")]


@pytest.mark.parametrize("who", ["librarian", "assistant", "manager", "deputy", "communicator"])
def test_anyone_who_keeps_the_account_may(cast, who):
    assert check(library_account(cast), by=getattr(cast, who))


@pytest.mark.parametrize("who", ["head", "outsider", "administrator"])
def test_nobody_else_may_and_then_nothing_is_written(cast, who):
    own = AccountFactory(unit=cast.building_permits, active=True, responsible=getattr(cast, who))
    with pytest.raises(PermissionDenied):
        check(own, library_account(cast), by=getattr(cast, who))
    assert checked() == []


def test_all_at_once_and_again_what_was_left(cast):
    accounts = [library_account(cast, name=name) for name in ("Arkivet", "Boktips", "Cirkeln")]
    assert len(check(*accounts[:2], by=cast.librarian)) == 2
    assert check(*accounts, by=cast.assistant, now=NOW + timedelta(hours=1)) == [accounts[2]]
    assert [person for _name, _day, person in checked()] == ["Bibliotekarie Björk"] * 2 + ["Assistent Asp"]


def test_each_day_anew(cast):
    account = library_account(cast, name="Boktips")
    check(account, by=cast.librarian)
    assert waiting(cast.librarian) == []
    tomorrow = NOW + timedelta(days=1)
    assert waiting(cast.librarian, tomorrow) == ["Boktips"]
    assert check(account, by=cast.librarian, now=tomorrow) == [account]


def test_days_off_have_no_supervision(cast):
    account = library_account(cast)
    assert waiting(cast.librarian, SATURDAY) == []
    with pytest.raises(RefusedError, match="ingen arbetsdag"):
        check(account, by=cast.librarian, now=SATURDAY)


@pytest.mark.parametrize("status", [AccountStatus.PLANNED, AccountStatus.CLOSED])
def test_only_what_is_on_the_platform(cast, status):
    account = AccountFactory(unit=cast.library, responsible=cast.librarian, status=status, in_use_since=TODAY)
    with pytest.raises(RefusedError, match="inte i bruk"):
        check(account, by=cast.librarian)


def test_nothing_ticked(cast):
    with pytest.raises(RefusedError, match="Markera"):
        check(by=cast.librarian)


def test_waits_for_the_one_on_duty(cast):
    library_account(cast, name="Boktips")
    assert (waiting(cast.librarian), waiting(cast.assistant), waiting(cast.manager)) == (["Boktips"], [], [])
    AbsenceFactory(user=cast.librarian, from_date=TODAY, to_date=TODAY)
    assert (waiting(cast.librarian), waiting(cast.assistant)) == ([], ["Boktips"])


def test_what_is_written_stays(cast):
    check(library_account(cast), by=cast.librarian)
    for change in (lambda: SupervisionCheck.objects.update(by=cast.assistant), SupervisionCheck.objects.all().delete):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            change()


class TestMissed:
    def names(self, condition) -> list[str]:
        return list(Account.objects.filter(condition).values_list("name", flat=True))

    def test_last_working_day_is_asked_for_until_today_is_done(self, cast):
        account = library_account(cast, name="Boktips")
        assert self.names(missed_lately(NOW)) == ["Boktips"]
        check(account, by=cast.librarian)
        assert self.names(missed_lately(NOW)) == []

    def test_on_monday_friday_is_asked_for(self, cast):
        check(library_account(cast), by=cast.librarian, now=NOW + timedelta(days=3))
        assert self.names(missed_lately(NOW + timedelta(days=6))) == []
        assert self.names(missed_lately(NOW + timedelta(days=7))) != []

    def test_new_account_has_missed_nothing(self, cast):
        library_account(cast, in_use_since=TODAY)
        library_account(cast, registered_at=NOW)
        assert self.names(missed_lately(NOW)) == []
        assert not with_missed(Account.objects.all(), NOW).exists()

    def test_counts_the_working_days_since_the_account_began(self, cast):
        account = library_account(cast, name="Boktips", in_use_since=date(2026, 11, 18))
        for days in (1, 4):  # Monday 23 and Friday 20
            check(account, by=cast.librarian, now=NOW - timedelta(days=days))
        (found,) = with_missed(Account.objects.all(), NOW)
        assert (found, found.missed) == (account, 2)

    def test_one_query_however_many(self, cast):
        library_account(cast)
        library_account(cast)
        accounts = with_missed(Account.objects.all(), NOW)
        with CaptureQueriesContext(connection) as captured:
            assert len(accounts) == 2
        assert len(captured) == 1


@pytest.fixture
def two_at_once(cast, monkeypatch):
    def press_twice():
        account = library_account(cast)
        meet_at(monkeypatch, supervision, "_refuse")
        meet_at(monkeypatch, SupervisionCheck.objects, "bulk_create")
        return race(lambda: check(account, by=cast.librarian), lambda: check(account, by=cast.assistant))

    return press_twice


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_moment_are_harmless(two_at_once):
    outcomes = two_at_once()
    assert losers(outcomes) == []
    assert sorted(len(found) for found in winners(outcomes)) == [0, 1]
    assert SupervisionCheck.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_second_breaks_off(two_at_once, monkeypatch):
    take_the_lock_away(monkeypatch)
    assert [type(error) for error in losers(two_at_once())] == [IntegrityError]
