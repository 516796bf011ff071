"""Warnings before a limit passes, and the breach when it has (R12)."""

from datetime import datetime, timedelta

import pytest

from laholm_sociala.common.models import Mail
from moderation.enums import ActionKind, Lane
from moderation.models import Action, Case, Notice
from moderation.services import warnings
from moderation.services.acting import leave
from tests.clock import NOW, STOCKHOLM
from tests.factories import AbsenceFactory, RoleAssignmentFactory
from tests.moderation.factories import library_account, log_post
from tests.race import race

pytestmark = pytest.mark.django_db

SECRET = "Hon i informationsdisken"


@pytest.fixture
def account(cast):
    return library_account(cast, name="Boktips")


@pytest.fixture
def case(account):
    return log_post(account, author="Arg Gran", link="https://www.facebook.com/boktips/posts/1", place="Under Lucia")


def at(case, name="warn_at", **distance):
    return getattr(case, name) + timedelta(**distance)


def lead(unit, manager, cast) -> None:
    unit.manager = manager
    unit.record(by=cast.administrator, now=NOW, reason="Chefsbyte")


def without_leader(cast) -> None:
    lead(cast.library, None, cast)
    cast.library.deputies.get().erase(by=cast.administrator, now=NOW, reason="Slutade")


def told_of_breach(case) -> list[str]:
    warnings.note_breaches(at(case, "handle_by"))
    warnings.tell_managers(at(case, "handle_by", days=1).replace(hour=9))
    return [to for to, _subject in mails()]


def mails() -> list[tuple[str, str]]:
    return [(mail.to[0].partition("@")[0], mail.subject) for mail in Mail.objects.order_by("created_at", "to")]


def test_nothing_before_the_time_comes(case):
    assert warnings.send_warnings(at(case, minutes=-1)) == 0
    assert mails() == []


def test_the_one_on_duty_is_warned_once(case):
    assert warnings.send_warnings(at(case)) == 1
    assert warnings.send_warnings(at(case, minutes=5)) == 0
    assert mails() == [("bibliotekarie", "Påminnelse: Personangrepp, Boktips på Facebook")]
    case.refresh_from_db()
    assert case.warned_at == case.warn_at
    assert case.history.first().history_change_reason == "Påminnelse om tidsfristen"


def test_the_editor_at_the_page_is_not_disturbed_by_it(case, cast):
    warnings.send_warnings(at(case))
    leave(case.pk, version=case.version, by=cast.librarian, now=at(case, minutes=1))


def test_later_the_substitute(case):
    warnings.send_warnings(at(case))
    assert case.warn_at == datetime(2026, 11, 25, 10, tzinfo=STOCKHOLM)
    halfway = datetime(2026, 11, 25, 15, tzinfo=STOCKHOLM)  # of the eight office hours that are left
    assert warnings.send_warnings(halfway - timedelta(minutes=1)) == 0
    assert warnings.send_warnings(halfway) == 1
    assert warnings.send_warnings(halfway + timedelta(minutes=5)) == 0
    assert [to for to, _subject in mails()] == ["bibliotekarie", "biblioteksassistent"]


def test_the_substitute_on_duty_is_not_told_twice(case, cast):
    AbsenceFactory(user=cast.librarian)
    warnings.send_warnings(at(case))
    warnings.send_warnings(at(case, "handle_by", minutes=-1))
    assert [to for to, _subject in mails()] == ["biblioteksassistent"]


def test_where_nobody_is_on_duty_the_manager(case, cast):
    for person in (cast.librarian, cast.assistant):
        AbsenceFactory(user=person)
    assert warnings.send_warnings(at(case)) == 2
    assert [to for to, _subject in mails()] == ["enhetschef", "stallforetradare"]


@pytest.mark.parametrize("clock_time", [(7, 59), (12, 30), (17, 1)])
def test_only_in_office_hours(account, clock_time):
    log_post(account, lane=Lane.CRIMINAL)
    assert warnings.send_warnings(datetime(2026, 11, 24, *clock_time, tzinfo=STOCKHOLM)) == 0
    saturday = datetime(2026, 11, 28, 10, tzinfo=STOCKHOLM)
    assert warnings.send_warnings(saturday) == 0


def test_decided_posts_are_left_alone(case, cast):
    leave(case.pk, version=case.version, by=cast.librarian, now=NOW)
    assert warnings.send_warnings(at(case)) == 0
    assert warnings.note_breaches(at(case, "handle_by", days=1)) == 0


def test_no_text_author_link_or_place_in_any_mail(account, cast):
    shown = {"author": "Arg Gran", "link": "https://www.facebook.com/boktips/posts/1", "place": "Under Lucia"}
    plain = log_post(account, **shown)
    late = at(plain, "handle_by", minutes=1)
    warnings.send_warnings(at(plain))
    warnings.note_breaches(late)
    warnings.tell_managers(at(plain, "handle_by", days=1))
    written = list(Mail.objects.all())
    assert len(written) == 3
    for mail in written:
        for told in (SECRET, "Arg Gran", "posts/1", "Under Lucia"):
            assert told not in mail.subject + mail.text + mail.html


class TestMayBeSecret:
    def test_says_no_more_than_that(self, account):
        case = log_post(account, lane=Lane.SECRECY)
        warnings.send_warnings(at(case))
        (mail,) = Mail.objects.all()
        assert mail.subject == "Påminnelse: Kan vara sekretess, Boktips på Facebook"

    def test_a_category_is_not_told_either(self, account):
        case = log_post(account, may_be_secret=True)
        warnings.send_warnings(at(case))
        (mail,) = Mail.objects.all()
        assert "Personangrepp" not in mail.subject + mail.text + mail.html

    def test_only_to_those_who_see_it(self, account, cast):
        account.assignments.get(user=cast.assistant).erase(by=cast.manager, now=NOW, reason="Prov")
        cast.librarian.unit = cast.building_permits  # of another board now
        cast.librarian.record(by=cast.administrator, now=NOW, reason="Bytte verksamhet")
        case = log_post(account, lane=Lane.SECRECY)
        assert warnings.send_warnings(at(case)) == 2
        assert [to for to, _subject in mails()] == ["enhetschef", "stallforetradare"]

    def test_to_the_registrator_where_nobody_else_sees_it(self, account, cast):
        case = log_post(account, lane=Lane.SECRECY)
        without_leader(cast)
        lead(cast.library.parent, None, cast)
        for duty in account.assignments.all():
            duty.erase(by=cast.manager, now=NOW, reason="Prov")
        registrar = RoleAssignmentFactory(role_id="registrator", board=cast.culture_board).user
        assert warnings.send_warnings(at(case)) == 1
        assert Mail.objects.get().to == [registrar.email]


class TestBreach:
    def test_is_frozen_with_what_measured_it(self, case):
        guideline, calendar = case.guideline, case.calendar_version
        over = at(case, "handle_by")
        assert warnings.note_breaches(over - timedelta(seconds=1)) == 0
        assert warnings.note_breaches(over + timedelta(minutes=3)) == 1
        assert warnings.note_breaches(over + timedelta(minutes=8)) == 0
        case.refresh_from_db()
        assert case.late_since == case.handle_by
        assert (case.guideline, case.calendar_version) == (guideline, calendar)
        line = Action.objects.get(case=case, kind=ActionKind.LATE)
        assert line.by.pk == Case.history.first().history_user_id
        assert line.by.email.startswith("system")

    def test_the_manager_is_told_in_office_hours(self, case):
        over = at(case, "handle_by")
        warnings.note_breaches(over)
        evening = over.replace(hour=20)
        assert warnings.tell_managers(evening) == 0
        morning = (over + timedelta(days=1)).replace(hour=8, minute=5)
        assert warnings.tell_managers(morning) == 2
        assert warnings.tell_managers(morning + timedelta(minutes=5)) == 0
        assert mails() == [
            ("enhetschef", "För sent: Personangrepp, Boktips på Facebook"),
            ("stallforetradare", "För sent: Personangrepp, Boktips på Facebook"),
        ]

    def test_no_warning_of_what_is_late_already(self, case):
        over = at(case, "handle_by")
        warnings.note_breaches(over)
        assert warnings.send_warnings(over) == 0

    def test_the_manager_above_is_told_where_the_unit_has_none(self, case, cast):
        without_leader(cast)
        assert told_of_breach(case) == ["forvaltningschef"]

    def test_kommunikationsenheten_is_told_where_no_manager_is_left(self, case, cast):
        without_leader(cast)
        lead(cast.library.parent, None, cast)
        assert told_of_breach(case) == ["kommunikator"]

    def test_a_breach_that_could_be_told_to_nobody_is_not_looked_for_for_ever(self, case, cast):
        without_leader(cast)
        lead(cast.library.parent, None, cast)
        cast.communicator.role_assignments.get().erase(by=cast.administrator, now=NOW, reason="Slutade")
        assert told_of_breach(case) == []


def test_what_is_told_already_costs_nothing(account, django_assert_num_queries):
    cases = [log_post(account, text=f"Inlägg {number}") for number in range(3)]
    moment = at(cases[-1])
    warnings.send_warnings(moment)
    with django_assert_num_queries(2):  # the calendar and the list
        warnings.send_warnings(moment)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_warning(cast):
    case = log_post(library_account(cast))
    moment = at(case)
    outcomes = race(lambda: warnings.send_warnings(moment), lambda: warnings.send_warnings(moment))
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert (Mail.objects.count(), Notice.objects.count()) == (1, 1)
