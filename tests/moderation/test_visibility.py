"""Who sees a post, and who may act on it: every role against what is open and what may be secret (R15; OSL ch. 8)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from moderation.models import Case, CaseAccess
from moderation.services.doors import may_act
from tests.clock import NOW
from tests.factories import AccountFactory, RoleAssignmentFactory, UnitFactory, UserFactory
from tests.moderation.factories import library_account, log_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return library_account(cast)


@pytest.fixture
def people(cast, account) -> dict[str, User]:
    """Everyone there is, by what they are to the library's account."""
    other_unit = UnitFactory(name="kulturskolan", board=cast.culture_board, manager=UserFactory(name="Kulturchef"))
    other_unit.manager.unit = other_unit
    other_unit.manager.record(by=cast.administrator, now=NOW, reason="Placerad")
    colleague = UserFactory(unit=other_unit)
    AccountFactory(unit=other_unit, active=True, responsible=colleague, substitute=UserFactory(unit=other_unit))
    AccountFactory(unit=cast.building_permits, active=True, responsible=cast.outsider, substitute=cast.outsider_manager)

    def role(code: str, board=None, unit=cast.library) -> User:
        return RoleAssignmentFactory(user=UserFactory(unit=unit), role_id=code, board=board).user

    return {
        "responsible": cast.librarian,
        "substitute": cast.assistant,
        "manager": cast.manager,
        "deputy": cast.deputy,
        "manager above": cast.head,
        "employee": UserFactory(unit=cast.library),
        "editor of another unit": colleague,
        "manager of another unit": other_unit.manager,
        "editor of another board": cast.outsider,
        "manager of another board": cast.outsider_manager,
        "kommunikationsenheten": cast.communicator,
        "kommunikationsenheten in the board": role("kommunikationsenheten"),
        "administrator": cast.administrator,
        "registrator": role("registrator", cast.culture_board),
        "registrator placed elsewhere": role("registrator", cast.culture_board, cast.communications),
        "registrator of another board": role("registrator", cast.building_board),
        "reviewer of readings": role("logggranskare", cast.culture_board),
        "arkivansvarig": role("arkivansvarig", cast.culture_board),
    }


OPEN_TO = {
    "responsible",
    "substitute",
    "manager",
    "deputy",
    "manager above",
    "editor of another unit",
    "kommunikationsenheten",
    "kommunikationsenheten in the board",
}
RESTRICTED_TO = {
    "responsible",
    "substitute",
    "manager",
    "deputy",
    "manager above",
    "registrator",
    "registrator placed elsewhere",
}
ONLY_READ = {"registrator", "registrator placed elsewhere"}


def who(people: dict[str, User], sees) -> set[str]:
    return {name for name, person in people.items() if sees(person)}


def is_seen(case: Case, person: User, now=NOW) -> bool:
    return Case.objects.visible_to(person, timezone.localdate(now)).filter(pk=case.pk).exists()


@pytest.mark.parametrize(("may_be_secret", "expected"), [(False, OPEN_TO), (True, RESTRICTED_TO)])
def test_who_sees_it(account, people, may_be_secret, expected):
    case = log_post(account, may_be_secret=may_be_secret)
    assert who(people, lambda person: is_seen(case, person)) == expected


@pytest.mark.parametrize(("may_be_secret", "expected"), [(False, OPEN_TO), (True, RESTRICTED_TO - ONLY_READ)])
def test_who_may_act_on_it(account, people, may_be_secret, expected):
    case = log_post(account, may_be_secret=may_be_secret)
    assert who(people, lambda person: may_act(case, person, NOW)) == expected


def test_each_sees_it_once(account, people):
    log_post(account, may_be_secret=True)
    log_post(account, text="Ett till")
    for name, person in people.items():
        seen = list(Case.objects.visible_to(person, NOW.date()).values_list("pk", flat=True))
        assert len(seen) == len(set(seen)), name


class TestWithinTheBoard:
    def test_one_who_was_let_in_reads_until_it_is_ended(self, account, people):
        case, colleague = log_post(account, may_be_secret=True), people["editor of another unit"]
        access = CaseAccess(case=case, user=colleague, granted_at=NOW)
        access.record(by=people["responsible"], now=NOW, reason="Behöver läsa")
        assert is_seen(case, colleague)
        access.ended_at = NOW
        access.record(by=people["responsible"], now=NOW, reason="Behöver inte läsa")
        assert not is_seen(case, colleague)

    def test_one_who_was_let_in_and_moved_to_another_board_reads_no_more(self, account, cast, people):
        case, colleague = log_post(account, may_be_secret=True), people["editor of another unit"]
        CaseAccess(case=case, user=colleague, granted_at=NOW).record(by=cast.librarian, now=NOW, reason="Behöver läsa")
        colleague.unit = cast.building_permits
        colleague.record(by=cast.administrator, now=NOW, reason="Ny tjänst")
        assert not is_seen(case, colleague)

    def test_a_responsible_person_placed_in_another_board_sees_what_is_open_alone(self, cast):
        account = library_account(cast, responsible=cast.outsider)
        open_one, restricted = log_post(account), log_post(account, text="Hemligt", may_be_secret=True)
        assert (is_seen(open_one, cast.outsider), is_seen(restricted, cast.outsider)) == (True, False)

    def test_one_without_a_unit_sees_nothing_that_may_be_secret(self, cast):
        person = UserFactory(unit=None)
        account = library_account(cast, responsible=person)
        assert not is_seen(log_post(account, may_be_secret=True), person)

    def test_it_stays_with_the_board_it_came_to(self, account, cast):
        case = log_post(account, may_be_secret=True)
        account.unit, account.board = cast.building_permits, cast.building_board
        account.record(by=cast.administrator, now=NOW, reason="Flyttade till bygglov")
        assert not is_seen(case, cast.outsider_manager)


class TestInTime:
    def test_the_day_after_an_assignment_ends(self, account, cast):
        case = log_post(account, may_be_secret=True)
        assignment = account.assignments.get(user=cast.assistant)
        assignment.to_date = NOW.date()
        assignment.record(by=cast.manager, now=NOW, reason="Slutar")
        assert is_seen(case, cast.assistant)
        assert not is_seen(case, cast.assistant, NOW + timedelta(days=1))

    def test_a_role_that_was_given_to_one_who_left(self, account, cast):
        case = log_post(account)
        cast.communicator.is_active = False
        cast.communicator.record(by=cast.administrator, now=NOW, reason="Slutade")
        assert not is_seen(case, User.objects.get(pk=cast.communicator.pk))
