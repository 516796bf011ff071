"""/franvaro/: one's own days away, those of the people one leads, and the days that nobody is there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Absence
from tests.accounts.in_order import account_in_order
from tests.clock import NOW, TODAY
from tests.factories import AbsenceFactory, UserFactory
from tests.pages import Page, assert_asks_for_sign_in
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("accounts:absence-list")
TOMORROW = TODAY + timedelta(days=1)


def send(client, person, **typed):
    return client.post(URL, {"person": str(person.pk), "from_date": "2026-11-25", "to_date": "", **typed}, follow=True)


def test_writes_down_ones_own_days(client_for, cast):
    page = Page(send(client_for(cast.librarian), cast.librarian, to_date="2026-11-27"))
    assert page.messages == ["Antecknat: Bibliotekarie Björk är borta från onsdag 25 november till fredag 27 november."]
    assert page.rows == ["Bibliotekarie Björk, bibliotekarie, biblioteket"]
    assert "Onsdag 25 november till fredag 27 november." in page.text


def test_asks_the_employee_for_days_alone(client_for, cast):
    page = Page(client_for(cast.librarian).get(URL))
    assert page.soup.select_one("main [name=person]")["type"] == "hidden"
    assert page.typed("person") == str(cast.librarian.pk)
    assert page.heading == "Frånvaro"


def test_manager_chooses_among_the_people_led(client_for, cast):
    page = Page(client_for(cast.manager).get(URL))
    assert {"Jag, Enhetschef Ek, enhetschef, biblioteket", "Bibliotekarie Björk, bibliotekarie, biblioteket"} <= {
        *page.choices("person")
    }
    assert "Handläggare Hassel, bygglovshandläggare, bygglov" not in page.choices("person")
    assert Page(send(client_for(cast.manager), cast.librarian)).messages == [
        "Antecknat: Bibliotekarie Björk är borta från onsdag 25 november tills vidare."
    ]


def test_employee_registers_nobody_else(client_for, cast):
    page = Page(send(client_for(cast.librarian), cast.assistant))
    assert len(page.summary) == 1
    assert not Absence.objects.exists()


def test_keeps_what_was_typed_and_says_what_is_wrong(client_for, cast):
    page = Page(send(client_for(cast.librarian), cast.librarian, to_date="2026-11-20"))
    assert page.errors == {"to_date": "Sista dagen kan inte vara före den första."}
    assert page.typed("to_date") == "2026-11-20"
    page = Page(send(client_for(cast.librarian), cast.librarian, from_date=""))
    assert page.errors == {"from_date": "Skriv första dagen, till exempel 2026-11-24"}


def test_shows_which_days_nobody_is_there_and_where_to_mend_it(client_for, cast):
    account = account_in_order(cast, name="Boktips")
    for person in (cast.librarian, cast.assistant):
        AbsenceFactory(user=person, from_date=TOMORROW, to_date=TOMORROW)
    for person in (cast.librarian, cast.assistant, cast.manager):
        page = Page(client_for(person).get(URL))
        assert "Onsdag 25 november Boktips på Facebook" in page.text
        assert page.links["Utse någon för Boktips på Facebook"] == f"/register/{account.pk}/personer/"
    assert "Boktips" not in Page(client_for(cast.outsider).get(URL)).text


def test_others_absences_are_not_there(client_for, cast):
    AbsenceFactory(user=cast.librarian)
    for person in (cast.assistant, cast.outsider, cast.communicator):
        assert Page(client_for(person).get(URL)).rows == []


def test_what_is_over_stands_by_itself(client_for, cast):
    AbsenceFactory(user=cast.librarian, from_date=TODAY - timedelta(days=9), to_date=TODAY - timedelta(days=8))
    page = Page(client_for(cast.librarian).get(URL))
    assert "Ingen frånvaro är antecknad." in page.text
    assert "Tidigare frånvaro" in page.text
    assert "Ändra" not in page.text


def test_anonymous_is_sent_to_login():
    assert_asks_for_sign_in(URL)


def test_leads_on_from_ones_settings(client_for, cast):
    assert Page(client_for(cast.librarian).get(reverse("settings"))).links["Frånvaro"] == URL


def test_queries(client_for, cast):
    client = client_for(cast.manager)

    def add_row():
        person = UserFactory(unit=cast.library)
        AbsenceFactory(user=person, now=NOW)
        AbsenceFactory(user=person, from_date=TODAY - timedelta(days=9), to_date=TODAY - timedelta(days=8))
        account_in_order(cast, responsible=person, substitute=None)

    assert_same_query_count(lambda: client.get(URL), add_row=add_row)
