from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import AccountStatus
from tests.accounts.markers import PUBLIC, account_of_markers, hidden_markers
from tests.factories import AccountFactory, UnitFactory, UserFactory, platform
from tests.pages import Page, words_of

pytestmark = pytest.mark.django_db


def address(account):
    return reverse("accounts:public-account", args=[getattr(account, "pk", account)])


@pytest.fixture
def account(cast):
    return AccountFactory(
        active=True,
        name="Laholms bibliotek",
        unit=cast.library,
        platform=platform("instagram"),
        handle="laholmsbibliotek",
        responsible=cast.librarian,
        substitute=cast.assistant,
    )


def read(account):
    response = Client().get(address(account))
    assert response.status_code == 200
    return Page(response)


def test_says_that_it_is_ours_and_where_it_is(account):
    page = read(account)
    assert page.title == page.heading == "Laholms bibliotek på Instagram"
    assert "Ja, det är vårt" in page.text
    assert page.lead == account.summary
    assert page.links["Öppna på Instagram"] == account.web_address
    assert "instagram.com/laholmsbibliotek" in page.text
    assert page.links["Våra konton"] == reverse("accounts:public-list")


def test_says_the_four_things_visitors_must_be_told(account):
    page = read(account)
    said = {words_of(part.h2): words_of(part.p) for part in page.soup.select(".ls-four section")}
    assert list(said) == [
        "Vem vi är",
        "Det du skriver blir allmän handling",
        "Det här får inte finnas här",
        "Ser du något olämpligt?",
    ]
    assert said["Vem vi är"] == ("Laholms kommun är avsändare. Biblioteket sköter kontot. Fler ska hitta till oss.")
    assert "blir allmänna handlingar, och andra besökare kan se dem" in said["Det du skriver blir allmän handling"]
    for category in (
        "Personangrepp",
        "obscena ord",
        "hets mot folkgrupp",
        "intrång i upphovsrätt",
        "våldsskildringar",
        "pornografi",
        "kommersiell reklam",
    ):
        assert category in said["Det här får inte finnas här"]
    assert "inom 48 timmar" in said["Det här får inte finnas här"]
    assert said["Ser du något olämpligt?"].endswith("biblioteket@laholm.example.")
    assert page.links["biblioteket@laholm.example"] == "mailto:biblioteket@laholm.example"


def test_leads_to_the_form_where_it_is_reported(account):
    assert read(account).links["Rapportera innehåll"] == f"{reverse('moderation:report')}?konto={account.pk}"


def test_kommunikationsenheten_answers_for_a_unit_without_an_address(settings):
    page = read(AccountFactory(active=True, unit=UnitFactory(email="")))
    assert settings.COMMUNICATIONS_EMAIL in page.links


@pytest.mark.parametrize("status", AccountStatus)
def test_only_what_is_in_use_has_a_page(cast, status):
    account = AccountFactory(active=True, status=status, unit=cast.library)
    expected = 200 if status in {AccountStatus.ACTIVE, AccountStatus.CLOSING} else 404
    assert Client().get(address(account)).status_code == expected


def test_a_planned_account_has_no_page_for_its_people_either(client_for, cast):
    account = AccountFactory(unit=cast.library, responsible=cast.librarian)
    assert client_for(cast.librarian).get(address(account)).status_code == 404


def test_what_is_not_public_is_not_there():
    content = read(account_of_markers()).response.content.decode()
    assert [marker for marker in hidden_markers() if marker in content] == []
    shown = ("account.name", "account.summary", "account.purpose", "unit.email")
    assert [name for name in shown if PUBLIC[name] not in content] == []


def test_the_people_are_not_named(cast, account):
    content = read(account).response.content.decode()
    people = [
        getattr(person, said) for person in (cast.librarian, cast.assistant) for said in ("name", "title", "email")
    ]
    assert [words for words in people if words in content] == []


def test_a_person_with_protected_identity_leaves_no_trace(cast):
    person = UserFactory(name="", title="hemlig titel", protected_identity=True, email="kalle@x.se")
    content = read(AccountFactory(active=True, responsible=person)).response.content.decode()
    assert [words for words in ("hemlig titel", "Hemlig titel", "kalle") if words in content] == []


def test_markup_is_text(cast):
    account = AccountFactory(
        active=True, name="<b>B</b>", summary="<script>1</script>", purpose="\"'><img src=x>", unit=cast.library
    )
    page = read(account)
    assert page.heading == "<b>B</b> på Facebook"
    assert page.lead == "<script>1</script>"
    assert page.soup.select("main script, main img, main b") == []


def test_holds_for_everyone_and_sets_no_cookie(account, client_for, cast):
    answers = [Client().get(address(account)), client_for(cast.librarian).get(address(account))]
    assert answers[0].content == answers[1].content
    for response in answers:
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")
        assert sorted(response.headers["Cache-Control"].split(", ")) == ["max-age=0", "must-revalidate", "public"]


def test_links_out_tell_nobody_where_one_came_from(account):
    [link] = [link for link in read(account).soup.select("main a") if link["href"] == account.web_address]
    assert link["rel"] == ["noopener", "noreferrer"]


def test_unknown_account_is_404(db):
    response = Client().get(address(uuid4()))
    assert response.status_code == 404
    assert Page(response).heading == "Sidan finns inte"
    assert Client().get("/konton/inte-en-uuid/").status_code == 404


def test_nothing_can_be_sent(account):
    response = Client().post(address(account))
    assert (response.status_code, response.headers["Allow"]) == (405, "GET")
