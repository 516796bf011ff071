"""Är kontot äkta?: yes for the very address of an account of ours, and for nothing else."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import AccountStatus
from tests.accounts.markers import account_of_markers, hidden_markers
from tests.factories import AccountFactory, platform
from tests.pages import Page, words_of

pytestmark = pytest.mark.django_db
URL = reverse("accounts:account-check")


@pytest.fixture(autouse=True)
def account(cast):
    return AccountFactory(
        active=True,
        name="Laholms bibliotek",
        unit=cast.library,
        platform=platform("facebook"),
        handle="laholmsbibliotek",
    )


def ask(asked: str) -> Page:
    response = Client().get(URL, {"q": asked})
    assert response.status_code == 200
    return Page(response)


def answer(page: Page) -> str:
    return words_of(page.soup.select_one(".ls-answer h2"))


def test_asks_before_it_answers():
    page = Page(Client().get(URL))
    assert page.title == page.heading == "Är kontot äkta?"
    assert answer(page) == ""


@pytest.mark.parametrize(
    "asked",
    [
        "https://www.facebook.com/laholmsbibliotek",
        "facebook.com/LaholmsBibliotek/",
        "  m.facebook.com/laholmsbibliotek?fbclid=x ",
        "https://www.facebook.com/laholmsbibliotek/posts/12345",
    ],
)
def test_the_very_address_is_ours(asked, account):
    page = ask(asked)
    assert answer(page) == "Ja, det är vårt"
    assert page.lead == "Laholms bibliotek på Facebook är ett av kommunens konton."
    assert page.links["Läs om kontot"] == reverse("accounts:public-account", args=[account.pk])
    assert page.title.startswith("Ja, det är vårt")


@pytest.mark.parametrize(
    "asked",
    [
        "https://www.facebook.com/laholms.bibliotek.vinnare",
        "facebook.com/laholmsbibliotek2",
        "https://www.facebook.com/",
        "https://www.facebook.com/groups/laholmsbibliotek",
        "https://www.instagram.com/laholmsbibliotek",
        "https://www.facebook.com.evil.example/laholmsbibliotek",
        "https://www.facebook.com@evil.example/laholmsbibliotek",
        "https://facebook.com:8443/laholmsbibliotek",
        "@laholmsbibliotek@mastodon.example",
        "https://laholm.example/konton",
    ],
)
def test_any_other_address_is_not_in_our_list(asked):
    page = ask(asked)
    assert answer(page) == "Nej, inte i vår lista"
    assert page.lead.startswith(f"Vi har inget konto med adressen {asked}. ")
    assert page.title.startswith("Nej, inte i vår lista")


def test_what_is_not_ours_can_be_reported_as_it_was_pasted():
    report = urlsplit(ask("facebook.com/vinn&mera=1").links["Rapportera kontot"])
    assert report.path == reverse("moderation:report")
    assert parse_qs(report.query) == {"adress": ["facebook.com/vinn&mera=1"]}


def test_shows_what_it_may_have_been_copied_from(account):
    AccountFactory(active=True, handle="bygglov")
    page = ask("facebook.com/laholms.bibliotek.vinnare")
    assert page.rows == ["Laholms bibliotek på Facebook"]
    assert page.links["Laholms bibliotek på Facebook"] == reverse("accounts:public-account", args=[account.pk])
    assert "facebook.com/laholmsbibliotek" in page.text


@pytest.mark.parametrize("asked", ["bibliotek", "@laholmsbibliotek", "Laholms bibliotek"])
def test_a_name_proves_nothing_but_leads_to_ours_of_that_name(asked):
    page = ask(asked)
    assert answer(page) == ""
    assert page.rows == ["Laholms bibliotek på Facebook"]
    assert "Är den en annan är kontot inte vårt." in page.text


def test_a_name_that_nobody_of_ours_has():
    page = ask("Laholms lotteri")
    assert answer(page) == "Nej, inte i vår lista"
    assert page.lead.startswith("Vi har inget konto som heter Laholms lotteri. ")


@pytest.mark.parametrize("status", AccountStatus)
def test_only_what_is_in_use_is_ours(cast, status):
    AccountFactory(active=True, status=status, unit=cast.library, platform=platform("x"), handle="laholm")
    in_use = status in {AccountStatus.ACTIVE, AccountStatus.CLOSING}
    assert answer(ask("x.com/laholm")) == ("Ja, det är vårt" if in_use else "Nej, inte i vår lista")


def test_nothing_typed_says_so():
    page = ask("  ")
    assert page.errors == {"q": "Skriv kontots adress eller namn"}


@pytest.mark.parametrize("asked", ["a\0b", "x" * 3000, "facebook.com/" + "x" * 3000])
def test_nonsense_is_survived(asked):
    assert list(ask(asked).errors) == ["q"]


@pytest.mark.parametrize("asked", ["<script>alert(1)</script>", "https://x.example/<img src=x>", "%", "\\", "[::1/x"])
def test_what_is_asked_is_text(asked):
    page = ask(asked)
    assert page.typed("q") == asked
    assert page.soup.select("main script, main img") == []


def test_sets_no_cookie_and_looks_the_same_to_someone_signed_in(client_for, cast):
    answers = [client.get(URL, {"q": "bibliotek"}) for client in (Client(), client_for(cast.librarian))]
    assert answers[0].content == answers[1].content
    for response in answers:
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")


def test_what_is_not_public_is_not_there():
    account_of_markers()
    for asked in ("synlig", "instagram.com/synlig-handl"):
        content = ask(asked).response.content.decode()
        # The address is the account's own, and its key is made of it.
        assert [marker for marker in hidden_markers() if marker in content and ":" not in marker] == []


def test_nothing_can_be_sent():
    response = Client().post(URL)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET")


def test_the_number_of_queries_does_not_grow(cast, django_assert_max_num_queries):
    for number in range(5):
        AccountFactory(active=True, unit=cast.library, name=f"Bibliotek {number}", handle=f"laholmsbibliotek{number}")
    for asked in ("bibliotek", "facebook.com/laholmsbibliotek.vinnare"):
        with django_assert_max_num_queries(4):
            ask(asked)
