"""Who may read what may be secret, and that each reading is written down and gone through by another (R15)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.to_do import sections
from moderation.enums import ViewedPart
from moderation.models import AccessReview, Case, RestrictedView
from moderation.services import access
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.moderation.factories import library_account, log_post
from tests.race import losers, race, winners

pytestmark = pytest.mark.django_db

NEXT_MONTH = NOW + timedelta(days=10)


@pytest.fixture
def case(cast) -> Case:
    return log_post(library_account(cast), may_be_secret=True)


@pytest.fixture
def colleague(cast):
    return UserFactory(unit=cast.culture_department, name="Kollega Kastanj")


@pytest.fixture
def reviewer(cast):
    return RoleAssignmentFactory(
        user=UserFactory(unit=cast.culture_department), role_id="logggranskare", board=cast.culture_board
    ).user


def read(case: Case, by, now=NOW, what=ViewedPart.CONTENT) -> None:
    access.note_view(case, what, by=by, now=now)


def grant(case: Case, user, by, reason="Känner till ärendet"):
    return access.grant_access(case.pk, user=user, reason=reason, by=by, now=NOW)


def sees(case: Case, person) -> bool:
    return Case.objects.visible_to(person, NOW.date()).filter(pk=case.pk).exists()


class TestNoteView:
    def test_writes_who_what_and_when(self, case, cast):
        read(case, cast.librarian)
        view = RestrictedView.objects.get()
        assert (view.case, view.user, view.at, view.month) == (case, cast.librarian, NOW, date(2026, 11, 1))
        assert str(view) == f"{cast.librarian} läste inlägget"

    def test_writes_nothing_of_what_is_open(self, cast):
        read(log_post(library_account(cast)), cast.librarian)
        assert not RestrictedView.objects.exists()

    def test_a_month_begins_at_midnight_in_sweden(self, case, cast):
        read(case, cast.librarian, NOW.replace(day=30, hour=23, minute=59))
        read(case, cast.librarian, NOW.replace(day=30, hour=23, minute=59) + timedelta(minutes=1))
        assert set(RestrictedView.objects.values_list("month", flat=True)) == {date(2026, 11, 1), date(2026, 12, 1)}

    def test_the_months_first_reading_asks_for_its_review_once(self, case, cast):
        for _time in range(3):
            read(case, cast.librarian)
        review = AccessReview.objects.get()
        assert (review.board, review.month, review.reviewed_at) == (cast.culture_board, date(2026, 11, 1), None)
        assert review.history.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_is_never_a_part_of_something_that_can_be_undone(self, case, cast):
        with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
            read(case, cast.librarian)

    @pytest.mark.django_db(transaction=True)
    def test_two_first_readings_at_once_ask_for_one_review(self, case, cast):
        outcomes = race(lambda: read(case, cast.librarian), lambda: read(case, cast.assistant))
        assert (losers(outcomes), len(winners(outcomes))) == ([], 2)
        assert (RestrictedView.objects.count(), AccessReview.objects.count()) == (2, 1)


class TestGrant:
    def test_lets_a_colleague_within_the_board_read(self, case, cast, colleague):
        granted = grant(case, colleague, cast.librarian)
        assert sees(case, colleague)
        assert granted.history.get().history_change_reason == "Känner till ärendet"
        assert list(access.granted(case)) == [granted]

    @pytest.mark.parametrize("role", ["librarian", "assistant", "manager", "deputy", "head"])
    def test_is_given_by_those_who_look_after_the_account_and_their_managers(self, case, cast, colleague, role):
        assert grant(case, colleague, getattr(cast, role)).user == colleague

    def test_is_given_by_the_boards_registrator(self, case, cast, colleague):
        registrar = RoleAssignmentFactory(user=UserFactory(), role_id="registrator", board=cast.culture_board).user
        assert grant(case, colleague, registrar).user == colleague

    def test_is_given_by_nobody_else(self, case, cast, colleague):
        elsewhere = RoleAssignmentFactory(user=UserFactory(), role_id="registrator", board=cast.building_board).user
        let_in = UserFactory(unit=cast.library)
        grant(case, let_in, cast.librarian)
        for person in (cast.communicator, cast.administrator, cast.outsider, elsewhere, let_in):
            with pytest.raises(PermissionDenied):
                grant(case, colleague, person)

    def test_not_for_what_is_open(self, cast, colleague):
        case = log_post(library_account(cast))
        with pytest.raises(PermissionDenied):
            grant(case, colleague, cast.librarian)

    def test_not_to_people_of_other_boards_or_none_or_who_left(self, case, cast):
        for person in (
            cast.outsider,
            cast.communicator,
            UserFactory(unit=None),
            UserFactory(unit=cast.library, is_active=False),
        ):
            with pytest.raises(RefusedError, match="inom samma nämnd") as refusal:
                grant(case, person, cast.librarian)
            assert refusal.value.field == "user"

    def test_not_twice_nor_to_those_who_read_it_anyway(self, case, cast, colleague):
        grant(case, colleague, cast.librarian)
        for person in (colleague, cast.manager):
            with pytest.raises(RefusedError, match="får redan läsa"):
                grant(case, person, cast.librarian)

    def test_not_without_a_reason(self, case, cast, colleague):
        with pytest.raises(RefusedError, match="Skriv varför") as refusal:
            grant(case, colleague, cast.librarian, reason="  ")
        assert refusal.value.field == "reason"

    def test_is_ended_at_once_and_once(self, case, cast, colleague):
        granted = grant(case, colleague, cast.librarian)
        access.end_access(granted.pk, by=cast.manager, now=NOW)
        assert not sees(case, colleague)
        assert not access.granted(case)
        with pytest.raises(RefusedError, match="redan inte"):
            access.end_access(granted.pk, by=cast.manager, now=NOW)
        assert grant(case, colleague, cast.librarian).pk != granted.pk

    def test_is_ended_by_no_outsider(self, case, cast, colleague):
        granted = grant(case, colleague, cast.librarian)
        with pytest.raises(PermissionDenied):
            access.end_access(granted.pk, by=colleague, now=NOW)

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_let_the_person_in_once(self, case, cast, colleague):
        outcomes = race(lambda: grant(case, colleague, cast.librarian), lambda: grant(case, colleague, cast.manager))
        assert [type(error) for error in losers(outcomes)] == [RefusedError]


class TestReview:
    @pytest.fixture
    def review(self, case, cast) -> AccessReview:
        read(case, cast.librarian)
        return AccessReview.objects.get()

    def test_says_who_went_through_the_month_and_when(self, review, reviewer):
        done = access.review_access(review.pk, remark=" Inget att anmärka ", by=reviewer, now=NEXT_MONTH)
        assert (done.reviewed_by, done.reviewed_at, done.remark) == (reviewer, NEXT_MONTH, "Inget att anmärka")

    def test_not_before_the_month_is_over(self, review, reviewer):
        with pytest.raises(RefusedError, match="inte slut än"):
            access.review_access(review.pk, remark="", by=reviewer, now=NOW)

    def test_not_twice(self, review, reviewer):
        access.review_access(review.pk, remark="", by=reviewer, now=NEXT_MONTH)
        with pytest.raises(RefusedError, match="redan genomgången"):
            access.review_access(review.pk, remark="", by=reviewer, now=NEXT_MONTH)

    def test_nobody_goes_through_their_own_reading(self, case, cast, review, reviewer):
        grant(case, reviewer, cast.librarian)
        read(case, reviewer)
        with pytest.raises(RefusedError, match="Någon annan"):
            access.review_access(review.pk, remark="", by=reviewer, now=NEXT_MONTH)

    def test_nor_does_postgresql_let_them(self, review, cast):
        review.reviewed_by, review.reviewed_at = cast.librarian, NEXT_MONTH
        with pytest.raises(DatabaseError, match="sin egen läsning"), transaction.atomic():
            review.record(by=cast.librarian, now=NEXT_MONTH, reason="Gick igenom")

    def test_what_is_gone_through_stands_in_postgresql(self, review, reviewer):
        access.review_access(review.pk, remark="Ett", by=reviewer, now=NEXT_MONTH)
        review.refresh_from_db()
        review.remark = "Ett annat"
        with pytest.raises(DatabaseError, match="redan genomgången"), transaction.atomic():
            review.record(by=reviewer, now=NEXT_MONTH, reason="Ändrade")

    def test_only_those_with_the_role_for_the_board_who_are_no_registrator_there(self, review, cast, reviewer):
        elsewhere = RoleAssignmentFactory(user=UserFactory(), role_id="logggranskare", board=cast.building_board).user
        both = RoleAssignmentFactory(user=UserFactory(), role_id="logggranskare", board=cast.culture_board).user
        RoleAssignmentFactory(user=both, role_id="registrator", board=cast.culture_board)
        for person in (elsewhere, both, cast.manager, cast.communicator, cast.administrator):
            with pytest.raises(PermissionDenied):
                access.review_access(review.pk, remark="", by=person, now=NEXT_MONTH)
        assert not AccessReview.objects.get().reviewed_at

    def test_one_who_is_registrator_elsewhere_may(self, review, cast, reviewer):
        RoleAssignmentFactory(user=reviewer, role_id="registrator", board=cast.building_board)
        assert access.review_access(review.pk, remark="", by=reviewer, now=NEXT_MONTH).reviewed_by == reviewer

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_are_one_review(self, review, cast, reviewer):
        other = RoleAssignmentFactory(user=UserFactory(), role_id="logggranskare", board=cast.culture_board).user
        outcomes = race(
            *(
                lambda by=by: access.review_access(review.pk, remark="", by=by, now=NEXT_MONTH)
                for by in (reviewer, other)
            )
        )
        assert [type(error) for error in losers(outcomes)] == [RefusedError]


class TestToDo:
    def headings(self, person, now) -> list[str]:
        return [task.heading for section in sections(person, now) for task in section.tasks]

    def test_asks_the_reviewer_when_the_month_is_over(self, case, cast, reviewer):
        read(case, cast.librarian)
        assert self.headings(reviewer, NOW) == []
        assert self.headings(reviewer, NEXT_MONTH) == ["Kultur- och utvecklingsnämnden, november 2026"]
        access.review_access(AccessReview.objects.get().pk, remark="", by=reviewer, now=NEXT_MONTH)
        assert self.headings(reviewer, NEXT_MONTH) == []

    def test_not_one_who_read_something_then(self, case, cast, reviewer):
        read(case, reviewer)
        assert self.headings(reviewer, NEXT_MONTH) == []
