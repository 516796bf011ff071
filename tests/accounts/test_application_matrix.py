"""Every door of an application × every state × every role: let through, or refused in which way.

Wrong person is PermissionDenied, wrong state a RefusedError with a sentence, and another's draft is not there at all.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.bilaga1 import fingerprint
from accounts.enums import ApplicationStatus, SignInMethod
from accounts.models import Application, Draft, User
from accounts.services import applications, decisions, register, reminders
from accounts.services.decisions import Paper
from laholm_sociala.common.errors import RefusedError
from tests.factories import (
    CONSULTATION,
    SUMMARY,
    ApplicationFactory,
    approved_application,
    make_draft,
    registered_account,
    rejected_application,
    returned_application,
    withdrawn_application,
)

pytestmark = pytest.mark.django_db

A = ApplicationStatus
ROLES = ("applicant", "colleague", "manager", "deputy", "head", "outsider", "communicator", "administrator")
OK, REFUSED, FORBIDDEN, MISSING = "ok", "refused", "forbidden", "missing"
PAPER = Paper("bilaga.pdf", "application/pdf", b"%PDF-1.7")
Door = Callable[[Application, User, Any], object]


def submit_again(application, by, world):
    draft = Draft.objects.filter(application=application).first() or make_draft(
        application.applicant, application=application
    )
    return applications.submit(draft.pk, content=world.content(), by=by, now=world.now)


def withdraw(application, by, world):
    return applications.withdraw(application.pk, by=by, now=world.now)


def approve(application, by, world):
    return decisions.approve(application.pk, **world.read(application), by=by, now=world.now)


def send_back(application, by, world):
    return decisions.send_back(application.pk, comment="Ändra.", **world.read(application), by=by, now=world.now)


def reject(application, by, world):
    return decisions.reject(application.pk, comment="Nej.", **world.read(application), by=by, now=world.now)


def void(application, by, world):
    return decisions.void_approval(
        application.pk, comment="Fel adress.", sign_in_method=SignInMethod.MFA, by=by, now=world.now
    )


def take_in(application, by, world):
    return register.register(application.pk, summary=SUMMARY, consultation=CONSULTATION, by=by, now=world.now)


def name_manager(application, by, world):
    return applications.name_manager(application.pk, manager=world.cast.outsider_manager, by=by, now=world.now)


def attach_paper(application, by, world):
    return decisions.attach_signed_form(
        application.pk,
        paper=PAPER,
        signer=world.cast.manager,
        signed_on=world.now.date(),
        seen_sha256=world.read(application)["seen_sha256"],
        by=by,
        now=world.now,
    )


MANAGERS = ("manager", "deputy")
# Who may come in by the door, in which states it is open, and how the rest are turned away.
DOORS: dict[Door, tuple[tuple[str, ...], set[ApplicationStatus], str]] = {
    submit_again: (("applicant",), {A.RETURNED}, MISSING),
    withdraw: (("applicant",), {A.SUBMITTED, A.RETURNED}, FORBIDDEN),
    approve: (MANAGERS, {A.SUBMITTED}, FORBIDDEN),
    send_back: (MANAGERS, {A.SUBMITTED}, FORBIDDEN),
    reject: (MANAGERS, {A.SUBMITTED}, FORBIDDEN),
    void: (("communicator",), {A.APPROVED}, FORBIDDEN),
    take_in: (("communicator",), {A.APPROVED}, FORBIDDEN),
    name_manager: (("communicator",), set(), FORBIDDEN),  # there is a manager who can decide
    attach_paper: (("communicator",), {A.SUBMITTED}, FORBIDDEN),
}

MADE: dict[ApplicationStatus, Callable[..., Any]] = {
    A.SUBMITTED: ApplicationFactory,
    A.RETURNED: returned_application,
    A.APPROVED: approved_application,
    A.REGISTERED: lambda **attributes: registered_account(**attributes).application,
    A.REJECTED: rejected_application,
    A.WITHDRAWN: withdrawn_application,
}


class World:
    """The cast, and what a person needs at a door."""

    def __init__(self, cast, content, now) -> None:
        self.cast, self.content, self.now = cast, content, now
        self.people = {
            "applicant": cast.librarian,
            "colleague": cast.assistant,
            **{role: getattr(cast, role) for role in ROLES[2:]},
        }

    @staticmethod
    def read(application):
        fresh = Application.objects.get(pk=application.pk)
        return {"seen_sha256": fingerprint(fresh.canonical_content()), "sign_in_method": SignInMethod.MFA}

    def application(self, status: ApplicationStatus, **attributes) -> Application:
        of_library = {"unit": self.cast.library, "applicant": self.cast.librarian, "substitute": self.cast.assistant}
        made = MADE[status](**{**of_library, "handle": "laholmsbibliotek", **attributes})
        found = Application.objects.get(pk=made.pk)
        assert found.status == status
        return found


@pytest.fixture
def world(cast, content, now) -> World:
    return World(cast, content, now)


def outcome(door: Door, application: Application, by: User, world: World) -> str:
    try:
        with transaction.atomic():
            door(application, by, world)
            transaction.set_rollback(True)
    except RefusedError as error:
        return REFUSED if str(error).endswith(".") else f"no sentence: {error}"
    except PermissionDenied:
        return FORBIDDEN
    except Draft.DoesNotExist:
        return MISSING
    return OK


@pytest.mark.parametrize("status", A)
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_who_comes_in_by_which_door(door, status, world):
    application = world.application(status)
    who, when, otherwise = DOORS[door]
    expected = {role: (OK if status in when else REFUSED) if role in who else otherwise for role in ROLES}
    assert {role: outcome(door, application, person, world) for role, person in world.people.items()} == expected
    application.refresh_from_db()
    assert application.status == status, "nothing of what was refused or rolled back is left"


@pytest.mark.parametrize("status", A)
def test_only_what_waits_for_the_manager_is_reminded_of(status, world, clock):
    application = world.application(status)
    later = clock.move(days=14)
    assert reminders.remind(application.pk, now=later) is (status == A.SUBMITTED)


@pytest.mark.parametrize("door", [approve, send_back, reject], ids=lambda door: door.__name__)
def test_the_one_above_comes_in_once_it_is_lifted(door, world, clock):
    application = world.application(A.SUBMITTED)
    for _step in range(2):
        assert reminders.remind(application.pk, now=clock.move(days=7))
    world.now = clock.now
    allowed = [role for role in ROLES if outcome(door, application, world.people[role], world) == OK]
    assert allowed == ["manager", "deputy", "head"]


@pytest.mark.parametrize("role", ROLES)
def test_a_manager_is_named_only_where_nobody_can_decide(role, world):
    application = world.application(A.SUBMITTED, unit=world.cast.communications)
    expected = OK if role == "communicator" else FORBIDDEN
    assert outcome(name_manager, application, world.people[role], world) == expected


def test_every_state_is_made():
    assert set(MADE) == set(A)
