"""The first checks: each found and not found, all in one query."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import compliance
from accounts.enums import AccountStatus, Duty, ExemptionStatus
from accounts.models import Account, Assignment
from accounts.services import mission
from tests.accounts.in_order import account_in_order, decided, statement_of
from tests.clock import NOW, TODAY
from tests.factories import (
    AccountFactory,
    AssignmentFactory,
    LogoExemptionFactory,
    PlatformAdministratorFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

OURS = {
    "responsible_missing",
    "people_gone",
    "substitute_missing",
    "login_keeper_missing",
    "login_unverified",
    "administrators_missing",
    "mission_out_of_date",
    "sender_unconfirmed",
    "logo_unconfirmed",
    "visitors_untold",
    "function_address_missing",
    "artistic_motivation_missing",
}


def lacks(account: Account) -> list[str]:
    """The codes of what the account lacks, as far as they are ours."""
    found = compliance.findings([account.pk], now=NOW).get(account.pk, [])
    return [check.code for check in found if check.code in OURS]


def change(account: Account, **values) -> Account:
    for name, value in values.items():
        setattr(account, name, value)
    account.record(by=account.assignments.first().user, now=NOW, reason="Prov")
    return account


def end(account: Account, duty: Duty, *, last_day=TODAY - timedelta(days=1)) -> Assignment:
    assignment = account.assignments.get(duty=duty)
    assignment.to_date = last_day
    assignment.record(by=assignment.user, now=NOW, reason="Prov")
    return assignment


@pytest.fixture
def account(cast):
    return account_in_order(cast)


def test_account_in_order_lacks_nothing(account):
    assert lacks(account) == []


def test_new_account_in_use_lacks_all_that_nobody_has_said(cast):
    account = AccountFactory(unit=cast.building_permits, active=True)
    assert lacks(account) == [
        "responsible_missing",
        "substitute_missing",
        "administrators_missing",
        "login_keeper_missing",
        "mission_out_of_date",
        "sender_unconfirmed",
        "logo_unconfirmed",
        "visitors_untold",
    ]


def test_planned_account_is_asked_for_people_and_mission_alone(cast):
    account = AccountFactory(unit=cast.building_permits)
    assert lacks(account) == ["responsible_missing", "substitute_missing", "mission_out_of_date"]


def test_account_on_its_way_out_is_asked_for_people_and_a_way_in(cast):
    account = AccountFactory(unit=UnitFactory(email=""), status=AccountStatus.CLOSING, in_use_since=TODAY)
    assert lacks(account) == [
        "responsible_missing",
        "substitute_missing",
        "administrators_missing",
        "login_keeper_missing",
    ]


def test_closed_account_is_asked_for_nothing(cast):
    assert lacks(AccountFactory(unit=UnitFactory(email=""), status=AccountStatus.CLOSED, in_use_since=TODAY)) == []


@pytest.mark.parametrize(
    ("duty", "code"), [(Duty.RESPONSIBLE, "responsible_missing"), (Duty.SUBSTITUTE, "substitute_missing")]
)
def test_duty_that_ended_yesterday_and_duty_that_begins_tomorrow(account, duty, code):
    end(account, duty)
    AssignmentFactory(account=account, user=UserFactory(), duty=duty, from_date=TODAY + timedelta(days=1))
    assert lacks(account) == [code]


def test_last_day_is_still_held(account):
    end(account, Duty.RESPONSIBLE, last_day=TODAY)
    assert lacks(account) == []


@pytest.mark.parametrize("person", ["librarian", "assistant"])
def test_people_gone(account, cast, person):
    leaver = getattr(cast, person)
    leaver.is_active = False
    leaver.record(by=cast.administrator, now=NOW, reason="Prov")
    found = lacks(account)
    assert found[0] == "people_gone"


def test_who_left_after_another_took_over_is_no_lack(account, cast):
    end(account, Duty.SUBSTITUTE)
    AssignmentFactory(account=account, user=UserFactory(), duty=Duty.SUBSTITUTE, from_date=TODAY)
    cast.assistant.is_active = False
    cast.assistant.record(by=cast.administrator, now=NOW, reason="Prov")
    assert lacks(account) == []


@pytest.mark.parametrize("field", ["login_kept", "login_reached_by"])
def test_login_keeper_missing(account, field):
    assert lacks(change(account, **{field: ""})) == ["login_keeper_missing"]


@pytest.mark.parametrize(
    ("verified_on", "found"),
    [
        (None, ["login_unverified"]),
        (TODAY - timedelta(days=366), ["login_unverified"]),
        (TODAY - timedelta(days=365), []),
    ],
)
def test_login_unverified(account, verified_on, found):
    assert lacks(change(account, login_verified_on=verified_on)) == found


def test_one_administrator_is_too_few(account, cast):
    gone = account.platform_administrators.exclude(user=cast.librarian).get()
    gone.erase(by=cast.librarian, now=NOW, reason="Prov")
    assert lacks(account) == ["administrators_missing"]


def test_administrator_who_has_left_does_not_count(account, cast):
    leaver = account.platform_administrators.exclude(user=cast.librarian).get().user
    leaver.is_active = False
    leaver.record(by=cast.administrator, now=NOW, reason="Prov")
    assert lacks(account) == ["administrators_missing"]
    PlatformAdministratorFactory(account=account, user=cast.assistant)
    assert lacks(account) == []


@pytest.mark.parametrize("field", ["purpose", "audience", "topics"])
def test_mission_older_than_what_the_account_says(account, field):
    assert lacks(change(account, **{field: "Något annat, skrivet senare."})) == ["mission_out_of_date"]


def test_newest_version_counts(account):
    was = account.topics
    statement_of(change(account, topics="Nytt."), version=2)
    assert lacks(account) == []
    assert lacks(change(account, topics=was)) == ["mission_out_of_date"], "version 1 says so, but it is not the newest"


def test_mission_in_the_workers_hands_is_not_called_missing(account, cast):
    mission.make_later(change(account, topics="Nytt."), by=cast.librarian)
    assert lacks(account) == []
    assert lacks(account_in_order(cast, topics="Prov")) == [], "an account of its own"


def test_somebody_elses_mission_in_the_workers_hands_is_no_excuse(account, cast):
    other = AccountFactory(unit=cast.library)
    mission.make_later(other, by=cast.librarian)
    assert lacks(change(account, topics="Nytt.")) == ["mission_out_of_date"]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("sender_confirmed_on", "sender_unconfirmed"),
        ("logo_confirmed_on", "logo_unconfirmed"),
        ("visitors_told_on", "visitors_untold"),
    ],
)
def test_unconfirmed(account, field, code):
    assert lacks(change(account, **{field: None})) == [code]


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (ExemptionStatus.REQUESTED, ["logo_unconfirmed"]),
        (ExemptionStatus.REFUSED, ["logo_unconfirmed"]),
        (ExemptionStatus.GRANTED, []),
    ],
)
def test_only_a_granted_exemption_stands_in_for_the_logo(account, cast, status, found):
    decision = {} if status == ExemptionStatus.REQUESTED else decided(status, by=cast.communicator)
    LogoExemptionFactory(account=change(account, logo_confirmed_on=None), requested_by=cast.librarian, **decision)
    assert lacks(account) == found


def test_function_address_missing(cast):
    assert lacks(account_in_order(cast, unit=UnitFactory(email=""))) == ["function_address_missing"]


def test_artistic_exemption_needs_a_motivation_outside_culture_and_leisure(cast):
    account = account_in_order(cast, unit=cast.building_permits, artistic_exemption=True)
    assert lacks(account) == ["artistic_motivation_missing"]
    assert lacks(change(account, artistic_motivation="Vi visar konsten i byggda miljöer.")) == []


def test_artistic_exemption_of_culture_and_leisure_needs_none(cast):
    assert lacks(account_in_order(cast, artistic_exemption=True)) == []


def test_all_findings_of_all_accounts_in_one_query_beside_those_for_the_calendar(cast):
    accounts = [account_in_order(cast, login_kept="").pk, *(AccountFactory(active=True).pk for _ in range(4))]
    with CaptureQueriesContext(connection) as captured:
        found = compliance.findings(accounts, now=NOW)
    queries = [query["sql"] for query in captured.captured_queries]
    assert len([sql for sql in queries if "accounts_calendarversion" not in sql]) == 1
    assert len(found) == 5


def test_serious_things_stand_first(cast):
    found = compliance.findings([(account := AccountFactory(active=True)).pk], now=NOW)[account.pk]
    severities = [check.severity for check in found]
    assert severities == sorted(severities)
    assert severities[0] == compliance.Severity.SERIOUS


def test_filter_finds_the_same_accounts(account):
    lacking = AccountFactory(active=True)
    assert list(Account.objects.filter(compliance.lacking_something(NOW))) == [lacking]


def test_accounts_carry_their_findings(account):
    lacking = AccountFactory(active=True)
    in_order, fetched = (
        compliance.with_findings(Account.objects.filter(pk=each.pk), NOW).get() for each in (account, lacking)
    )
    assert compliance.findings_of(in_order) == []
    assert compliance.findings_of(fetched) == compliance.findings([lacking.pk], now=NOW)[lacking.pk]


@pytest.mark.parametrize("code", sorted(OURS))
def test_every_check_says_why_and_where_it_is_mended(code, client_for, cast):
    (check,) = (found for found in compliance.all_checks() if found.code == code)
    assert check.why
    assert check.action
    account = AccountFactory(unit=cast.library, responsible=cast.librarian)
    assert client_for(cast.librarian).get(reverse(check.url_name, args=[account.pk])).status_code == 200
