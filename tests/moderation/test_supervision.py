"""/tillsyn/: all accounts at one press, exceptions unticked."""

import pytest
from django.urls import reverse

from moderation.models import SupervisionCheck
from tests.factories import AbsenceFactory
from tests.moderation.factories import library_account
from tests.pages import Page, assert_asks_for_sign_in, words_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("moderation:supervision")
PRESS = "Allt kontrollerat, inget att åtgärda"


@pytest.fixture
def accounts(cast):
    return [library_account(cast, name=name) for name in ("Arkivet", "Boktips", "Cirkeln")]


def send(client, shown, ticked):
    sent = {"visat": [account.pk for account in shown], "konto": [account.pk for account in ticked]}
    return client.post(URL, sent, follow=True)


def labels(page):
    return [words_of(label.strong) for label in page.soup.select("main label")]


def test_all_ones_accounts_are_ticked_with_a_link_to_the_platform(client_for, cast, accounts):
    for url in (URL, reverse("to-do")):
        page = Page(client_for(cast.librarian).get(url))
        assert labels(page) == ["Arkivet", "Boktips", "Cirkeln"]
        assert page.typed("konto") == [str(account.pk) for account in accounts]
        assert page.links["Öppna på Facebook, Arkivet"] == accounts[0].web_address
        assert page.buttons == [PRESS]
        assert "Dina konton (3)" in page.text
        assert "Inte kontrollerat förut" in page.text


def test_one_press_for_all(client_for, cast, accounts):
    page = Page(send(client_for(cast.librarian), accounts, accounts))
    assert page.messages == ["Tre konton är kontrollerade i dag."]
    assert page.heading == "Att göra"
    assert PRESS not in page.buttons
    assert SupervisionCheck.objects.count() == 3


def test_pressing_twice_is_harmless(client_for, cast, accounts):
    client = client_for(cast.librarian)
    send(client, accounts, accounts)
    assert Page(send(client, accounts, accounts)).messages == ["Det är redan kontrollerat i dag."]
    assert SupervisionCheck.objects.count() == 3


def test_the_unticked_stays_and_leads_to_logging(client_for, cast, accounts):
    client = client_for(cast.librarian)
    response = send(client, accounts, accounts[:2])
    assert response.redirect_chain[0][0] == f"{reverse('moderation:case-log')}?konto={accounts[2].pk}"
    assert Page(response).messages[:2] == [
        "Två konton är kontrollerade i dag.",
        "Logga det du hittade på Cirkeln på Facebook. Kontot står kvar bland dem att kontrollera.",
    ]
    page = Page(client.get(URL))
    assert labels(page) == ["Cirkeln"]
    assert "Kontrollerat senast i dag kl. 10.00." in page.text


def test_everything_unticked_writes_nothing(client_for, cast, accounts):
    send(client_for(cast.librarian), accounts, [])
    assert not SupervisionCheck.objects.exists()


def test_nothing_sent_says_what_to_do(client_for, cast, accounts):
    assert Page(send(client_for(cast.librarian), [], [])).messages == ["Markera de konton du har kontrollerat."]


def test_the_substitute_takes_over_while_the_other_is_away(client_for, cast, accounts):
    assert labels(Page(client_for(cast.assistant).get(URL))) == []
    AbsenceFactory(user=cast.librarian)
    assert labels(Page(client_for(cast.assistant).get(URL))) == ["Arkivet", "Boktips", "Cirkeln"]
    assert labels(Page(client_for(cast.librarian).get(URL))) == []


def test_days_off_are_said(client_for, cast, accounts, clock):
    clock.move(days=4)
    page = Page(client_for(cast.librarian).get(URL))
    assert page.lead == "I dag är ingen arbetsdag. Tillsynen gäller arbetsdagar."
    page = Page(send(client_for(cast.librarian), accounts, accounts))
    assert page.messages == ["I dag är ingen arbetsdag. Tillsynen gäller arbetsdagar."]


def test_calm_when_all_is_done(client_for, cast, accounts):
    client = client_for(cast.librarian)
    send(client, accounts, accounts)
    page = Page(client.get(URL))
    assert "Allt är kontrollerat." in page.text
    assert page.links["Månaden Arkivet på Facebook"] == f"/tillsyn/{accounts[0].pk}/"


def test_the_head_sees_the_accounts_and_may_not(client_for, cast, accounts):
    assert send(client_for(cast.head), accounts, accounts).status_code == 403
    assert not SupervisionCheck.objects.exists()


def test_others_accounts_are_not_there(client_for, cast, accounts):
    client = client_for(cast.outsider)
    assert send(client, accounts, accounts).status_code == 404
    assert Page(client.get(URL)).lead == "Du sköter inget konto som är i bruk."
    assert client_for(cast.librarian).post(URL, {"konto": "inget konto"}).status_code == 404


def test_kommunikationsenheten_has_the_panel_above_its_lines(client_for, cast):
    library_account(cast, name="Laholms kommun", responsible=cast.communicator, substitute=None)
    page = Page(client_for(cast.communicator).get(reverse("to-do")))
    assert words_of(page.soup.select_one("main h2")) == "Ditt konto (1)"
    assert "Inga nya uppstarter" in page.text


def test_anonymous_is_sent_to_login():
    assert_asks_for_sign_in(URL)


def test_queries(client_for, cast):
    client = client_for(cast.librarian)
    for url in (URL, reverse("to-do")):
        assert_same_query_count(lambda url=url: client.get(url), add_row=lambda: library_account(cast))
