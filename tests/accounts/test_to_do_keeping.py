"""Att göra: lacks for those who look after the account, leavers for the manager, wishes for kommunikationsenheten."""

import pytest

from accounts.services import people
from laholm_sociala.common import to_do
from tests.accounts.in_order import account_in_order
from tests.clock import NOW
from tests.factories import AccountFactory, LogoExemptionFactory, UnitFactory
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


def waiting(person) -> dict[str, list[to_do.Task]]:
    """What waits for a person, by heading."""
    return {section.heading: section.tasks for section in to_do.sections(person, NOW) if section.count}


def titles(person) -> dict[str, list[str]]:
    return {heading: [task.heading for task in tasks] for heading, tasks in waiting(person).items()}


def leave(person, cast) -> None:
    people.deactivate(person.pk, by=cast.administrator, now=NOW)


def test_account_in_order_asks_for_nothing(cast):
    account_in_order(cast)
    for person in (cast.librarian, cast.assistant, cast.manager):
        assert waiting(person) == {}


def test_lacks_are_one_row_an_account_for_those_who_look_after_it(cast):
    account = account_in_order(cast, name="Boktips", sender_confirmed_on=None, visitors_told_on=None, login_kept="")
    for person in (cast.librarian, cast.assistant):
        (task,) = waiting(person)["Att ordna på ditt konto"]
        assert task.heading == "Boktips på Facebook"
        assert task.meta == "Oklart var inloggningen finns. Avsändaren är inte bekräftad. En sak till."
        assert task.url == f"/register/{account.pk}/"
    assert waiting(cast.manager) == {}


def test_several_accounts(cast):
    for name in ("Boktips", "Arkivet"):
        account_in_order(cast, name=name, sender_confirmed_on=None)
    assert titles(cast.librarian) == {
        "Att ordna på dina konton": ["Arkivet på Facebook", "Boktips på Facebook"],
    }


@pytest.mark.parametrize("leaver", ["librarian", "assistant"])
def test_leavers_accounts_are_the_managers_at_once(cast, leaver, guideline_reviewed):
    account = account_in_order(cast, name="Boktips")
    leave(getattr(cast, leaver), cast)
    for person in (cast.manager, cast.deputy):
        (task,) = waiting(person)["Ett konto behöver någon som sköter det"]
        assert task.url == f"/register/{account.pk}/personer/"
    assert waiting(cast.outsider_manager) == {}
    assert titles(cast.communicator) == {}


def test_account_without_a_responsible_person_is_the_managers(cast):
    AccountFactory(unit=cast.library, name="Boktips", substitute=cast.assistant)
    assert titles(cast.manager)["Ett konto behöver någon som sköter det"] == ["Boktips på Facebook"]


def test_kommunikationsenheten_takes_those_that_have_no_manager(cast):
    AccountFactory(unit=UnitFactory(), name="Boktips")
    assert titles(cast.communicator)["Ett konto behöver någon som sköter det"] == ["Boktips på Facebook"]


def test_wish_for_an_exemption_is_kommunikationsenhetens(cast):
    account = account_in_order(cast, name="Boktips")
    exemption = LogoExemptionFactory(account=account, requested_by=cast.librarian)
    (task,) = waiting(cast.communicator)["Ett önskemål om logotyp"]
    assert task.heading == "Boktips på Facebook utan logotyp"
    assert task.url == f"/register/{account.pk}/undantag/{exemption.pk}/beslut/"
    assert "Ett önskemål om logotyp" not in waiting(cast.manager)


def test_count_agrees(cast):
    account = account_in_order(cast, sender_confirmed_on=None)
    LogoExemptionFactory(account=account, requested_by=cast.librarian)
    AccountFactory(unit=cast.library)
    for person in (cast.librarian, cast.manager, cast.communicator):
        assert to_do.count(person, NOW) == sum(len(tasks) for tasks in waiting(person).values())


def test_queries(cast):
    def add_row():
        LogoExemptionFactory(account=account_in_order(cast, sender_confirmed_on=None), requested_by=cast.librarian)
        AccountFactory(unit=UnitFactory())

    for person in (cast.librarian, cast.communicator):
        assert_same_query_count(lambda person=person: to_do.sections(person, NOW), add_row=add_row)
