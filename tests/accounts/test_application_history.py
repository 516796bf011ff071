from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from laholm_sociala.common import changes
from tests.factories import UserFactory, approve, send_back
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get, words_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


def address(application):
    return reverse("accounts:application-history", args=[getattr(application, "pk", application)])


def entries(page):
    return [words_of(entry, " ") for entry in page.soup.select(".ls-timeline > li")]


def test_who_did_what_and_when(client_for, cast, submitted):
    send_back(submitted)
    page = Page(client_for(cast.librarian).get(address(submitted)))
    assert page.heading == "Laholms bibliotek på Instagram"
    assert page.links["Uppstarten"] == reverse("accounts:application-detail", args=[submitted.pk])
    change = "Läge: från Väntar på chefen till Tillbaka för ändring"
    assert entries(page) == [
        f"I dag kl. 10.00 Enhetschef Ek, enhetschef, biblioteket: Skickad tillbaka av chefen {change}",
        "I går kl. 10.00 Bibliotekarie Björk, bibliotekarie, biblioteket: Skickad till chefen",
    ]


def test_protected_identity_is_shown_by_function(client_for, cast, submitted, now):
    approve(submitted)
    manager = User.objects.get(pk=cast.manager.pk)
    manager.name, manager.protected_identity = "", True
    manager.record(by=cast.administrator, now=now, reason="Skyddade personuppgifter")
    response = client_for(cast.librarian).get(address(submitted))
    assert entries(Page(response))[0].startswith("I dag kl. 10.00 Enhetschef, biblioteket: Godkänd av chefen")
    assert "Enhetschef Ek" not in response.content.decode()


def test_entries_cost_no_queries(client_for, cast, submitted, clock):
    client = client_for(cast.librarian)

    def change():
        submitted.confirmed_consultation += "."
        person = UserFactory(unit=cast.library)
        submitted.record(by=person, now=clock.move(minutes=1), reason="Ändrad för prov")

    assert_same_query_count(lambda: client.get(address(submitted)), add_row=change)


def test_a_page_at_a_time(client_for, cast, submitted, monkeypatch):
    monkeypatch.setattr(changes, "PAGE_SIZE", 1)
    send_back(submitted)
    client = client_for(cast.librarian)
    page = Page(client.get(address(submitted)))
    assert len(entries(page)) == 1
    assert page.links["Nästa sida"] == "?page=2"
    assert len(entries(Page(client.get(address(submitted), {"page": "sista"})))) == 1


@pytest.mark.parametrize("person", ["outsider", "head", "administrator"])
def test_those_with_nothing_to_do_with_it_get_404(client_for, cast, submitted, person):
    assert client_for(getattr(cast, person)).get(address(submitted)).status_code == 404


def test_unknown_application_is_404(client_for, cast):
    assert client_for(cast.communicator).get(address(uuid4())).status_code == 404


def test_nothing_can_be_sent(client_for, cast, submitted):
    assert_only_get(client_for(cast.librarian), address(submitted))


def test_anonymous_is_sent_to_sign_in(submitted):
    assert_asks_for_sign_in(address(submitted))
