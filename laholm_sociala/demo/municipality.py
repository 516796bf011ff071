"""Make the example municipality: its organisation, its people, and what they have done, through the real services."""

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import F

from accounts.models import Board, Deputy, Role, RoleAssignment, Unit, User
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.models import Mail
from laholm_sociala.demo import (
    account_journeys,
    diary,
    gallring,
    handing_over,
    keeping,
    past,
    queue,
    requests,
    snapshots,
    supervision,
    transfers,
)
from laholm_sociala.demo.organisation import BOARDS, UNITS
from laholm_sociala.demo.people import PEOPLE, example_id

YEARS_AGO = 760  # working days: before the oldest account
# Mail about what happened longer ago than this was read long ago, and is not sent when the demo starts.
OLD_MAIL = 12
REASON = "Exempelkommunen lades upp"


def fill(now: datetime) -> bool:
    """Make the example municipality, whole or not at all; return whether it was made now.

    A second call changes nothing. Raises RefusedError when the database is someone else's.
    """
    if is_filled():
        return False
    if User.objects.people().exists():
        raise RefusedError(
            "Databasen har redan användare, men inte demons. Ta bort DATABASE_URL, eller välj en tom databas."
        )
    with transaction.atomic():
        long_ago = past.moment(now, YEARS_AGO, "09.00")
        _add_boards_and_units(long_ago)
        _add_people(long_ago)
        _name_managers(long_ago)
        _give_roles(long_ago)
        account_journeys.live_through(now)
        keeping.keep_in_order(now)
        diary.keep_diary(now)
        queue.fill_queue(now)
        handing_over.hand_over_posts(now)
        requests.ask_for_records(now)
        supervision.look_through(now)
        gallring.keep_plans(now)
        _leave_old_mail(now)
    return True


def make_files(now: datetime) -> None:
    """Make the PDFs of the approved forms, keep the pages and pack leveranser: slow, and so not a part of `fill`.

    The worker must not run yet.
    """
    account_journeys.make_forms()
    snapshots.keep_pages(now)
    transfers.deliver(now)
    _leave_old_mail(now)


def is_filled() -> bool:
    """Tell whether the database already holds the example municipality."""
    return (
        User._meta.db_table in connection.introspection.table_names() and User.objects.filter(pk=PEOPLE[0].pk).exists()
    )


def _leave_old_mail(now: datetime) -> None:
    old = Mail.objects.filter(sent_at__isnull=True, created_at__lt=past.moment(now, OLD_MAIL, "00.00"))
    old.update(sent_at=F("created_at"))


def _add_boards_and_units(now: datetime) -> None:
    system = User.objects.system()
    for board in BOARDS:
        Board(
            id=example_id("board", board.key), name=board.name, public_name=board.public_name, order=board.order
        ).record(by=system, now=now, reason=REASON)
    for unit in UNITS:
        Unit(
            id=example_id("unit", unit.key),
            name=unit.name,
            board_id=example_id("board", unit.board),
            parent_id=example_id("unit", unit.parent) if unit.parent else None,
            email=f"{unit.mailbox}@laholm.se",
            is_culture_and_leisure=unit.is_culture_and_leisure,
            is_communications=unit.is_communications,
        ).record(by=system, now=now, reason=REASON)


def _add_people(now: datetime) -> None:
    system = User.objects.system()
    # One secret for all, known to nobody: people sign in to the demo by one click.
    password = make_password(secrets.token_urlsafe(32))
    for example in PEOPLE:
        User(
            id=example.pk,
            email=example.email,
            name=example.title,
            title=example.title,
            unit_id=example_id("unit", example.unit),
            password=password,
        ).record(by=system, now=now, reason=REASON)
        EmailAddress.objects.create(user_id=example.pk, email=example.email, verified=True, primary=True)


def _name_managers(now: datetime) -> None:
    system = User.objects.system()
    for example in UNITS:
        if example.manager:
            led = Unit.objects.get(pk=example_id("unit", example.key))
            led.manager_id = example_id("person", example.manager)
            led.record(by=system, now=now, reason="Chef utsedd")
    Deputy(
        id=example_id("deputy", "biblioteket"),
        unit_id=example_id("unit", "biblioteket"),
        user_id=example_id("person", "bibliotekssamordnare"),
        from_date=now.date(),
    ).record(by=system, now=now, reason="Ställföreträdande chef utsedd")


def _give_roles(now: datetime) -> None:
    system = User.objects.system()
    roles = {role.code: role for role in Role.objects.all()}
    for example in PEOPLE:
        if example.role:
            RoleAssignment(
                id=example_id("role", example.key),
                user_id=example.pk,
                role=roles[example.role],
                board_id=example_id("board", example.role_board) if example.role_board else None,
            ).record(by=system, now=now, reason="Roll tilldelad")
