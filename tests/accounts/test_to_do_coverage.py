"""Att göra: days ahead that nobody looks after an account (R10, R29)."""

from datetime import timedelta

import pytest

from accounts.services import people
from laholm_sociala.common import to_do
from tests.accounts.in_order import account_in_order
from tests.clock import NOW, TODAY
from tests.factories import AbsenceFactory
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)
HEADING = "Dagar som ingen sköter kontot"


def waiting(person, now=NOW) -> dict[str, list[to_do.Task]]:
    return {section.heading: section.tasks for section in to_do.sections(person, now)}


@pytest.fixture
def account(cast):
    return account_in_order(cast, name="Boktips")


def both_away(cast, first, last):
    for person in (cast.librarian, cast.assistant):
        AbsenceFactory(user=person, from_date=first, to_date=last)


def test_responsible_and_substitute_are_asked_for_someone(account, cast):
    both_away(cast, TODAY + timedelta(days=2), TODAY + timedelta(days=3))
    for person in (cast.librarian, cast.assistant):
        (task,) = waiting(person)[HEADING]
        assert (task.heading, task.meta) == (
            "Utse en ersättare 26–27 november",
            "Boktips på Facebook. De som sköter kontot är borta då.",
        )
        assert task.url == f"/register/{account.pk}/personer/"
    for person in (cast.manager, cast.outsider):
        assert HEADING not in waiting(person)


def test_the_manager_when_it_is_tomorrow(account, cast):
    both_away(cast, TOMORROW, TOMORROW)
    for person in (cast.manager, cast.deputy, cast.librarian):
        assert [task.heading for task in waiting(person)[HEADING]] == ["Utse en ersättare onsdag 25 november"]
    assert HEADING not in waiting(cast.outsider_manager)


def test_on_a_friday_monday_counts_as_the_next_day(account, cast, clock):
    friday = clock.move(days=3)
    monday = TODAY + timedelta(days=6)
    both_away(cast, monday, monday)
    assert HEADING in waiting(cast.manager, friday)
    assert "Ett konto obemannat på måndag" in waiting(cast.communicator, friday)


def test_kommunikationsenheten_is_told_of_tomorrow_and_whose_it_is(account, cast):
    assert "Inget konto obemannat i morgon" in waiting(cast.communicator)
    both_away(cast, TOMORROW, TOMORROW)
    (task,) = waiting(cast.communicator)["Ett konto obemannat i morgon"]
    assert task.meta == "Biblioteket. De som sköter kontot är borta. Chef: Enhetschef Ek, enhetschef, biblioteket."


def test_named_and_gone(account, cast):
    both_away(cast, TOMORROW, TOMORROW)
    absence = cast.assistant.absences.get()
    absence.erase(by=cast.assistant, now=NOW, reason="Prov")
    for person in (cast.librarian, cast.manager):
        assert HEADING not in waiting(person)


def test_leavers_account_is_the_managers_the_same_moment(account, cast):
    people.deactivate(cast.librarian.pk, by=cast.administrator, now=NOW)
    headings = waiting(cast.manager)
    assert "Ett konto behöver någon som sköter det" in headings
    assert HEADING not in headings  # the substitute is there
    AbsenceFactory(user=cast.assistant)
    assert HEADING in waiting(cast.manager)


def test_count_agrees(account, cast):
    both_away(cast, TOMORROW, TOMORROW)
    for person in (cast.librarian, cast.manager, cast.communicator):
        assert to_do.count(person, NOW) == sum(section.count for section in to_do.sections(person, NOW))


def test_queries(cast):
    both_away(cast, TOMORROW, TOMORROW)
    for person in (cast.librarian, cast.manager, cast.communicator):
        assert_same_query_count(
            lambda person=person: to_do.sections(person, NOW), add_row=lambda: account_in_order(cast)
        )
