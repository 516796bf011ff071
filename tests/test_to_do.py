from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import (
    AccountFactory,
    ApplicationFactory,
    UnitFactory,
    UserFactory,
    approved_application,
    make_draft,
    registered_account,
    returned_application,
)
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get, words_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("to-do")


def read(client):
    response = client.get(URL)
    assert response.status_code == 200
    return Page(response)


def headings(page):
    return [words_of(heading) for heading in page.soup.select("main h2")]


def counted(page):
    """The number beside Att göra in the menu, and 0 where there is none."""
    number = page.soup.select_one('nav a[href="/"] .ls-num')
    return int(number.find(string=True)) if number else 0


@pytest.fixture
def to_everyone(cast, submitted):
    """One of everything that waits for somebody."""
    return {
        "returned": returned_application(unit=cast.library, applicant=cast.librarian, account_name="Tillbaka"),
        "approved": approved_application(unit=cast.library, applicant=cast.assistant, account_name="Godkänd"),
        "without": ApplicationFactory(unit=cast.communications, applicant=cast.librarian, account_name="Utan chef"),
        "planned": registered_account(
            unit=cast.library, applicant=cast.librarian, substitute=cast.assistant, account_name="Planerat"
        ),
        "draft": make_draft(cast.librarian, account_name="Halvfärdigt"),
    }


def test_nothing_waits(client_for, cast):
    page = read(client_for(cast.outsider))
    assert (page.title, page.heading) == ("Att göra", "Att göra")
    assert headings(page) == ["Allt är lugnt."]
    assert page.lead == "Inget väntar på dig."
    assert "Tisdag 24 november" in page.text
    assert counted(page) == 0


def test_nothing_waits_for_kommunikationsenheten_and_it_is_said(client_for, cast, guideline_reviewed):
    page = read(client_for(cast.communicator))
    assert headings(page) == ["Allt är lugnt."]
    assert page.lead.startswith("Inga nya uppstarter.")


def test_the_managers(client_for, cast, submitted):
    page = read(client_for(cast.manager))
    assert headings(page) == ["En uppstart att godkänna"]
    assert page.rows == ["Laholms bibliotek på Instagram"]
    assert "Bibliotekarie Björk, bibliotekarie, biblioteket skickade den i går kl. 10.00." in page.text
    assert page.links["Läs och besluta om Laholms bibliotek på Instagram"] == reverse(
        "accounts:application-approve", args=[submitted.pk]
    )
    assert counted(page) == 1
    assert headings(read(client_for(cast.deputy))) == headings(page)
    assert headings(read(client_for(cast.head))) == ["Allt är lugnt."]


def test_the_applicants(client_for, cast, to_everyone):
    page = read(client_for(cast.librarian))
    asked = ["En uppstart tillbaka till dig", "Ett konto att ta i bruk", "Ett utkast"]
    assert [heading for heading in headings(page) if heading in asked] == asked
    assert {"Tillbaka på Instagram", "Planerat på Instagram", "Halvfärdigt"} <= {*page.rows}
    assert page.links["Läs och ändra Tillbaka"] == reverse(
        "accounts:application-detail", args=[to_everyone["returned"].pk]
    )
    assert page.links["Ta i bruk Planerat på Instagram"] == reverse(
        "accounts:account-take-into-use", args=[to_everyone["planned"].pk]
    )
    assert page.links["Fortsätt med Halvfärdigt"] == reverse("accounts:draft-edit", args=[to_everyone["draft"].pk])
    assert counted(page) == len(page.rows)


def test_kommunikationsenhetens(client_for, cast, to_everyone):
    page = read(client_for(cast.communicator))
    asked = ["En ny uppstart", "En uppstart utan chef som kan besluta", "Ett konto att ta i bruk"]
    assert [heading for heading in headings(page) if heading in asked] == asked
    assert page.links["Läs och registrera Godkänd"] == reverse(
        "accounts:application-register", args=[to_everyone["approved"].pk]
    )
    assert page.links["Utse vem som beslutar om Utan chef på Instagram"] == reverse(
        "accounts:application-name-manager", args=[to_everyone["without"].pk]
    )
    assert "Godkänt av Enhetschef Ek, enhetschef, biblioteket, i dag kl. 10.00. Avstämningen är skriven." in page.text


def test_a_missing_consultation_is_said(client_for, cast):
    approved_application(
        unit=cast.library, applicant=cast.librarian, consulted_with="", consulted_on=None, consultation_advice=""
    )
    assert "Avstämning saknas." in read(client_for(cast.communicator)).text


def test_what_is_somebody_elses_is_not_there(client_for, cast, to_everyone):
    for person in (cast.outsider, cast.outsider_manager):
        assert headings(read(client_for(person))) == ["Allt är lugnt."]


def test_the_applicant_who_is_manager_is_not_asked(client_for, cast):
    ApplicationFactory(unit=cast.library, applicant=cast.manager)
    assert headings(read(client_for(cast.manager))) == ["Allt är lugnt."]
    assert headings(read(client_for(cast.head))) == ["En uppstart att godkänna"]


def test_the_one_who_waited_longest_is_first_and_alone_has_the_filled_button(client_for, cast, now):
    for days, name in ((1, "Ny"), (3, "Äldst")):
        ApplicationFactory(
            unit=cast.library, applicant=cast.librarian, account_name=name, submitted_at=now - timedelta(days=days)
        )
    page = read(client_for(cast.manager))
    assert page.rows == ["Äldst på Instagram", "Ny på Instagram"]
    filled = page.soup.select("main .ls-row-do .btn-primary")
    assert [words_of(button) for button in filled] == ["Läs och besluta om Äldst på Instagram"]


def test_twenty_are_shown_and_all_are_counted(client_for, cast):
    for number in range(21):
        ApplicationFactory(unit=cast.library, applicant=cast.librarian, account_name=f"Konto {number}")
    page = read(client_for(cast.manager))
    assert headings(page) == ["21 uppstarter att godkänna"]
    assert len(page.rows) == 20
    assert counted(page) == 21


def test_protected_identity_is_shown_by_function(client_for, cast):
    person = UserFactory(name="", title="samordnare", unit=cast.library, protected_identity=True, email="kalle@x.se")
    ApplicationFactory(unit=cast.library, applicant=person)
    page = read(client_for(cast.manager))
    assert "Samordnare, biblioteket skickade den" in page.text
    assert "kalle" not in page.response.content.decode()
    assert words_of(read(client_for(person)).soup.select_one(".ls-who")).startswith("Samordnare, biblioteket")


def test_what_people_named_is_text(client_for, cast):
    make_draft(cast.librarian, account_name="<script>alert(1)</script>")
    page = read(client_for(cast.librarian))
    assert page.rows == ["<script>alert(1)</script>"]
    assert page.soup.select("main script") == []


ROWS = {
    "manager": lambda cast: ApplicationFactory(unit=cast.library, applicant=UserFactory(unit=cast.library)),
    "librarian": lambda cast: (
        returned_application(unit=cast.library, applicant=cast.librarian),
        make_draft(cast.librarian, account_name="Utkast"),
        AccountFactory(unit=UnitFactory(), responsible=cast.librarian),
    ),
    "communicator": lambda cast: (
        approved_application(applicant=UserFactory()),
        ApplicationFactory(unit=UnitFactory(parent=UnitFactory())),
        AccountFactory(unit=UnitFactory()),
    ),
}


@pytest.mark.parametrize("person", ROWS)
def test_rows_cost_no_queries(client_for, cast, person):
    client = client_for(getattr(cast, person))
    assert_same_query_count(lambda: read(client), add_row=lambda: ROWS[person](cast))


def test_is_kept_out_of_every_cache(client_for, cast):
    response = client_for(cast.manager).get(URL)
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]


def test_nothing_can_be_sent(client_for, cast):
    assert_only_get(client_for(cast.manager), URL)


def test_anonymous_is_sent_to_sign_in(db):
    assert_asks_for_sign_in(URL)
