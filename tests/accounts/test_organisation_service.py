"""Boards, units, managers and deputies: what may be changed into what (R02, R03)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import AccountStatus
from accounts.models import Account, Deputy, Unit
from accounts.services import organisation
from accounts.services.organisation import UnitDetails
from laholm_sociala.common.errors import RefusedError
from tests.factories import AccountFactory, ApplicationFactory, UnitFactory, UserFactory
from tests.race import losers, meet_at, race, take_the_lock_away, winners


def details_of(unit: Unit, **other) -> UnitDetails:
    values = {name: getattr(unit, name) for name in UnitDetails.__dataclass_fields__}
    return UnitDetails(**{**values, **other})


@pytest.fixture
def change(cast, now):
    """Change a unit as the administrator."""

    def do(unit: Unit, **other) -> Unit:
        return organisation.change_unit(unit.pk, details_of(unit, **other), by=cast.administrator, now=now)

    return do


@pytest.fixture
def refused(change):
    """Try to change a unit, and return the field that is at fault and the sentence."""

    def do(unit: Unit, **other) -> tuple[str | None, str]:
        with pytest.raises(RefusedError) as refusal:
            change(unit, **other)
        return refusal.value.field, str(refusal.value)

    return do


@pytest.mark.django_db
class TestWhoMay:
    @pytest.mark.parametrize("who", ["manager", "head", "communicator"])
    def test_only_administrators(self, cast, now, today, who):
        by = getattr(cast, who)
        unit, board = cast.library, cast.culture_board
        for change in (
            lambda: organisation.add_board(name="Ny", public_name="Ny", order=1, by=by, now=now),
            lambda: organisation.change_board(board.pk, name="Ny", public_name="Ny", order=1, by=by, now=now),
            lambda: organisation.add_unit(details_of(unit, name="ny"), by=by, now=now),
            lambda: organisation.change_unit(unit.pk, details_of(unit, name="ny"), by=by, now=now),
            lambda: organisation.add_deputy(unit.pk, user=by, from_date=today, to_date=None, by=by, now=now),
            lambda: organisation.end_deputy(Deputy.objects.get().pk, by=by, now=now),
        ):
            with pytest.raises(PermissionDenied):
                change()


@pytest.mark.django_db
class TestPlace:
    def test_unit_cannot_lie_under_itself(self, cast, refused):
        below = UnitFactory(parent=cast.library, board=cast.culture_board)
        for parent in (cast.culture_department, cast.library, below):
            assert refused(cast.culture_department, parent=parent) == (
                "parent",
                "Kultur- och utvecklingsförvaltningen kan inte höra till sig själv eller till något under sig.",
            )

    def test_board_is_the_parents(self, cast, refused):
        field, _sentence = refused(cast.library, parent=cast.building_department)
        assert field == "parent"

    def test_parent_is_active(self, cast, refused):
        gone = UnitFactory(board=cast.culture_board, active=False)
        assert refused(cast.library, parent=gone)[0] == "parent"

    def test_name_is_had_once_a_board(self, cast, refused):
        assert refused(cast.library, name=cast.culture_department.name) == (
            "name",
            "Kultur- och utvecklingsnämnden har redan en verksamhet som heter kultur- och utvecklingsförvaltningen.",
        )

    def test_one_is_kommunikationsenheten(self, cast, refused):
        assert refused(cast.library, is_communications=True) == (
            "is_communications",
            "En annan verksamhet är redan kommunikationsenheten. Ändra den först.",
        )

    def test_persons_address_is_refused(self, cast, refused):
        assert refused(cast.library, email=cast.manager.email.upper())[0] == "email"

    def test_manager_who_has_left_is_refused(self, cast, refused):
        assert refused(cast.library, manager=UserFactory(is_active=False))[0] == "manager"


@pytest.mark.django_db
class TestNewBoard:
    def test_what_lies_under_it_and_the_accounts_move_along(self, cast, change):
        below = UnitFactory(name="ungdomens hus", parent=cast.library, board=cast.culture_board)
        account = AccountFactory(unit=below)
        change(cast.culture_department, board=cast.executive_board)
        moved = Unit.objects.filter(pk__in=[cast.culture_department.pk, cast.library.pk, below.pk])
        assert set(moved.values_list("board", flat=True)) == {cast.executive_board.pk}
        assert Account.objects.get(pk=account.pk).board == cast.executive_board
        assert [row.history_change_reason for row in below.history.all()] == [
            "Följde med biblioteket till Kommunstyrelsen",
            "Upplagt för prov",
        ]

    def test_name_taken_there_moves_nothing(self, cast, refused):
        UnitFactory(name="biblioteket", board=cast.executive_board)
        assert refused(cast.culture_department, board=cast.executive_board)[0] == "name"
        assert Unit.objects.get(pk=cast.culture_department.pk).board == cast.culture_board


@pytest.mark.django_db
class TestInactive:
    def test_says_all_that_is_left(self, cast, refused):
        UnitFactory(name="ungdomens hus", parent=cast.library, board=cast.culture_board)
        AccountFactory(unit=cast.library, name="Laholms bibliotek")
        ApplicationFactory(unit=cast.library, account_name="Bokbussen")
        assert refused(cast.library, active=False) == (
            "active",
            (
                "Biblioteket kan inte bli inaktiv än. Kvar finns ungdomens hus, kontot Laholms bibliotek på Facebook "
                "och uppstarten av Bokbussen på Instagram. Flytta eller avsluta det först."
            ),
        )

    def test_what_is_over_does_not_hold_it(self, cast, change):
        UnitFactory(parent=cast.library, board=cast.culture_board, active=False)
        AccountFactory(unit=cast.library, active=True, status=AccountStatus.CLOSED)
        assert not change(cast.library, active=False).active

    def test_unit_that_is_inactive_already_can_be_changed(self, cast, change, now):
        gone = UnitFactory(name="kulturskolan", board=cast.culture_board, active=False)
        AccountFactory(unit=gone)
        assert change(gone, email="nytt@laholm.example").email == "nytt@laholm.example"

    def test_not_active_again_under_an_inactive_one(self, cast, refused):
        parent = UnitFactory(board=cast.culture_board, active=False)
        child = UnitFactory(parent=parent, board=cast.culture_board, active=False)
        assert refused(child, active=True)[0] == "parent"


@pytest.mark.django_db
class TestDeputy:
    @pytest.fixture
    def name(self, cast, now, today):
        def do(*, user=None, first=0, last=None):
            return organisation.add_deputy(
                cast.library.pk,
                user=user or cast.assistant,
                from_date=today + timedelta(days=first),
                to_date=None if last is None else today + timedelta(days=last),
                by=cast.administrator,
                now=now,
            )

        return do

    def test_named(self, name, cast, today):
        deputy = name(first=0, last=5)
        assert list(Unit.objects.led_by(cast.assistant, today)) == [cast.library]
        assert deputy.history.get().history_change_reason == "Ställföreträdande chef utsågs"

    @pytest.mark.parametrize(("first", "last", "field"), [(-1, None, "from_date"), (3, 2, "to_date")])
    def test_dates_that_cannot_be(self, name, first, last, field):
        with pytest.raises(RefusedError) as refusal:
            name(first=first, last=last)
        assert refusal.value.field == field

    def test_not_the_manager_or_someone_who_has_left(self, name, cast):
        for user in (cast.manager, UserFactory(is_active=False)):
            with pytest.raises(RefusedError, match="Välj någon som är aktiv"):
                name(user=user)

    @pytest.mark.parametrize(
        ("first", "last", "overlaps"),
        [
            (0, 4, False),
            (0, 5, True),
            (5, 10, True),
            (10, 12, True),
            (11, 12, False),
            (11, None, False),
            (0, None, True),
        ],
    )
    def test_twice_at_the_same_time_is_refused(self, name, first, last, overlaps):
        name(first=5, last=10)
        if overlaps:
            with pytest.raises(RefusedError, match="redan ställföreträdande"):
                name(first=first, last=last)
        else:
            name(first=first, last=last)

    def test_ends_today(self, name, cast, now, today):
        deputy = name()
        organisation.end_deputy(deputy.pk, by=cast.administrator, now=now)
        deputy.refresh_from_db()
        assert deputy.to_date == today
        with pytest.raises(RefusedError, match="redan avslutat"):
            organisation.end_deputy(deputy.pk, by=cast.administrator, now=now)

    def test_one_to_come_goes_and_its_history_stays(self, name, cast, now):
        deputy = name(first=1)
        organisation.end_deputy(deputy.pk, by=cast.administrator, now=now)
        assert not Deputy.objects.filter(pk=deputy.pk).exists()
        assert [row.history_type for row in Deputy.history.filter(id=deputy.pk)] == ["-", "+"]


@pytest.mark.django_db(transaction=True)
class TestRace:
    """Two units that at the same moment are put under each other."""

    @pytest.fixture
    def two(self, cast):
        return UnitFactory(name="ett", board=cast.culture_board), UnitFactory(name="två", board=cast.culture_board)

    def put_under_each_other(self, cast, two, now):
        one, other = two
        return race(
            lambda: organisation.change_unit(
                one.pk, replace(details_of(one), parent=Unit.objects.get(pk=other.pk)), by=cast.administrator, now=now
            ),
            lambda: organisation.change_unit(
                other.pk, replace(details_of(other), parent=Unit.objects.get(pk=one.pk)), by=cast.administrator, now=now
            ),
        )

    def test_one_gets_there(self, cast, two, now, monkeypatch):
        meet_at(monkeypatch, organisation, "_record_unit")
        outcomes = self.put_under_each_other(cast, two, now)
        assert len(winners(outcomes)) == 1
        assert [error.field for error in losers(outcomes)] == ["parent"]

    def test_without_the_lock_there_would_be_a_circle(self, cast, two, now, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, organisation, "_record_unit")
        assert len(winners(self.put_under_each_other(cast, two, now))) == 2
