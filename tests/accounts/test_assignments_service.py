"""Who has which duty on which day: appointing, ending, and two at once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.enums import AccountStatus, Duty
from accounts.models import Account, Assignment
from accounts.services import assignments
from laholm_sociala.common.errors import RefusedError
from tests.clock import NOW, TODAY
from tests.factories import AccountFactory, AssignmentFactory, UserFactory
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
SINCE = (NOW - timedelta(days=25)).date()


@pytest.fixture
def account(cast) -> Account:
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant)


@pytest.fixture
def newcomer(cast):
    return UserFactory(name="Ny Nilsson", title="bibliotekarie", unit=cast.library)


@pytest.fixture
def appoint(account, cast):
    def appoint(user, duty=Duty.RESPONSIBLE, from_date=TODAY, *, by=None):
        return assignments.appoint(
            account.pk, duty=duty, user=user, from_date=from_date, by=by or cast.manager, now=NOW
        )

    return appoint


def end(assignment, last_day=TODAY, *, by=None):
    assignments.end(assignment.pk, last_day=last_day, by=by or assignment.account.unit.manager, now=NOW)


def held(account, duty=Duty.RESPONSIBLE) -> list[tuple[str, date, date | None]]:
    """Who had, has and will have the duty, in order."""
    rows = account.assignments.filter(duty=duty).order_by("from_date")
    return [(row.user.name, row.from_date, row.to_date) for row in rows.select_related("user")]


def test_takes_over_from_a_day(account, appoint, newcomer):
    appoint(newcomer, from_date=TOMORROW)
    assert held(account) == [("Bibliotekarie Björk", SINCE, TODAY), ("Ny Nilsson", TOMORROW, None)]


def test_what_began_the_same_day_never_was_but_stays_in_history(account, appoint, newcomer, cast):
    first = appoint(newcomer)
    appoint(cast.deputy)
    assert held(account) == [("Bibliotekarie Björk", SINCE, YESTERDAY), ("Ställföreträdare Sten", TODAY, None)]
    story = [row.history_change_reason for row in Assignment.history.filter(id=first.pk).order_by("history_id")]
    assert story == ["Utsedd till ansvarig", f"Byttes mot {cast.deputy.in_sentence}"]


def test_change_is_written_in_the_history_of_the_one_who_makes_way(account, appoint, newcomer, cast):
    appoint(newcomer)
    last = Assignment.history.filter(user=cast.librarian).first()
    assert (last.history_user, last.history_change_reason) == (cast.manager, f"Avlöst av {newcomer.in_sentence}")


def test_who_was_responsible_on_any_day(account, appoint, newcomer, cast):
    appoint(newcomer, from_date=TOMORROW)
    people = {day: [row.user for row in assignments.on_day(account, day)] for day in (TODAY, TOMORROW)}
    assert people == {TODAY: [cast.librarian, cast.assistant], TOMORROW: [newcomer, cast.assistant]}
    assert assignments.on_day(account, SINCE - timedelta(days=1)) == []


def test_planned_change_can_be_called_off_by_naming_the_first_again(account, appoint, newcomer, cast):
    appoint(newcomer, from_date=TOMORROW)
    appoint(cast.librarian, from_date=TOMORROW)
    assert held(account) == [("Bibliotekarie Björk", SINCE, TODAY), ("Bibliotekarie Björk", TOMORROW, None)]


@pytest.mark.parametrize("duty", Duty)
def test_empty_duty_is_filled(cast, newcomer, duty):
    account = AccountFactory(unit=cast.library)
    assignments.appoint(account.pk, duty=duty, user=newcomer, from_date=TODAY, by=cast.manager, now=NOW)
    assert held(account, duty) == [("Ny Nilsson", TODAY, None)]


class TestRefused:
    def test_day_that_has_passed(self, appoint, newcomer):
        with pytest.raises(RefusedError, match="tidigast i dag") as refusal:
            appoint(newcomer, from_date=YESTERDAY)
        assert refusal.value.field == "from_date"

    def test_person_who_has_left(self, appoint):
        with pytest.raises(RefusedError, match="inte aktiv"):
            appoint(UserFactory(is_active=False))

    def test_same_person_in_both_duties(self, account, appoint, cast):
        with pytest.raises(RefusedError, match="Assistent Asp är ersättare den tiden") as refusal:
            appoint(cast.assistant)
        assert refusal.value.field == "user"
        with pytest.raises(RefusedError, match="Bibliotekarie Björk är ansvarig den tiden"):
            appoint(cast.librarian, Duty.SUBSTITUTE)
        assert Assignment.objects.count() == 2

    def test_one_who_ends_before_may_take_the_other_duty(self, account, appoint, cast, newcomer):
        appoint(newcomer, from_date=TOMORROW)
        appoint(cast.librarian, Duty.SUBSTITUTE, TOMORROW)
        assert held(account, Duty.SUBSTITUTE)[-1] == ("Bibliotekarie Björk", TOMORROW, None)

    def test_one_who_has_the_duty_already(self, appoint, cast):
        with pytest.raises(RefusedError, match="har redan det uppdraget"):
            appoint(cast.librarian)

    def test_before_someone_who_is_named_for_a_later_day(self, account, appoint, newcomer, cast):
        appoint(newcomer, from_date=date(2026, 12, 1))
        before = held(account)
        with pytest.raises(RefusedError, match="Ny Nilsson är redan utsedd från tisdag 1 december") as refusal:
            appoint(cast.deputy, from_date=TOMORROW)
        assert refusal.value.field == "from_date"
        assert held(account) == before

    def test_closed_account(self, cast, newcomer):
        account = AccountFactory(unit=cast.library, status=AccountStatus.CLOSED, in_use_since=TODAY)
        with pytest.raises(RefusedError, match="avslutat"):
            assignments.appoint(
                account.pk, duty=Duty.RESPONSIBLE, user=newcomer, from_date=TODAY, by=cast.communicator, now=NOW
            )


@pytest.mark.parametrize("person", ["librarian", "assistant", "manager", "deputy", "communicator"])
def test_those_who_keep_the_account_may(appoint, newcomer, cast, person):
    appoint(newcomer, from_date=TOMORROW, by=getattr(cast, person))


@pytest.mark.parametrize("person", ["head", "outsider", "outsider_manager", "administrator"])
def test_others_may_not(account, appoint, newcomer, cast, person):
    with pytest.raises(PermissionDenied):
        appoint(newcomer, by=getattr(cast, person))
    with pytest.raises(PermissionDenied):
        end(account.assignments.first(), by=getattr(cast, person))
    assert Assignment.objects.count() == 2


class TestEnd:
    def test_substitute_ends_today(self, account):
        end(account.assignments.get(duty=Duty.SUBSTITUTE))
        assert held(account, Duty.SUBSTITUTE) == [("Assistent Asp", SINCE, TODAY)]

    def test_day_can_be_moved(self, account):
        substitute = account.assignments.get(duty=Duty.SUBSTITUTE)
        end(substitute, TODAY + timedelta(days=7))
        end(substitute, TODAY + timedelta(days=9))
        assert held(account, Duty.SUBSTITUTE) == [("Assistent Asp", SINCE, TODAY + timedelta(days=9))]

    def test_only_responsible_stays(self, account):
        with pytest.raises(RefusedError, match=r"Kontot måste ha en ansvarig.*onsdag 25 november eller tidigare"):
            end(account.assignments.get(duty=Duty.RESPONSIBLE))
        assert held(account) == [("Bibliotekarie Björk", SINCE, None)]

    def test_responsible_ends_when_another_is_named_from_the_next_day(self, account, appoint, newcomer, cast):
        appoint(newcomer, from_date=TOMORROW)
        end(account.assignments.get(user=cast.librarian), TODAY)
        assert held(account)[0] == ("Bibliotekarie Björk", SINCE, TODAY)

    def test_successor_who_has_left_is_nobody(self, account, appoint, newcomer, cast):
        appoint(newcomer, from_date=TOMORROW)
        newcomer.is_active = False
        newcomer.record(by=cast.administrator, now=NOW, reason="Prov")
        with pytest.raises(RefusedError, match="måste ha en ansvarig"):
            end(account.assignments.get(user=cast.librarian), TODAY)

    def test_gap_is_refused(self, account, appoint, newcomer, cast):
        appoint(newcomer, from_date=TODAY + timedelta(days=3))
        with pytest.raises(RefusedError, match="måste ha en ansvarig"):
            end(account.assignments.get(user=cast.librarian), TODAY)

    def test_somebody_elses_day_is_refused(self, account, appoint, newcomer, cast):
        appoint(newcomer, from_date=TOMORROW)
        with pytest.raises(RefusedError, match="Någon annan är utsedd den dagen") as refusal:
            end(account.assignments.get(user=cast.librarian), TODAY + timedelta(days=2))
        assert refusal.value.field == "last_day"

    def test_what_has_not_begun_is_taken_away(self, account, appoint, newcomer):
        planned = appoint(newcomer, Duty.SUBSTITUTE, TOMORROW)
        end(planned)
        assert held(account, Duty.SUBSTITUTE) == [("Assistent Asp", SINCE, TODAY)]

    def test_planned_responsible_stays_while_nobody_else_goes_on(self, account, appoint, newcomer):
        planned = appoint(newcomer, from_date=TOMORROW)
        with pytest.raises(RefusedError, match="måste ha en ansvarig"):
            end(planned)

    def test_ended_is_ended(self, account, cast, newcomer):
        ended = AssignmentFactory(
            account=account, user=newcomer, from_date=SINCE - timedelta(days=9), to_date=SINCE - timedelta(days=2)
        )
        with pytest.raises(RefusedError, match="redan avslutat"):
            end(ended, by=cast.manager)

    def test_day_that_has_passed_is_refused(self, account):
        with pytest.raises(RefusedError, match="tidigast i dag"):
            end(account.assignments.get(duty=Duty.SUBSTITUTE), YESTERDAY)


def test_database_refuses_two_people_on_one_day(account, newcomer):
    with pytest.raises(IntegrityError, match="one_person_per_duty_and_day"), transaction.atomic():
        AssignmentFactory(account=account, user=newcomer, from_date=YESTERDAY, to_date=TODAY)


def test_database_refuses_one_person_with_two_duties_on_one_day(cast):
    account = AccountFactory(unit=cast.library, substitute=cast.assistant)
    with pytest.raises(IntegrityError, match="one_duty_per_person_and_day"), transaction.atomic():
        AssignmentFactory(account=account, user=cast.assistant, from_date=SINCE - timedelta(days=4), to_date=SINCE)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_are_named_and_the_second_takes_over_from_the_first(
        self, account, appoint, newcomer, cast, monkeypatch
    ):
        meet_at(monkeypatch, assignments, "_refuse_both_duties")
        outcomes = race(lambda: appoint(newcomer), lambda: appoint(cast.deputy))
        assert len(winners(outcomes)) == 2
        assert len(held(account)) == 2, "the one who came first made way again"

    def test_without_the_lock_the_database_stops_the_second(self, account, appoint, newcomer, cast, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, assignments, "_make_way")  # both have read who has it now
        outcomes = race(lambda: appoint(newcomer), lambda: appoint(cast.deputy))
        assert len(winners(outcomes)) == 1
        assert isinstance(losers(outcomes)[0], IntegrityError)

    def test_successor_is_taken_away_while_the_first_ends(self, account, appoint, newcomer, cast, monkeypatch):
        successor = appoint(newcomer, from_date=TODAY + timedelta(days=5))
        moved = account.assignments.get(user=cast.librarian)
        meet_at(monkeypatch, assignments, "_refuse_nobody_responsible")
        outcomes = race(
            lambda: end(successor, by=cast.manager),
            lambda: end(moved, TODAY + timedelta(days=4), by=cast.librarian),
        )
        assert [type(error) for error in losers(outcomes)] == [RefusedError]
        assert len(held(account)) == 2
