"""Vem har läst: a month of readings is gone through by somebody who read none of them (R15)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from archive.services.access import has_read
from archive.services.transfers import note_reading
from moderation.enums import ViewedPart
from moderation.models import AccessReview, Case
from moderation.services.access import note_view, review_access
from tests.archive.transfers import drafted, ready
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.moderation.factories import TEXT, library_account, log_post
from tests.pages import Page, assert_asks_for_sign_in
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db

LIST = reverse("moderation:access-review-list")
LAST_MONTH = NOW - timedelta(days=30)
MONTH = "Kultur- och utvecklingsnämnden, oktober 2026"


@pytest.fixture
def case(cast) -> Case:
    return log_post(library_account(cast), may_be_secret=True, author="Arg laholmare")


@pytest.fixture
def reviewer(cast):
    person = UserFactory(unit=cast.culture_department)
    return RoleAssignmentFactory(user=person, role_id="logggranskare", board=cast.culture_board).user


@pytest.fixture
def client(client_for, reviewer) -> Client:
    return client_for(reviewer)


@pytest.fixture
def review(case, cast) -> AccessReview:
    note_view(case, ViewedPart.CONTENT, by=cast.librarian, now=LAST_MONTH)
    return AccessReview.objects.get()


@pytest.fixture
def url(review) -> str:
    return reverse("moderation:access-review", args=[review.pk])


class TestTheMonth:
    def test_says_who_read_what_and_when_and_nothing_of_the_post(self, url, client, case):
        page = Page(client.get(url))
        assert page.heading == MONTH
        row = page.soup.select_one("tbody tr").get_text(" ", strip=True)
        assert row == (
            "Söndag 25 oktober kl. 10.00 Bibliotekarie Björk, bibliotekarie, biblioteket Inlägget "
            f"{case.account}, loggat tisdag 24 november"
        )
        for hidden in (TEXT, "Arg laholmare", str(case.pk)):
            assert hidden not in page.response.text

    def test_a_package_taken_home_is_there_too(self, client, cast):
        transfer = drafted(ready(cast.culture_board))
        note_reading(transfer, by=transfer.prepared_by, now=LAST_MONTH)
        review = AccessReview.objects.get()
        page = Page(client.get(reverse("moderation:access-review", args=[review.pk])))
        assert f"Ett paket till e-arkivet {transfer}" in page.text
        assert has_read(transfer.prepared_by, cast.culture_board, review.month)
        assert not AccessReview.objects.not_read_in_by(transfer.prepared_by).exists()

    def test_who_took_a_package_home_goes_through_no_such_month_in_the_database_either(self, cast):
        transfer = drafted(ready(cast.culture_board))
        note_reading(transfer, by=transfer.prepared_by, now=LAST_MONTH)
        review = AccessReview.objects.get()
        review.reviewed_by, review.reviewed_at = transfer.prepared_by, NOW
        with pytest.raises(IntegrityError, match="sin egen läsning"):
            review.record(by=transfer.prepared_by, now=NOW, reason="Gick igenom")

    def test_is_gone_through_with_a_press(self, url, client, review, reviewer):
        page = Page(client.post(url, {"remark": "Inget att anmärka"}, follow=True))
        assert page.messages == [f"{MONTH} är genomgången."]
        assert "Inget att anmärka" in page.text
        review.refresh_from_db()
        assert (review.reviewed_by, review.reviewed_at) == (reviewer, NOW)

    def test_one_who_read_something_is_told_that_another_must(self, url, client, case, reviewer, review):
        note_view(case, ViewedPart.COPY, by=reviewer, now=LAST_MONTH)
        page = Page(client.get(url))
        assert "Någon annan behöver gå igenom den." in page.text
        assert "Jag har gått igenom månaden" not in page.buttons
        assert "Någon annan" in Page(client.post(url)).summary[0]

    def test_a_month_that_is_not_over_waits(self, client, case, cast):
        note_view(case, ViewedPart.CONTENT, by=cast.librarian, now=NOW)
        page = Page(client.get(reverse("moderation:access-review", args=[AccessReview.objects.get().pk])))
        assert "Månaden är inte slut än." in page.text

    def test_costs_the_same_however_many_readings(self, url, client, case, cast):
        def read() -> None:
            note_view(case, ViewedPart.CONTENT, by=UserFactory(unit=cast.library), now=LAST_MONTH)

        assert_same_query_count(lambda: client.get(url), add_row=read)

    def test_who_may(self, url, cast, client_for):
        assert_asks_for_sign_in(url)
        both = RoleAssignmentFactory(user=UserFactory(), role_id="logggranskare", board=cast.culture_board).user
        RoleAssignmentFactory(user=both, role_id="registrator", board=cast.culture_board)
        for person in (cast.librarian, cast.manager, cast.communicator, cast.administrator, cast.outsider, both):
            client = client_for(person)
            assert {client.get(url).status_code, client.post(url).status_code} == {404}

    def test_wrong_method_is_refused(self, url, client):
        assert client.put(url).status_code == 405


class TestTheList:
    def test_what_is_due_first_and_then_what_is_done(self, client, review, reviewer, case, cast):
        note_view(case, ViewedPart.CONTENT, by=cast.librarian, now=LAST_MONTH - timedelta(days=30))
        review_access(review.pk, remark="", by=reviewer, now=NOW)
        page = Page(client.get(LIST))
        assert page.rows == ["Kultur- och utvecklingsnämnden, september 2026", MONTH]
        assert "gick igenom den i dag kl. 10.00" in page.text

    def test_nothing_read_is_nothing_to_do(self, client):
        assert "Allt är genomgånget." in Page(client.get(LIST)).text

    def test_other_boards_are_not_there(self, review, cast, client_for):
        elsewhere = RoleAssignmentFactory(user=UserFactory(), role_id="logggranskare", board=cast.building_board).user
        assert Page(client_for(elsewhere).get(LIST)).rows == []

    def test_who_may(self, cast, client_for):
        assert_asks_for_sign_in(LIST)
        for person in (cast.librarian, cast.manager, cast.communicator, cast.administrator):
            assert client_for(person).get(LIST).status_code == 403

    def test_nothing_can_be_sent_to_it(self, client):
        assert client.post(LIST).status_code == 405

    def test_costs_the_same_however_many_months(self, client, case, cast):
        moments = iter(NOW - timedelta(days=31 * months) for months in range(1, 9))
        assert_same_query_count(
            lambda: client.get(LIST),
            add_row=lambda: note_view(case, ViewedPart.CONTENT, by=cast.librarian, now=next(moments)),
        )
