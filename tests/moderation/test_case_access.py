"""Vem får läsa: the page where one more within the board is let in, and let out again (R15)."""

import pytest
from django.urls import reverse

from moderation.models import Case, CaseAccess, RestrictedView
from moderation.services.access import grant_access
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.moderation.factories import TEXT, library_account, log_post
from tests.pages import Page, assert_asks_for_sign_in, assert_only_post
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast) -> Case:
    return log_post(library_account(cast), may_be_secret=True)


@pytest.fixture
def colleague(cast):
    return UserFactory(unit=cast.culture_department, name="Kollega Kastanj", title="arkivarie")


@pytest.fixture
def url(case) -> str:
    return reverse("moderation:case-access", args=[case.pk])


@pytest.fixture
def granted(case, cast, colleague) -> CaseAccess:
    return grant_access(case.pk, user=colleague, reason="Behöver", by=cast.librarian, now=NOW)


@pytest.fixture
def end_url(case, granted) -> str:
    return reverse("moderation:case-access-end", args=[case.pk, granted.pk])


class TestThePage:
    def test_lets_one_more_in(self, url, case, cast, colleague, client_for):
        client = client_for(cast.librarian)
        page = Page(client.post(url, {"user": colleague.pk, "reason": "Känner till ärendet"}, follow=True))
        assert page.messages == ["Kollega Kastanj får nu läsa inlägget."]
        assert "Kollega Kastanj, arkivarie" in page.text
        assert case.access.get().user == colleague

    def test_says_nothing_of_what_the_post_says_and_is_no_reading(self, url, cast, client_for):
        page = Page(client_for(cast.librarian).get(url))
        assert TEXT not in page.response.text
        assert not RestrictedView.objects.exists()

    def test_offers_people_of_the_board_alone(self, url, cast, colleague, client_for):
        offered = Page(client_for(cast.librarian).get(url)).choices("user")
        assert "Kollega Kastanj, arkivarie, kultur- och utvecklingsförvaltningen" in offered
        assert not [person for person in offered if "Hassel" in person or "Kvist" in person]

    def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(self, url, cast, client_for):
        page = Page(client_for(cast.librarian).post(url, {"user": cast.manager.pk, "reason": "Ord"}))
        assert page.errors == {"user": "Enhetschef Ek får redan läsa inlägget."}
        assert page.typed("reason") == "Ord"

    def test_anonymous_is_sent_to_sign_in(self, url):
        assert_asks_for_sign_in(url)

    def test_outsiders_find_nothing(self, url, cast, client_for):
        for person in (cast.outsider, cast.communicator, cast.administrator):
            client = client_for(person)
            assert {client.get(url).status_code, client.post(url).status_code} == {404}

    def test_one_who_was_let_in_lets_nobody_in(self, url, granted, colleague, client_for):
        client = client_for(colleague)
        assert {client.get(url).status_code, client.post(url).status_code} == {403}

    def test_there_is_no_such_page_for_what_is_open(self, cast, client_for):
        case = log_post(library_account(cast))
        assert client_for(cast.librarian).get(reverse("moderation:case-access", args=[case.pk])).status_code == 404

    def test_wrong_method_is_refused(self, url, cast, client_for):
        assert client_for(cast.librarian).put(url).status_code == 405

    def test_costs_the_same_however_many(self, url, case, cast, client_for):
        client = client_for(cast.librarian)

        def add() -> None:
            person = UserFactory(unit=cast.culture_department)
            grant_access(case.pk, user=person, reason="Behöver", by=cast.librarian, now=NOW)

        assert_same_query_count(lambda: client.get(url), add_row=add)


class TestEnding:
    def test_lets_the_person_out(self, end_url, granted, cast, client_for):
        page = Page(client_for(cast.manager).post(end_url, follow=True))
        assert page.messages == ["Kollega Kastanj får inte längre läsa inlägget."]
        granted.refresh_from_db()
        assert granted.ended_at == NOW

    def test_twice_is_said(self, end_url, cast, client_for):
        client = client_for(cast.manager)
        client.post(end_url)
        assert "redan inte" in Page(client.post(end_url, follow=True)).messages[-1]

    def test_is_a_post(self, end_url, cast, client_for):
        assert_only_post(client_for(cast.librarian), end_url)

    def test_who_may(self, end_url, cast, colleague, client_for):
        assert_asks_for_sign_in(end_url)
        assert client_for(cast.outsider).post(end_url).status_code == 404
        assert client_for(colleague).post(end_url).status_code == 403

    def test_not_through_another_post(self, granted, cast, client_for):
        other = log_post(library_account(cast), text="Ett annat", may_be_secret=True)
        url = reverse("moderation:case-access-end", args=[other.pk, granted.pk])
        assert client_for(cast.librarian).post(url).status_code == 404


def test_registrator_of_the_board_opens_the_page(url, cast, client_for):
    registrar = RoleAssignmentFactory(user=UserFactory(), role_id="registrator", board=cast.culture_board).user
    assert client_for(registrar).get(url).status_code == 200
