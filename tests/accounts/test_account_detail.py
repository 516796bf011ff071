import pytest
from django.urls import reverse

from accounts import compliance
from accounts.enums import AccountStatus, ExemptionStatus
from tests.accounts.in_order import account_in_order, decided
from tests.accounts.keeping_battery import assert_unknown_account
from tests.clock import NOW, TODAY
from tests.factories import (
    AccountFactory,
    LogoExemptionFactory,
    PlatformAdministratorFactory,
    UserFactory,
    account_in_use,
    registered_account,
)
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get, words_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db

EDITS = {
    "accounts:account-mission",
    "accounts:account-people",
    "accounts:account-login",
    "accounts:account-administrators",
    "accounts:account-sender",
}


@pytest.fixture
def account(cast):
    return account_in_order(cast, name="Laholms bibliotek")


def url_of(account):
    return reverse("accounts:account-detail", args=[account.pk])


def read(client, account) -> Page:
    return Page(client.get(url_of(account)))


def hrefs(page) -> set[str]:
    return {link["href"] for link in page.soup.select("main a[href]")}


def test_who_may(account, cast, client_for):
    assert_asks_for_sign_in(url_of(account))
    assert client_for(cast.outsider).get(url_of(account)).status_code == 404
    assert_only_get(client_for(cast.librarian), url_of(account))
    assert_unknown_account("accounts:account-detail", client_for(cast.communicator))


def test_order(account, cast, client_for):
    page = read(client_for(cast.librarian), account)
    assert page.heading == "Laholms bibliotek på Facebook"
    assert [heading.get_text() for heading in page.soup.select("main h2")] == [
        "Vad kontot är till för",
        "Vem sköter kontot?",
        "Inloggning och administratörer",
        "Det besökarna ser",
        "Handlingar",
        "Ögonblicksbilder",
        "Gallring",
    ]


def test_what_is_kept(account, cast, client_for):
    facts = read(client_for(cast.librarian), account).facts
    assert facts["Ansvarig"].startswith(cast.librarian.presented_as)
    assert facts["Inloggningen finns"].startswith("I bibliotekets lösenordsvalv")
    assert cast.librarian.presented_as in facts["Administratörer på Facebook"]
    assert "Avsändaren är tydlig, bekräftat tisdag 24 november." in facts["Avsändare och logotyp"]
    assert facts["Besökarinformation"].startswith("Finns på plattformen, bekräftat tisdag 24 november.")


@pytest.mark.parametrize("person", ["librarian", "assistant", "manager", "deputy", "communicator"])
def test_keeper_has_a_way_to_change_each_part(account, cast, client_for, person):
    links = hrefs(read(client_for(getattr(cast, person)), account))
    assert {reverse(name, args=[account.pk]) for name in EDITS} <= links


def test_viewer_reads(account, cast, client_for):
    links = hrefs(read(client_for(cast.head), account))
    changes = {reverse(name, args=[account.pk]) for name in EDITS - {"accounts:account-people"}}
    assert not changes & links


class TestLacks:
    def test_stand_first_with_one_action_each(self, cast, client_for):
        account = AccountFactory(unit=cast.library, active=True, substitute=cast.assistant)
        page = read(client_for(cast.manager), account)
        found = compliance.findings([account.pk], now=NOW)[account.pk]
        section = page.soup.select_one("section[aria-labelledby=ordna]")
        assert [words_of(row.h3) for row in section.select("li")] == [check.title for check in found]
        assert [row.select_one("a")["href"] for row in section.select("li")] == [
            reverse(check.url_name, args=[account.pk]) for check in found
        ]
        assert page.soup.select_one("main h2").get_text() == "Att ordna"

    def test_viewer_sees_them_without_actions(self, cast, client_for):
        account = AccountFactory(unit=cast.library, active=True)
        section = read(client_for(cast.head), account).soup.select_one("section[aria-labelledby=ordna]")
        assert section.select("a") == []
        assert "Ansvarig saknas" in section.get_text()

    def test_never_hide_the_account(self, cast, client_for):
        account = AccountFactory(active=True)
        assert client_for(cast.outsider).get(reverse("accounts:public-account", args=[account.pk])).status_code == 200

    def test_nothing_lacking_says_nothing(self, account, cast, client_for):
        assert "Att ordna" not in read(client_for(cast.librarian), account).text


def test_closed_account_is_read_only(cast, client_for):
    account = AccountFactory(unit=cast.library, status=AccountStatus.CLOSED, in_use_since=TODAY)
    page = read(client_for(cast.communicator), account)
    assert "Att ordna" not in page.text
    assert reverse("accounts:account-login", args=[account.pk]) not in hrefs(page)


def test_planned_account_is_taken_into_use_from_here(cast, client_for):
    account = registered_account(unit=cast.library, applicant=cast.librarian, substitute=cast.assistant)
    page = read(client_for(cast.librarian), account)
    assert page.links["Ta i bruk"] == reverse("accounts:account-take-into-use", args=[account.pk])
    assert "Ta i bruk" not in read(client_for(cast.manager), account).links


def test_decisions_tell_the_story_the_newest_first(cast, client_for):
    account = account_in_use(unit=cast.library, applicant=cast.librarian, substitute=cast.assistant)
    decision = decided(ExemptionStatus.GRANTED, by=cast.communicator)
    LogoExemptionFactory(account=account, requested_by=cast.librarian, requested_at=NOW, **decision)
    page = read(client_for(cast.librarian), account)
    story = [line.get_text() for line in page.soup.select(".ls-timeline li")]
    assert len(story) == 4
    assert "Godkänt av Enhetschef Ek" in " ".join(story)
    assert "beviljat av Kommunikatör Kvist" in " ".join(story)
    assert "Uppstarten skickades av Bibliotekarie Björk" in story[-1]


def test_kommunikationsenheten_is_led_to_a_request(account, cast, client_for):
    exemption = LogoExemptionFactory(account=account, requested_by=cast.librarian)
    address = reverse("accounts:logo-exemption-decide", args=[account.pk, exemption.pk])
    assert read(client_for(cast.communicator), account).links["Läs och besluta"] == address
    assert "Läs och besluta" not in read(client_for(cast.librarian), account).links


def test_one_who_has_left_is_marked(account, cast, client_for):
    cast.assistant.is_active = False
    cast.assistant.record(by=cast.administrator, now=NOW, reason="Prov")
    assert "(inte kvar)" in read(client_for(cast.librarian), account).facts["Ersättare"]


def test_history_tells_of_people_administrators_and_exemptions(account, cast, client_for):
    LogoExemptionFactory(account=account, requested_by=cast.librarian)
    page = Page(client_for(cast.librarian).get(reverse("accounts:account-history", args=[account.pk])))
    assert "Uppdrag: Ansvarig" in page.text
    assert "Kontot följer formgivningen hos Region Hallands bibliotek." in page.text


def test_queries(account, cast, client_for):
    client = client_for(cast.librarian)

    def add_row():
        PlatformAdministratorFactory(account=account, user=UserFactory(unit=cast.library))
        LogoExemptionFactory(
            account=account, requested_by=cast.librarian, **decided(ExemptionStatus.REFUSED, by=cast.communicator)
        )

    assert_same_query_count(lambda: client.get(url_of(account)), add_row=add_row)
