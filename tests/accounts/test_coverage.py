"""Who looks after an account which day (R10, R29)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import compliance, coverage
from accounts.enums import AccountStatus, Duty
from accounts.models import Account
from tests.accounts.in_order import account_in_order
from tests.clock import NOW, TODAY
from tests.factories import AbsenceFactory, AccountFactory, AssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)
DAYS = [date(2026, 11, day) for day in (25, 26, 27, 30)]


@pytest.fixture
def account(cast):
    return account_in_order(cast, name="Boktips")


def away(person, first=TOMORROW, last=TOMORROW):
    return AbsenceFactory(user=person, from_date=first, to_date=last)


def gone(person):
    person.is_active = False
    person.record(by=person, now=NOW, reason="Slutade")


def on_duty(account, day=TOMORROW):
    found = coverage.who_is_on_duty([account.pk], [day]).get((account.pk, day))
    # The same question asked the other way: whose is the account that day?
    holders = [
        user for user in _people(account) if Account.objects.filter(coverage.on_duty(user, day), pk=account.pk).exists()
    ]
    assert holders == ([found.user] if found else [])
    return found and found.user


def _people(account):
    return [duty.user for duty in account.assignments.select_related("user") if duty.user.is_active]


def nobody_there(account, day=TOMORROW):
    return Account.objects.filter(coverage.nobody_there(day), pk=account.pk).exists()


def test_the_responsible_is_on_duty(account, cast):
    assert on_duty(account) == cast.librarian


def test_while_the_responsible_is_away_the_duty_is_the_substitutes(account, cast):
    away(cast.librarian, TOMORROW, TOMORROW)
    assert on_duty(account) == cast.assistant
    assert on_duty(account, TODAY) == cast.librarian
    assert on_duty(account, TOMORROW + timedelta(days=1)) == cast.librarian
    assert not nobody_there(account)


def test_when_the_responsible_has_left_the_duty_is_the_substitutes(account, cast):
    gone(cast.librarian)
    assert on_duty(account) == cast.assistant


@pytest.mark.parametrize("leave", [away, gone])
def test_when_both_are_away_or_gone_nobody_is_there(account, cast, leave):
    away(cast.librarian)
    leave(cast.assistant)
    assert on_duty(account) is None
    assert nobody_there(account)


def test_one_who_is_away_until_further_notice(account, cast):
    away(cast.librarian, TODAY, None)
    assert on_duty(account, date(2027, 6, 1)) == cast.assistant


def test_duty_is_that_of_the_day(account, cast):
    successor = UserFactory()
    assignment = account.assignments.get(duty=Duty.RESPONSIBLE)
    assignment.to_date = TODAY
    assignment.record(by=cast.manager, now=NOW, reason="Byte")
    AssignmentFactory(account=account, user=successor, from_date=TOMORROW)
    assert (on_duty(account, TODAY), on_duty(account)) == (cast.librarian, successor)


@pytest.mark.parametrize("status", [AccountStatus.PLANNED, AccountStatus.CLOSED])
def test_what_is_not_on_the_platform_needs_nobody(cast, status):
    account = AccountFactory(unit=cast.library, responsible=cast.librarian, status=status, in_use_since=TODAY)
    away(cast.librarian)
    assert not nobody_there(account)


def test_account_that_nobody_is_named_for_is_another_matter(cast):
    account = AccountFactory(unit=cast.library, active=True)
    assert on_duty(account) is None
    assert not nobody_there(account)


def test_working_days_are_the_calendars():
    assert coverage.working_days_ahead(NOW, 4) == DAYS
    assert coverage.working_days_back(NOW, 2) == [date(2026, 11, 23), date(2026, 11, 20)]


@pytest.mark.parametrize("day", DAYS)
def test_any_of_the_days_ahead_is_found(account, cast, day):
    away(cast.librarian, date(2026, 11, 25), date(2026, 12, 24))
    away(cast.assistant, day, day)
    some_day = Account.objects.filter(coverage.alone_some_day(DAYS))
    assert list(some_day) == [account]
    (found,) = coverage.with_days_alone(some_day, DAYS)
    assert found.days_alone == [day]


def test_they_may_be_away_at_different_times(account, cast):
    away(cast.librarian, DAYS[0], DAYS[1])
    away(cast.assistant, DAYS[2], DAYS[3])
    assert not Account.objects.filter(coverage.alone_some_day(DAYS)).exists()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([DAYS[0]], "onsdag 25 november"),
        (DAYS[:3], "25–27 november"),
        ([DAYS[2], DAYS[3], date(2026, 12, 1)], "27 november–1 december"),
        ([DAYS[0], DAYS[3]], "onsdag 25 november och måndag 30 november"),
    ],
)
def test_days_in_words_join_over_the_weekend(account, cast, days, words):
    for day in days:
        for person in (cast.librarian, cast.assistant):
            away(person, day, day)
    (found,) = coverage.with_days_alone(Account.objects.filter(pk=account.pk), coverage.working_days_ahead(NOW))
    assert coverage.days_alone_in_words(found, TODAY) == words


def checks(account):
    found = compliance.findings([account.pk], now=NOW).get(account.pk, [])
    return [(check.code, check.severity.name) for check in found if check.code.startswith("uncovered")]


def test_register_says_which_days_nobody_is_there(account, cast):
    assert checks(account) == []
    away(cast.librarian, TOMORROW, None)
    assert checks(account) == []
    absence = away(cast.assistant, TOMORROW + timedelta(days=2), TOMORROW + timedelta(days=2))
    assert checks(account) == [("uncovered_ahead", "TO_MEND")]
    absence.from_date = TOMORROW
    absence.to_date = TOMORROW
    absence.record(by=cast.assistant, now=NOW, reason="Prov")
    assert checks(account) == [("uncovered_next", "SERIOUS")]


def test_queries_do_not_grow_with_accounts_and_days(cast):
    def ask(number, days):
        accounts = [account_in_order(cast).pk for _number in range(number)]
        with CaptureQueriesContext(connection) as captured:
            coverage.who_is_on_duty(accounts, days)
        return len(captured)

    coverage.is_working_day(TODAY, NOW)
    away(cast.librarian)
    assert (ask(1, DAYS[:1]), ask(4, DAYS)) == (2, 2)
