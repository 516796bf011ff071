from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import SignInMethod
from accounts.services import decisions, register
from tests.factories import ApplicationFactory, UserFactory, approve, reject, send_back
from tests.jobs import perform_waiting_jobs
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get, words_of

pytestmark = pytest.mark.django_db


def address(application):
    return reverse("accounts:application-detail", args=[getattr(application, "pk", application)])


@pytest.fixture
def page_for(client_for, cast, submitted):
    def read(person):
        response = client_for(getattr(cast, person)).get(address(submitted))
        assert response.status_code == 200
        return Page(response)

    return read


def what_has_happened(page):
    return [words_of(entry, " ") for entry in page.soup.select(".ls-timeline li")]


def panel(page):
    return words_of(page.soup.select_one(".ls-panel h2"))


def test_shows_what_was_sent(page_for):
    page = page_for("librarian")
    assert page.title == page.heading == "Laholms bibliotek på Instagram"
    assert page.facts["Verksamhet"] == "Biblioteket, kultur- och utvecklingsförvaltningen"
    assert page.facts["Ansvarig"] == "Bibliotekarie Björk, bibliotekarie, biblioteket"
    assert page.facts["Ersättare"] == "Assistent Asp, biblioteksassistent, biblioteket"
    assert page.facts["Laglig grund för personuppgifter"] == "Uppgift av allmänt intresse"
    assert what_has_happened(page) == [
        "I går kl. 10.00 Skickad till chefen av Bibliotekarie Björk, bibliotekarie, biblioteket."
    ]


def test_machinery_is_not_on_the_page(page_for, submitted):
    page = page_for("communicator")
    for machinery in (str(submitted.pk), "submitted", submitted.canonical_key, "sha", "checklist_version"):
        assert machinery not in page.text


def test_the_applicant_may_take_it_back(page_for, submitted):
    page = page_for("librarian")
    assert "Enhetschef Ek, enhetschef, biblioteket har fått mejl och beslutar." in page.text
    assert page.links["Återta uppstarten"] == reverse("accounts:application-withdraw", args=[submitted.pk])
    assert panel(page) == ""


@pytest.mark.parametrize("person", ["manager", "deputy"])
def test_those_who_decide_are_asked(page_for, submitted, person):
    page = page_for(person)
    assert panel(page) == "Väntar på dig"
    assert page.links["Läs och besluta"] == reverse("accounts:application-approve", args=[submitted.pk])
    assert "Återta uppstarten" not in page.links


@pytest.mark.parametrize("person", ["assistant", "communicator"])
def test_others_only_read(page_for, person):
    page = page_for(person)
    assert panel(page) == ""
    assert not {"Läs och besluta", "Återta uppstarten", "Läs och registrera"} & {*page.links}


def test_back_with_the_applicant(page_for, submitted):
    send_back(submitted, comment="Skriv <vilka> ni vill nå.")
    page = page_for("librarian")
    assert panel(page) == "Tillbaka till dig"
    assert "”Skriv <vilka> ni vill nå.”" in page.text
    assert page.buttons[:1] == ["Ändra och skicka igen"]
    assert page.links["Återta uppstarten"]
    assert what_has_happened(page) == [
        "I dag kl. 10.00 Skickat tillbaka av Enhetschef Ek, enhetschef, biblioteket: ”Skriv <vilka> ni vill nå.”",
        "I går kl. 10.00 Senast skickad till chefen av Bibliotekarie Björk, bibliotekarie, biblioteket.",
    ]
    assert page_for("manager").buttons == []


def test_approved_waits_for_kommunikationsenheten(page_for, submitted):
    approve(submitted)
    page = page_for("communicator")
    assert panel(page) == "Väntar på kommunikationsenheten"
    assert page.links["Läs och registrera"] == reverse("accounts:application-register", args=[submitted.pk])
    assert panel(page_for("librarian")) == panel(page_for("manager")) == ""
    assert "Återta uppstarten" not in page_for("librarian").links


def test_the_form_can_be_read_as_soon_as_it_is_made(page_for, submitted):
    approve(submitted)
    assert "Bilaga 1 som PDF" not in page_for("librarian").links
    perform_waiting_jobs()
    assert page_for("librarian").links["Bilaga 1 som PDF"] == reverse(
        "accounts:application-form-pdf", args=[submitted.pk]
    )


def test_voided_by_kommunikationsenheten(page_for, submitted, cast, clock):
    approve(submitted)
    decisions.void_approval(
        submitted.pk,
        comment="Välj ett annat namn.",
        sign_in_method=SignInMethod.MFA,
        by=cast.communicator,
        now=clock.move(minutes=5),
    )
    page = page_for("librarian")
    assert panel(page) == "Tillbaka till dig"
    assert "”Välj ett annat namn.”" in page.text
    assert [entry.split(" av ")[0] for entry in what_has_happened(page)] == [
        "I dag kl. 10.05 Godkännandet upphävt",
        "I dag kl. 10.00 Godkänt",
        "I går kl. 10.00 Senast skickad till chefen",
    ]


def test_registered_leads_to_the_account(page_for, submitted, cast, now):
    approve(submitted)
    account = register.register(submitted.pk, summary="Rad", consultation="Ja", by=cast.communicator, now=now)
    link = "Laholms bibliotek på Instagram i registret"
    assert page_for("librarian").links[link] == reverse("accounts:account-detail", args=[account.pk])


def test_rejected_is_at_an_end(page_for, submitted):
    reject(submitted)
    page = page_for("librarian")
    assert panel(page) == ""
    assert not {"Återta uppstarten", "Läs och besluta"} & {*page.links}
    assert page.buttons == []


def test_nobody_can_decide(client_for, cast):
    application = ApplicationFactory(unit=cast.communications, applicant=cast.librarian)
    page = Page(client_for(cast.librarian).get(address(application)))
    assert "Kommunikationsenheten utser vem som beslutar." in page.text


def test_protected_identity_is_shown_by_function(client_for, cast):
    people = [
        UserFactory(name="", title=title, unit=cast.library, protected_identity=True, email=f"kalle{number}@x.se")
        for number, title in enumerate(("samordnare", "vikarie"))
    ]
    application = ApplicationFactory(unit=cast.library, applicant=people[0], substitute=people[1])
    response = client_for(cast.communicator).get(address(application))
    page = Page(response)
    assert (page.facts["Ansvarig"], page.facts["Ersättare"]) == ("Samordnare, biblioteket", "Vikarie, biblioteket")
    assert b"kalle" not in response.content


@pytest.mark.parametrize("person", ["outsider", "outsider_manager", "head", "administrator"])
def test_those_with_nothing_to_do_with_it_get_404(client_for, cast, submitted, person):
    assert client_for(getattr(cast, person)).get(address(submitted)).status_code == 404


def test_unknown_application_is_404(client_for, cast):
    assert client_for(cast.communicator).get(address(uuid4())).status_code == 404


def test_nothing_can_be_sent(client_for, cast, submitted):
    assert_only_get(client_for(cast.librarian), address(submitted))


def test_anonymous_is_sent_to_sign_in(submitted):
    assert_asks_for_sign_in(address(submitted))
