"""Boards, units, and who leads them (R02, R03). Everyone but administrators is refused with PermissionDenied."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.enums import AccountStatus
from accounts.models import Board, Deputy, Unit, User
from accounts.services.administration import enter_administration, put, record_or_refuse
from accounts.services.register import follow_unit
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.swedish import join_in_words

CHANGED: Final = "Uppgifterna ändrades"


@dataclass(frozen=True)
class UnitDetails:
    """What is written down about a unit."""

    name: str
    board: Board
    parent: Unit | None = None
    email: str = ""
    manager: User | None = None
    is_culture_and_leisure: bool = False
    is_communications: bool = False
    active: bool = True

    def values(self) -> dict[str, object]:
        """Return the unit's fields."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@transaction.atomic
def add_board(*, name: str, public_name: str, order: int, by: User, now: datetime) -> Board:
    """Add a nämnd (R02). Raises RefusedError when there is one with that name."""
    enter_administration(by)
    board = Board(name=name, public_name=public_name, order=order)
    _record_board(board, by=by, now=now, reason="Nämnden lades till")
    return board


@transaction.atomic
def change_board(board_id: UUID, *, name: str, public_name: str, order: int, by: User, now: datetime) -> Board:
    """Change a nämnd. Raises RefusedError when another has that name."""
    enter_administration(by)
    board: Board = Board.objects.select_for_update(no_key=True).get(pk=board_id)
    if put(board, {"name": name, "public_name": public_name, "order": order}):
        _record_board(board, by=by, now=now, reason=CHANGED)
    return board


@transaction.atomic
def add_unit(details: UnitDetails, *, by: User, now: datetime) -> Unit:
    """Add a förvaltning or a verksamhet (R02).

    Raises RefusedError when it does not fit where it is put, when the name or the role of kommunikationsenheten is
    taken, or when the address is a person's.
    """
    enter_administration(by)
    unit = Unit(**details.values())
    _refuse_misplaced(unit)
    _record_unit(unit, by=by, now=now, reason="Verksamheten lades till")
    return unit


@transaction.atomic
def change_unit(unit_id: UUID, details: UnitDetails, *, by: User, now: datetime) -> Unit:
    """Change a unit. With a new board, what lies under it and its accounts move along (R02).

    Raises RefusedError as `add_unit`, and when it would be inactive while something still belongs to it.
    """
    enter_administration(by)
    # A plain FOR UPDATE: an uppstart or account that is being written for the unit right now is waited for.
    unit: Unit = Unit.objects.select_for_update().get(pk=unit_id)
    was_active, old_board = unit.active, unit.board_id
    if not put(unit, details.values()):
        return unit
    _refuse_misplaced(unit)
    if was_active and not unit.active:
        _refuse_while_in_use(unit)
    _record_unit(unit, by=by, now=now, reason=CHANGED)
    if unit.board_id != old_board:
        _move_along(unit, by=by, now=now)
    return unit


@transaction.atomic
def add_deputy(unit_id: UUID, *, user: User, from_date: date, to_date: date | None, by: User, now: datetime) -> Deputy:
    """Name a ställföreträdande chef from one day to another, or until further notice (R03).

    Raises RefusedError when the dates are in the past or the wrong way round, when the person is the manager or has
    left, or is deputy there already in that time.
    """
    enter_administration(by)
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
    if from_date < timezone.localdate(now):
        raise RefusedError("Ett ställföreträdarskap kan börja tidigast i dag.", field="from_date")
    if to_date is not None and to_date < from_date:
        raise RefusedError("Sista dagen ligger före den första. Rätta datumen.", field="to_date")
    if user.pk == unit.manager_id or not _is_active(user.pk):
        raise RefusedError("Välj någon som är aktiv och inte redan är chef för verksamheten.", field="user")
    _refuse_second_deputyship(unit, user, from_date, to_date)
    deputy = Deputy(unit=unit, user=user, from_date=from_date, to_date=to_date)
    deputy.record(by=by, now=now, reason="Ställföreträdande chef utsågs")
    return deputy


@transaction.atomic
def end_deputy(deputy_id: UUID, *, by: User, now: datetime) -> None:
    """End a deputyship with today as its last day; take away one that has not begun.

    Raises RefusedError when it has ended, or ends today as it is.
    """
    enter_administration(by)
    deputy = Deputy.objects.select_for_update().get(pk=deputy_id)
    today = timezone.localdate(now)
    if deputy.from_date > today:
        deputy.erase(by=by, now=now, reason="Ställföreträdarskapet togs bort innan det började")
        return
    if deputy.to_date is not None and deputy.to_date <= today:
        raise RefusedError("Ställföreträdarskapet är redan avslutat.")
    deputy.to_date = today
    deputy.record(by=by, now=now, reason="Ställföreträdarskapet avslutades")


def _record_board(board: Board, *, by: User, now: datetime, reason: str) -> None:
    taken = RefusedError(f"Det finns redan en nämnd som heter {board.name}.", field="name")
    record_or_refuse(board, {"accounts_board_name_key": taken}, by=by, now=now, reason=reason)


def _record_unit(unit: Unit, *, by: User, now: datetime, reason: str) -> None:
    taken = {
        "unit_name_once_per_board": RefusedError(
            f"{unit.board} har redan en verksamhet som heter {unit.name}.", field="name"
        ),
        "one_communications_unit": RefusedError(
            "En annan verksamhet är redan kommunikationsenheten. Ändra den först.", field="is_communications"
        ),
    }
    record_or_refuse(unit, taken, by=by, now=now, reason=reason)


def _refuse_misplaced(unit: Unit) -> None:
    """Raise RefusedError when the unit's place in the tree, its manager or its address cannot be right."""
    if unit.email and User.objects.people().filter(email__iexact=unit.email).exists():
        raise RefusedError(f"{unit.email} är en persons adress. Skriv verksamhetens funktionsadress.", field="email")
    # What a form holds may be older than the lock, so parent and manager are read again.
    if unit.manager_id and not _is_active(unit.manager_id):
        raise RefusedError("Chefen är inaktiv. Välj en annan chef, eller ingen.", field="manager")
    if unit.parent_id is None:
        return
    parent = Unit.objects.select_related("board").get(pk=unit.parent_id)
    if parent.board_id != unit.board_id:
        raise RefusedError(
            f"{parent} hör till {parent.board}. Välj samma nämnd, eller en annan verksamhet.", field="parent"
        )
    if unit.active and not parent.active:
        raise RefusedError(f"{parent} är inaktiv. Välj en annan verksamhet, eller gör den aktiv först.", field="parent")
    if unit in _upwards(parent):
        raise RefusedError(f"{unit} kan inte höra till sig själv eller till något under sig.", field="parent")


def _is_active(person_id: UUID) -> bool:
    return User.objects.active().filter(pk=person_id).exists()


def _upwards(unit: Unit | None) -> Iterator[Unit]:
    """Yield the unit and those above it, of whom there are few."""
    while unit is not None:
        yield unit
        unit = unit.parent


def _refuse_while_in_use(unit: Unit) -> None:
    left = [
        *(child.name for child in unit.children.filter(active=True)),
        *(
            f"kontot {account}"
            for account in unit.accounts.exclude(status=AccountStatus.CLOSED).select_related("platform")
        ),
        *(f"uppstarten av {application}" for application in unit.applications.open().select_related("platform")),
    ]
    if left:
        raise RefusedError(
            f"{unit} kan inte bli inaktiv än. Kvar finns {join_in_words(left)}. Flytta eller avsluta det först.",
            field="active",
        )


def _move_along(unit: Unit, *, by: User, now: datetime) -> None:
    follow_unit(unit, by=by, now=now)
    for child in unit.children.select_for_update():
        child.board = unit.board
        _record_unit(child, by=by, now=now, reason=f"Följde med {unit.name} till {unit.board}")
        _move_along(child, by=by, now=now)


def _refuse_second_deputyship(unit: Unit, user: User, from_date: date, to_date: date | None) -> None:
    same_time = Q(to_date__isnull=True) | Q(to_date__gte=from_date)
    if to_date is not None:
        same_time &= Q(from_date__lte=to_date)
    if unit.deputies.filter(same_time, user=user).exists():
        raise RefusedError("Personen är redan ställföreträdande chef under den tiden.", field="user")
