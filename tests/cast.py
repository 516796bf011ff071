"""The same people in every test, named by what they do.

Two boards with a förvaltning each, and kommunikationsenheten. The library's librarian applies, its assistant is the
substitute, its manager decides, and the deputy decides in the manager's place. The outsiders belong to another board.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import connection

from accounts.models import Board, Unit, User
from tests.clock import NOW
from tests.factories import BoardFactory, DeputyFactory, RoleAssignmentFactory, UnitFactory, UserFactory


@dataclass(frozen=True)
class Cast:
    """Kultur- och utvecklingsnämnden with Biblioteket, miljö- och byggnadsnämnden, and the municipality's own."""

    culture_board: Board
    building_board: Board
    executive_board: Board
    culture_department: Unit
    library: Unit
    building_department: Unit
    building_permits: Unit
    communications: Unit

    head: User  # förvaltningschef, above the library's manager
    manager: User  # enhetschef for Biblioteket
    deputy: User  # ställföreträdande chef for Biblioteket
    librarian: User  # bibliotekarie: applies, and is responsible
    assistant: User  # biblioteksassistent: substitute
    outsider: User  # bygglovshandläggare, of another board
    outsider_manager: User  # bygglovschef
    communicator: User  # kommunikatör, role kommunikationsenheten
    administrator: User  # role administratör


def gather_cast() -> Cast:
    """Write the cast to the database: the first time by the factories, and then with the same statements again.

    Saving some forty records one by one takes longer than most tests do.
    """
    if not _kept:
        statements: list[str] = []
        with connection.execute_wrapper(partial(_take_down, statements)):
            people = pickle.dumps(_write_cast())
        _kept.append((";".join(statements), people))
    else:
        with connection.cursor() as cursor:
            cursor.execute(_kept[0][0])
    return pickle.loads(_kept[0][1])


_kept: list[tuple[str, bytes]] = []  # once written: what was sent to the database, and the people as they then were


def _take_down(statements: list[str], execute: Callable[..., Any], sql: str, *args: Any) -> Any:
    params, _many, context = args
    if sql.startswith(("INSERT", "UPDATE")):
        statements.append(context["cursor"].cursor.mogrify(sql, params))
    return execute(sql, *args)


def _write_cast() -> Cast:
    culture = BoardFactory(name="Kultur- och utvecklingsnämnden", public_name="Kultur och utveckling", order=20)
    building = BoardFactory(name="Miljö- och byggnadsnämnden", public_name="Miljö och byggnad", order=30)
    executive = BoardFactory(name="Kommunstyrelsen", public_name="Kommunen", order=10)

    head = _person("forvaltningschef", "Förvaltningschef Frisk", "förvaltningschef")
    manager = _person("enhetschef", "Enhetschef Ek", "enhetschef")
    outsider_manager = _person("bygglovschef", "Bygglovschef Berg", "enhetschef")

    culture_department = _unit("kultur- och utvecklingsförvaltningen", "kultur", board=culture, manager=head)
    library = _unit(
        "biblioteket",
        "biblioteket",
        board=culture,
        manager=manager,
        parent=culture_department,
        is_culture_and_leisure=True,
    )
    building_department = _unit("miljö- och byggnadsförvaltningen", "miljo", board=building)
    permits = _unit("bygglov", "bygglov", board=building, manager=outsider_manager, parent=building_department)
    communications = _unit("kommunikationsenheten", "kommunikation", board=executive, is_communications=True)
    for leader, unit in ((head, culture_department), (manager, library), (outsider_manager, permits)):
        leader.unit = unit
        leader.record(by=leader, now=NOW - timedelta(days=30), reason="Placerad i verksamheten")

    deputy = _person("stallforetradare", "Ställföreträdare Sten", "bibliotekarie", library)
    DeputyFactory(unit=library, user=deputy)
    communicator = _person("kommunikator", "Kommunikatör Kvist", "kommunikatör", communications)
    RoleAssignmentFactory(user=communicator, role_id="kommunikationsenheten")
    administrator = _person("administrator", "Administratör Alm", "systemförvaltare", communications)
    RoleAssignmentFactory(user=administrator, role_id="administrator")
    return Cast(
        culture_board=culture,
        building_board=building,
        executive_board=executive,
        culture_department=culture_department,
        library=library,
        building_department=building_department,
        building_permits=permits,
        communications=communications,
        head=head,
        manager=manager,
        deputy=deputy,
        librarian=_person("bibliotekarie", "Bibliotekarie Björk", "bibliotekarie", library),
        assistant=_person("biblioteksassistent", "Assistent Asp", "biblioteksassistent", library),
        outsider=_person("bygglovshandlaggare", "Handläggare Hassel", "bygglovshandläggare", permits),
        outsider_manager=outsider_manager,
        communicator=communicator,
        administrator=administrator,
    )


def _person(mailbox: str, name: str, title: str, unit: Unit | None = None) -> User:
    return UserFactory(email=f"{mailbox}@laholm.example", name=name, title=title, unit=unit)


def _unit(name: str, mailbox: str, **attributes: object) -> Unit:
    return UnitFactory(name=name, email=f"{mailbox}@laholm.example", **attributes)
