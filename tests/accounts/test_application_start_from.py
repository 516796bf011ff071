"""Utgå från en tidigare: another application's words, but for address, name and checklist."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import Use
from accounts.models import Draft
from tests.factories import ApplicationFactory, UserFactory, registered_account
from tests.pages import Page, words_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("accounts:application-start")


@pytest.fixture
def earlier(cast):
    return ApplicationFactory(
        unit=cast.library,
        applicant=cast.librarian,
        substitute=cast.assistant,
        handle="laholmsbibliotek",
        uses=[Use.CRISIS],
        purpose="Fler ska läsa.",
    )


def offered(client) -> list[str]:
    return [words_of(link) for link in Page(client.get(URL)).soup.select("main details .ls-plain a")]


def test_begins_with_the_words_of_the_earlier_one(client_for, cast, earlier):
    page = Page(client_for(cast.librarian).get(URL, {"fran": str(earlier.pk)}))
    assert page.typed("purpose") == "Fler ska läsa."
    assert page.typed("substitute") == str(cast.assistant.pk)
    assert page.typed("uses") == ["crisis"]
    assert page.typed("consulted_with") == "Kommunikatören"
    assert page.typed("web_address") == page.typed("account_name") == ""
    assert page.typed("checklist") == []
    assert "Ifyllt från Laholms bibliotek på Instagram." in page.text


def test_ones_own_and_the_same_units_are_offered(client_for, cast, earlier):
    of_permits = ApplicationFactory(unit=cast.building_permits, applicant=cast.outsider, account_name="Bygglov")
    assert offered(client_for(cast.librarian)) == offered(client_for(cast.assistant)) == [str(earlier)]
    assert offered(client_for(cast.outsider)) == [str(of_permits)]


@pytest.mark.parametrize("person", ["librarian", "assistant", "manager"])
def test_also_of_one_that_is_registered(client_for, cast, person):
    account = registered_account(unit=cast.library, applicant=cast.librarian, substitute=cast.assistant)
    response = client_for(getattr(cast, person)).get(URL, {"fran": str(account.application_id)})
    assert response.status_code == 200


@pytest.mark.parametrize("person", ["outsider", "administrator"])
def test_anyone_elses_is_404(client_for, cast, earlier, person):
    client = client_for(getattr(cast, person))
    assert client.get(URL, {"fran": str(earlier.pk)}).status_code == 404
    assert offered(client) == []


def test_someone_without_a_unit_is_offered_no_ones(client_for, earlier):
    assert offered(client_for(UserFactory(unit=None))) == []


@pytest.mark.parametrize("nonsense", ["", "1", "' OR 1=1 --", str(uuid4())])
def test_nonsense_is_404(client_for, cast, nonsense):
    assert client_for(cast.librarian).get(URL, {"fran": nonsense}).status_code == 404


def test_keeps_nothing_until_something_is_typed(client_for, cast, earlier):
    client_for(cast.librarian).get(URL, {"fran": str(earlier.pk)})
    assert not Draft.objects.exists()


def test_many_cost_no_more(client_for, cast):
    client = client_for(cast.librarian)
    assert_same_query_count(
        lambda: client.get(URL), add_row=lambda: ApplicationFactory(unit=cast.library, applicant=cast.librarian)
    )
