from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import AccountStatus, Use
from tests.accounts.in_order import account_in_order
from tests.factories import AccountFactory, UnitFactory, UserFactory, platform
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get, words_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("accounts:account-list")


@pytest.fixture
def communicator(client_for, cast):
    return client_for(cast.communicator)


@pytest.fixture
def find(communicator):
    def find(**query):
        return names(read(communicator, **query))

    return find


def read(client, **query):
    response = client.get(URL, query)
    assert response.status_code == 200
    return Page(response)


def names(page):
    return [words_of(name) for name in page.soup.select("main tbody th")]


def test_every_account_whatever_its_state(communicator, cast):
    account = AccountFactory(name="Biblioteket", unit=cast.library)
    for status in (AccountStatus.ACTIVE, AccountStatus.CLOSING, AccountStatus.CLOSED):
        AccountFactory(active=True, status=status)
    page = read(communicator)
    assert (page.title, page.heading) == ("Register", "Register")
    assert page.lead.startswith("Fyra konton.")
    assert page.links["Biblioteket"] == reverse("accounts:account-detail", args=[account.pk])
    first = page.soup.select_one("main tbody tr")
    assert [words_of(cell) for cell in first.select("td")][:3] == ["Facebook", "Biblioteket", "Planerat"]


def test_swedish_order(communicator):
    for name in ("Örebäcken", "Zebra", "Ängen", "ask", "Åsen", "Björk"):
        AccountFactory(name=name)
    assert names(read(communicator)) == ["ask", "Björk", "Zebra", "Åsen", "Ängen", "Örebäcken"]


def test_search(find, cast):
    AccountFactory(name="Teckningsmuseet", handle="museetlaholm")
    AccountFactory(name="Kulturskolan", unit=cast.library)
    assert find(q="museet") == ["Teckningsmuseet"]
    assert find(q="TECKNING laholm") == ["Teckningsmuseet"]
    assert find(q="museetlaholm") == ["Teckningsmuseet"]
    assert find(q="bibliotek") == ["Kulturskolan"]
    assert find(q="teckning bibliotek") == []


def test_filters(find, cast):
    AccountFactory(name="Ett", unit=cast.library, platform=platform("instagram"))
    AccountFactory(name="Två", unit=cast.building_permits, active=True)
    assert find(namnd=str(cast.culture_board.pk)) == ["Ett"]
    assert find(kanal="facebook") == ["Två"]
    assert find(lage="planned") == ["Ett"]
    assert find(lage="active", kanal="instagram") == []
    assert find(q="", namnd="", kanal="", lage="") == ["Ett", "Två"]


def test_by_use_and_by_what_is_lacking(find, cast):
    account_in_order(cast, name="Helt", uses=[Use.CRISIS.value])
    AccountFactory(name="Brister", active=True, uses=[Use.SERVICE.value])
    assert find(saknar="on") == ["Brister"]
    assert find(anvandning=Use.CRISIS.value) == ["Helt"]
    assert find(anvandning=Use.RECRUITMENT.value) == []


def test_any_form_of_a_word_in_what_it_is_for(find):
    AccountFactory(name="Ett", purpose="Vi berättar om böckerna i våra samlingar.")
    assert find(q="bok") == find(q="böcker") == find(q="samling") == ["Ett"]


def test_orders(find, now):
    for days, (name, where) in enumerate([("Ceder", "facebook"), ("Ask", "facebook"), ("Björk", "instagram")]):
        AccountFactory(name=name, platform=platform(where), registered_at=now - timedelta(days=days))
    assert find(ordning="namn") == ["Ask", "Björk", "Ceder"]
    assert find(ordning="-namn") == ["Ceder", "Björk", "Ask"]
    assert find(ordning="kanal") == ["Ask", "Ceder", "Björk"]
    assert find(ordning="-registrerat") == ["Ceder", "Ask", "Björk"]


@pytest.mark.parametrize("nonsense", ["finns inte", "'", "\0", "<b>", "9" * 3000])
@pytest.mark.parametrize("field", ["namnd", "kanal", "lage"])
def test_a_choice_that_does_not_exist_is_survived(find, field, nonsense):
    AccountFactory(name="Ett")
    assert find(**{field: nonsense}) == ["Ett"]


@pytest.mark.parametrize("word", ["<script>alert(1)</script>", "%", "_", "\\", "'; DROP TABLE", "ö" * 3000])
def test_a_word_that_finds_nothing_is_text(communicator, word):
    AccountFactory(name="Ett", summary="Rad", unit=UnitFactory(name="kansliet"))
    page = read(communicator, q=word)
    assert names(page) == []
    assert "Inget konto stämmer med det du sökte efter." in page.text
    assert page.typed("q") == word
    assert page.soup.select("main script") == []


def test_a_page_at_a_time(communicator):
    for number in range(51):
        AccountFactory(name=f"Konto {number:02}", platform=platform("instagram"))
    first = read(communicator, kanal="instagram")
    assert names(first) == [f"Konto {number:02}" for number in range(50)]
    assert "Visar 1–50 av 51" in first.text
    assert first.links["Nästa sida"] == "?kanal=instagram&page=2"
    second = read(communicator, kanal="instagram", page=2)
    assert names(second) == ["Konto 50"]
    assert second.links["Föregående sida"] == "?kanal=instagram&page=1"
    assert names(read(communicator, page="sista")) == names(first)
    assert names(read(communicator, page="999")) == names(second)


def test_rows_cost_no_queries(communicator):
    assert_same_query_count(
        lambda: read(communicator),
        add_row=lambda: AccountFactory(active=True, responsible=UserFactory(), substitute=UserFactory()),
    )


@pytest.mark.parametrize("person", ["librarian", "manager", "outsider", "administrator"])
def test_only_kommunikationsenheten_may(client_for, cast, person):
    assert client_for(getattr(cast, person)).get(URL).status_code == 403


def test_nothing_can_be_sent(communicator):
    assert_only_get(communicator, URL)


def test_anonymous_is_sent_to_sign_in(db):
    assert_asks_for_sign_in(URL)
