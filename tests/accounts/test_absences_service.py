"""Absences: days, never a reason; one at a time for each person; what has been is not changed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, transaction

from accounts.models import Absence
from accounts.services import absences
from laholm_sociala.common.errors import RefusedError
from tests.clock import NOW, TODAY
from tests.factories import AbsenceFactory, UnitFactory, UserFactory
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)
FRIDAY = TODAY + timedelta(days=3)


def go_away(person, first=TOMORROW, last=FRIDAY, *, by=None, now=NOW) -> Absence:
    return absences.register(person.pk, from_date=first, to_date=last, by=by or person, now=now)


class TestRegister:
    def test_keeps_the_days_who_wrote_them_and_no_reason(self, cast):
        absence = go_away(cast.librarian)
        assert (absence.from_date, absence.to_date) == (TOMORROW, FRIDAY)
        (row,) = absence.history.all()
        assert (row.history_user, row.history_change_reason) == (cast.librarian, "Frånvaron antecknades")
        assert {field.name for field in Absence._meta.concrete_fields} == {"id", "user", "from_date", "to_date"}

    def test_may_begin_today_and_last_until_further_notice(self, cast):
        assert go_away(cast.librarian, TODAY, None).to_date is None

    @pytest.mark.parametrize("who", ["manager", "deputy", "head"])
    def test_those_who_lead_the_persons_unit_register_it(self, cast, who):
        assert go_away(cast.librarian, by=getattr(cast, who)).user == cast.librarian

    @pytest.mark.parametrize("who", ["assistant", "outsider", "outsider_manager", "communicator", "administrator"])
    def test_nobody_else_does(self, cast, who):
        with pytest.raises(PermissionDenied):
            go_away(cast.librarian, by=getattr(cast, who))
        assert not Absence.objects.exists()

    def test_what_has_been_is_not_changed(self, cast):
        with pytest.raises(RefusedError, match="tidigast i dag") as refused:
            go_away(cast.librarian, TODAY - timedelta(days=1))
        assert refused.value.field == "from_date"

    def test_the_last_day_is_not_before_the_first(self, cast):
        with pytest.raises(RefusedError, match="före den första") as refused:
            go_away(cast.librarian, FRIDAY, TOMORROW)
        assert refused.value.field == "to_date"

    @pytest.mark.parametrize(("first", "last"), [(FRIDAY, None), (TODAY, TOMORROW), (TODAY, None)])
    def test_away_once_a_day(self, cast, first, last):
        go_away(cast.librarian)
        with pytest.raises(RefusedError, match="onsdag 25 november till fredag 27 november"):
            go_away(cast.librarian, first, last)
        go_away(cast.assistant, first, last)

    def test_the_database_refuses_two_absences_at_once_as_well(self, cast):
        AbsenceFactory(user=cast.librarian, from_date=TOMORROW, to_date=FRIDAY)
        with pytest.raises(IntegrityError, match="away_once_a_day"), transaction.atomic():
            AbsenceFactory(user=cast.librarian, from_date=FRIDAY)
        with pytest.raises(IntegrityError, match="absence_dates_in_order"), transaction.atomic():
            AbsenceFactory(user=cast.assistant, from_date=FRIDAY, to_date=TOMORROW)


class TestChange:
    def test_moves_the_days(self, cast):
        absence = go_away(cast.librarian)
        absences.change(absence.pk, from_date=FRIDAY, to_date=None, by=cast.manager, now=NOW)
        absence.refresh_from_db()
        assert (absence.from_date, absence.to_date) == (FRIDAY, None)
        assert absence.history.first().history_change_reason == "Dagarna ändrades"

    def test_once_begun_only_the_last_day_moves(self, cast):
        absence = go_away(cast.librarian, TODAY, FRIDAY)
        later = NOW + timedelta(days=1)
        with pytest.raises(RefusedError, match="har börjat"):
            absences.change(absence.pk, from_date=TOMORROW, to_date=FRIDAY, by=cast.librarian, now=later)
        absences.change(absence.pk, from_date=TODAY, to_date=TOMORROW, by=cast.librarian, now=later)

    def test_neither_end_moves_into_what_has_been(self, cast):
        absence = go_away(cast.librarian)
        yesterday = TODAY - timedelta(days=1)
        with pytest.raises(RefusedError, match="tidigast i dag") as refused:
            absences.change(absence.pk, from_date=yesterday, to_date=FRIDAY, by=cast.librarian, now=NOW)
        assert refused.value.field == "from_date"
        with pytest.raises(RefusedError, match="tidigast i dag") as refused:
            absences.change(absence.pk, from_date=TOMORROW, to_date=yesterday, by=cast.librarian, now=NOW)
        assert refused.value.field == "to_date"

    def test_one_that_is_over_stays(self, cast):
        absence = go_away(cast.librarian, TODAY, TODAY)
        later = NOW + timedelta(days=1)
        with pytest.raises(RefusedError, match="redan över"):
            absences.change(absence.pk, from_date=TODAY, to_date=FRIDAY, by=cast.librarian, now=later)

    def test_not_into_another_absence(self, cast):
        absence = go_away(cast.librarian)
        go_away(cast.librarian, FRIDAY + timedelta(days=1), None)
        with pytest.raises(RefusedError, match="redan en frånvaro"):
            absences.change(absence.pk, from_date=TOMORROW, to_date=None, by=cast.librarian, now=NOW)

    def test_nobody_elses(self, cast):
        absence = go_away(cast.librarian)
        with pytest.raises(PermissionDenied):
            absences.change(absence.pk, from_date=FRIDAY, to_date=None, by=cast.assistant, now=NOW)


class TestEnd:
    def test_back_today(self, cast):
        absence = go_away(cast.librarian, TODAY, FRIDAY)
        absences.end(absence.pk, by=cast.manager, now=NOW + timedelta(days=2))
        absence.refresh_from_db()
        assert absence.to_date == TOMORROW

    @pytest.mark.parametrize("first", [TODAY, TOMORROW])
    def test_what_has_not_been_a_day_is_taken_away_and_remembered(self, cast, first):
        absence = go_away(cast.librarian, first)
        absences.end(absence.pk, by=cast.librarian, now=NOW)
        assert not Absence.objects.exists()
        assert Absence.history.first().history_change_reason == "Frånvaron togs bort"

    def test_not_twice(self, cast):
        absence = go_away(cast.librarian, TODAY, FRIDAY)
        later = NOW + timedelta(days=2)
        absences.end(absence.pk, by=cast.librarian, now=later)
        with pytest.raises(RefusedError, match="redan över"):
            absences.end(absence.pk, by=cast.librarian, now=later)

    def test_nobody_elses(self, cast):
        absence = go_away(cast.librarian)
        with pytest.raises(PermissionDenied):
            absences.end(absence.pk, by=cast.communicator, now=NOW)


def test_one_leads_the_units_right_below_too(cast):
    below = UserFactory(unit=UnitFactory(parent=cast.library, board=cast.culture_board))
    assert go_away(below, by=cast.manager).user == below
    with pytest.raises(PermissionDenied):
        go_away(below, FRIDAY + timedelta(days=1), None, by=cast.head)


@pytest.fixture
def two_at_once(cast, monkeypatch):
    def register_twice():
        meet_at(monkeypatch, Absence, "record")
        return race(lambda: go_away(cast.librarian), lambda: go_away(cast.librarian, by=cast.manager))

    return register_twice


@pytest.mark.django_db(transaction=True)
def test_person_and_manager_at_the_same_moment_write_one_absence(two_at_once):
    outcomes = two_at_once()
    assert len(winners(outcomes)) == 1
    assert [type(error) for error in losers(outcomes)] == [RefusedError]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_second_meets_the_database(two_at_once, monkeypatch):
    take_the_lock_away(monkeypatch)
    # Two that insert at the very same moment wait for each other: PostgreSQL then ends one as a deadlock.
    (error,) = losers(two_at_once())
    assert isinstance(error, (IntegrityError, OperationalError))
