import pytest
from django.urls import reverse

from accounts.models import Account
from tests.accounts.in_order import PDF, statement_of
from tests.accounts.keeping_battery import assert_only_keepers
from tests.factories import AccountFactory
from tests.jobs import waiting_jobs
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db

TYPED = {
    "purpose": "Fler ska läsa.",
    "audience": "Den som inte läser än.",
    "topics": "Boktips.",
    "summary": "Boktips varje vecka",
    "uses": ["audiences", "service"],
    "legal_ground": "public_interest",
}


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def url(account):
    return reverse("accounts:account-mission", args=[account.pk])


def test_who_may(url, account, cast, client_for):
    assert_only_keepers(url, account, cast, client_for, read_by_viewers=True)


def test_saves_and_has_a_version_made(url, account, cast, client_for):
    page = Page(client_for(cast.librarian).post(url, TYPED, follow=True))
    assert page.messages == ["Uppdragsbeskrivningen är sparad. En ny version som PDF finns här om en stund."]
    assert page.facts["Syfte och mål"] == "Fler ska läsa."
    assert len(waiting_jobs("make_mission_statement")) == 1
    assert Account.objects.get(pk=account.pk).uses == ["audiences", "service"]


def test_is_filled_with_what_the_account_says(url, account, cast, client_for):
    page = Page(client_for(cast.librarian).get(url))
    assert page.typed("purpose") == account.purpose
    assert page.typed("uses") == ["insight"]


def test_get_changes_nothing(url, account, cast, client_for):
    client_for(cast.librarian).get(url, TYPED)
    assert Account.objects.get(pk=account.pk).purpose == account.purpose


@pytest.mark.parametrize("field", ["purpose", "audience", "topics", "summary", "uses", "legal_ground"])
def test_what_is_left_out_is_said_and_the_rest_kept(url, account, cast, client_for, field):
    page = Page(client_for(cast.librarian).post(url, {**TYPED, field: ""}))
    assert set(page.errors) == {field}
    other = "topics" if field != "topics" else "purpose"
    assert page.typed(other) == TYPED[other]
    assert Account.objects.get(pk=account.pk).topics == account.topics


def test_artistic_exemption_asks_for_a_motivation(cast, client_for):
    account = AccountFactory(unit=cast.building_permits, responsible=cast.outsider, active=True)
    url = reverse("accounts:account-mission", args=[account.pk])
    page = Page(client_for(cast.outsider).post(url, {**TYPED, "artistic_exemption": "on"}))
    assert page.errors["artistic_motivation"].startswith("Skriv en motivering")
    assert page.typed("artistic_exemption") == ["on"]


def test_lists_the_versions(url, account, cast, client_for):
    for version in (1, 2):
        statement_of(account, version=version)
    page = Page(client_for(cast.head).get(url))
    assert page.rows == ["Version 2 (PDF)", "Version 1 (PDF)"]


def test_queries(url, account, cast, client_for):
    client, versions = client_for(cast.librarian), iter(range(1, 9))
    assert_same_query_count(
        lambda: client.get(url), add_row=lambda: statement_of(account, version=next(versions), topics=str(versions))
    )


class TestPdf:
    @pytest.fixture
    def pdf_url(self, account):
        statement_of(account)
        return reverse("accounts:account-mission-pdf", args=[account.pk, 1])

    def test_byte_for_byte(self, pdf_url, account, cast, client_for):
        for person in (cast.librarian, cast.head, cast.communicator):
            response = client_for(person).get(pdf_url)
            assert response.content == PDF
            assert response.headers["Content-Type"] == "application/pdf"
        name = f"uppdragsbeskrivning-{account.name.lower().replace(' ', '-')}-1.pdf"
        assert response.headers["Content-Disposition"] == f'inline; filename="{name}"'

    def test_who_may(self, pdf_url, account, cast, client_for):
        assert_asks_for_sign_in(pdf_url)
        assert client_for(cast.outsider).get(pdf_url).status_code == 404
        assert_only_get(client_for(cast.librarian), pdf_url)

    def test_version_that_is_not_there(self, account, cast, client_for):
        url = reverse("accounts:account-mission-pdf", args=[account.pk, 7])
        assert client_for(cast.librarian).get(url).status_code == 404
