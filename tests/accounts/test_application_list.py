import pytest
from django.urls import reverse

from accounts.views import applications
from tests.factories import ApplicationFactory, UserFactory, approve, returned_application
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("accounts:application-list")


def seen_by(client, **query):
    response = client.get(URL, query)
    assert response.status_code == 200
    return Page(response)


def test_what_was_sent_by_whom_and_where_it_stands(client_for, cast, submitted):
    page = seen_by(client_for(cast.communicator))
    assert page.heading == "Uppstarter"
    assert page.rows == ["Laholms bibliotek på Instagram"]
    assert "Väntar på chefen" in page.text
    assert "Biblioteket. Skickad i går kl. 10.00 av Bibliotekarie Björk, bibliotekarie, biblioteket." in page.text
    assert page.links[page.rows[0]] == reverse("accounts:application-detail", args=[submitted.pk])


def test_newest_first(client_for, cast, now):
    for days, name in ((3, "Äldst"), (1, "Nyast"), (2, "Mellan")):
        ApplicationFactory(account_name=name, submitted_at=now.replace(day=now.day - days))
    assert seen_by(client_for(cast.communicator)).rows == [
        "Nyast på Instagram",
        "Mellan på Instagram",
        "Äldst på Instagram",
    ]


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ("librarian", True),
        ("assistant", True),
        ("manager", True),
        ("deputy", True),
        ("communicator", True),
        ("head", False),
        ("outsider", False),
        ("outsider_manager", False),
        ("administrator", False),
    ],
)
def test_who_sees_it(client_for, cast, submitted, person, sees):
    page = seen_by(client_for(getattr(cast, person)))
    assert page.rows == (["Laholms bibliotek på Instagram"] if sees else [])
    assert ("Här finns inga uppstarter." in page.text) is not sees


def test_the_one_who_decided_still_sees_it_after_the_deputyship(client_for, cast, submitted, today, now):
    approve(submitted, by=cast.deputy)
    deputyship = cast.deputy.deputyships.get()
    deputyship.to_date = today.replace(day=1)
    deputyship.record(by=cast.administrator, now=now, reason="Slut")
    assert seen_by(client_for(cast.deputy)).rows == ["Laholms bibliotek på Instagram"]


def test_named_in_several_ways_is_listed_once(client_for, cast):
    ApplicationFactory(unit=cast.library, applicant=cast.librarian, substitute=cast.manager, account_name="En")
    approved = ApplicationFactory(unit=cast.library, applicant=cast.librarian, substitute=cast.manager)
    approve(approved, by=cast.manager)
    assert len(seen_by(client_for(cast.manager)).rows) == 2


def test_state_can_be_chosen(client_for, cast, submitted):
    returned_application(account_name="Tillbaka")
    client = client_for(cast.communicator)
    assert seen_by(client, lage="returned").rows == ["Tillbaka på Instagram"]
    assert seen_by(client, lage="submitted").rows == ["Laholms bibliotek på Instagram"]
    assert len(seen_by(client, lage="").rows) == 2
    assert "Här finns inga uppstarter i det läget." in seen_by(client, lage="rejected").text


@pytest.mark.parametrize("nonsense", ["borta", "'", "\0", "<b>", "9" * 3000])
def test_a_state_that_does_not_exist_is_said_and_all_are_shown(client_for, cast, submitted, nonsense):
    page = seen_by(client_for(cast.communicator), lage=nonsense)
    assert page.rows == ["Laholms bibliotek på Instagram"]
    assert list(page.errors) == ["lage"]


def test_a_page_at_a_time(client_for, cast, monkeypatch):
    monkeypatch.setattr(applications, "PAGE_SIZE", 2)
    for _number in range(3):
        ApplicationFactory(unit=cast.library, applicant=cast.librarian)
    client = client_for(cast.communicator)
    first = seen_by(client, lage="submitted")
    assert len(first.rows) == 2
    assert "Visar 1–2 av 3" in first.text
    assert first.links["Nästa sida"] == "?lage=submitted&page=2"
    second = Page(client.get(URL + first.links["Nästa sida"]))
    assert len(second.rows) == 1
    assert not {*first.rows} & {*second.rows}
    assert second.links["Föregående sida"] == "?lage=submitted&page=1"


@pytest.mark.parametrize(
    ("page", "shown"), [("0", "3–3"), ("-4", "3–3"), ("999", "3–3"), ("två", "1–2"), ("\0", "1–2")]
)
def test_a_page_that_does_not_exist_is_survived(client_for, cast, monkeypatch, page, shown):
    monkeypatch.setattr(applications, "PAGE_SIZE", 2)
    for _number in range(3):
        ApplicationFactory()
    assert f"Visar {shown} av 3" in seen_by(client_for(cast.communicator), page=page).text


@pytest.mark.parametrize("person", ["communicator", "manager"])
def test_rows_cost_no_queries(client_for, cast, person):
    client = client_for(getattr(cast, person))
    assert_same_query_count(
        lambda: seen_by(client),
        add_row=lambda: ApplicationFactory(unit=cast.library, applicant=UserFactory(unit=cast.library)),
    )


def test_protected_identity_is_shown_by_function(client_for, cast):
    person = UserFactory(name="", title="samordnare", unit=cast.library, protected_identity=True, email="kalle@x.se")
    ApplicationFactory(unit=cast.library, applicant=person)
    page = seen_by(client_for(cast.communicator))
    assert "av Samordnare, biblioteket." in page.text
    assert "kalle" not in page.response.content.decode()


def test_nothing_can_be_sent(client_for, cast):
    assert_only_get(client_for(cast.communicator), URL)


def test_anonymous_is_sent_to_sign_in(db):
    assert_asks_for_sign_in(URL)
